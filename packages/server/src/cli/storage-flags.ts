import type { Storage } from '../options.js'
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

/** They exclude each other. */
export const storageFlagNames = ['data-dir', 'memory', 'database-url'] as const
export const keptStorageFlagNames = ['data-dir', 'database-url'] as const

/** The storage that the flags name. */
export function storageOf(flags: FlagValues<typeof keptStorageFlags> & { memory?: boolean }): Storage {
  if (flags.memory) return { memory: true }
  if (flags['database-url'] !== undefined) return { databaseUrl: flags['database-url'] }
  return { dataDir: flags['data-dir'] }
}

/** The value is not repeated in the message: it may hold a password. */
function postgresUrl(text: string): string {
  if (!/^postgres(ql)?:\/\/./.test(text)) throw new FlagError('must begin with postgres://')
  return text
}
