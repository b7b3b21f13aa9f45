import { existsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Database } from '../database/database.js'
import { openPostgres } from '../database/postgres.js'
import { openSqlite } from '../database/sqlite.js'
import type { KeptStorage, Storage } from '../options.js'
import { StartupError } from '../startup-error.js'
import { type DataDirectory, databasePath, takeDataDirectory } from './data-directory.js'
import type { KeyringStore } from './keyring.js'
import { keyringFile } from './keyring-file.js'
import { keyringTable } from './keyring-table.js'

export interface OpenStorage {
  database: Database
  keyrings: KeyringStore
  release(): Promise<void>
}

/** @throws StartupError when a data directory is in use, or what is to be opened cannot be */
export async function openStorage(storage: Storage): Promise<OpenStorage> {
  if ('databaseUrl' in storage) {
    const database = await openPostgres(storage.databaseUrl)
    return { database, keyrings: keyringTable(database.queries), release: database.close }
  }
  if ('memory' in storage) {
    const database = openSqlite(':memory:')
    return { database, keyrings: keyringTable(database.queries), release: database.close }
  }
  const directory = takeDataDirectory(storage.dataDir)
  const database = openFile(directory)
  return {
    database,
    keyrings: keyringFile(directory.path),
    async release() {
      await database.close()
      directory.release()
    },
  }
}

/**
 * Opens the database of a storage beside whoever serves it, for reading.
 *
 * @throws StartupError when there is none, or it cannot be opened
 */
export async function openBeside(storage: KeptStorage): Promise<Database> {
  if ('databaseUrl' in storage) return openPostgres(storage.databaseUrl)
  const databaseFile = databasePath(storage.dataDir)
  if (!existsSync(databaseFile)) throw new StartupError(`there is no database in ${dirname(databaseFile)}`)
  return openFile({ databaseFile, release() {} })
}

function openFile({ databaseFile, release }: Pick<DataDirectory, 'databaseFile' | 'release'>): Database {
  try {
    return openSqlite(databaseFile)
  } catch (cause) {
    release()
    throw new StartupError(`the database ${databaseFile} cannot be opened: ${(cause as Error).message}`, { cause })
  }
}
