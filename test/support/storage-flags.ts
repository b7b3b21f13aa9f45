import { freshStorage, type StorageKind } from './instance.js'

/** The flags that name an empty storage, which is removed when the test is over. */
export async function freshFlags(kind: StorageKind): Promise<string[]> {
  const storage = await freshStorage(kind)
  if ('databaseUrl' in storage) return ['--database-url', storage.databaseUrl]
  return 'dataDir' in storage ? ['--data-dir', storage.dataDir] : ['--memory']
}
