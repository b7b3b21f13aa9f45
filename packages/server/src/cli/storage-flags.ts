import type { KeptStorage, Storage } from '../options.js'
import { FlagError, type FlagValues, notEmpty, option, toggle } from './flags.js'

const memory = {
  memory: toggle('Keep everything in memory, for as long as the server runs'),
}

/** Where an instance is kept that outlives a process. */
export const keptStorageFlags = {
  'data-dir': option({
    value: 'DIR',
    description: 'Folder for the SQLite database and the keys',
    default: '.clerk',
    read: notEmpty,
  }),
  'database-url': option({
    value: 'URL',
    description: 'Keep everything in PostgreSQL (postgres://user:password@host/database)',
    read: postgresUrl,
  }),
} as const

/** Where an instance is kept. */
export const storageFlags = { ...keptStorageFlags, ...memory } as const

/** The same, for who throws away what was kept unless told otherwise. */
export const throwawayStorageFlags = {
  ...memory,
  'data-dir': option({ value: 'DIR', description: 'Keep everything in this folder, in SQLite', read: notEmpty }),
  'database-url': keptStorageFlags['database-url'],
} as const

/** The storage that the flags name, of those that outlive a process. */
export const keptStorageOf = (flags: { 'data-dir': string; 'database-url': string | undefined }): KeptStorage =>
  flags['database-url'] === undefined ? { dataDir: flags['data-dir'] } : { databaseUrl: flags['database-url'] }

interface StorageValues {
  memory?: boolean
  'data-dir': string | undefined
  'database-url': string | undefined
}

/** They exclude each other. */
export const storageFlagNames = ['data-dir', 'memory', 'database-url'] as const
export const keptStorageFlagNames = ['data-dir', 'database-url'] as const

/** The storage that the flags name; in memory where they name none. */
export function storageOf(flags: FlagValues<typeof keptStorageFlags>): KeptStorage
export function storageOf(flags: StorageValues): Storage
export function storageOf(flags: StorageValues): Storage {
  const dataDir = flags['data-dir']
  const databaseUrl = flags['database-url']
  if (flags.memory || (dataDir === undefined && databaseUrl === undefined)) return { memory: true }
  return databaseUrl === undefined ? { dataDir: dataDir as string } : { databaseUrl }
}

/** The value is not repeated in the message: it may hold a password. */
function postgresUrl(text: string): string {
  if (!/^postgres(ql)?:\/\/./.test(text)) throw new FlagError('must begin with postgres://')
  return text
}
