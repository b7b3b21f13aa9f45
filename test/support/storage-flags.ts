import type { Storage } from 'clerk-server'
import { freshStorage, type StorageKind } from './instance.js'

/** The flags that name a storage. */
export function flagsOf(storage: Storage): string[] {
  if ('databaseUrl' in storage) return ['--database-url', storage.databaseUrl]
  return 'dataDir' in storage ? ['--data-dir', storage.dataDir] : ['--memory']
}

/** The flags that name an empty storage, which is removed when the test is over. */
export const freshFlags = async (kind: StorageKind): Promise<string[]> => flagsOf(await freshStorage(kind))
