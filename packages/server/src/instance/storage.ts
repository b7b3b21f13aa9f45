import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Database } from '../database/database.js'
import { openPostgres } from '../database/postgres.js'
import { openSqlite } from '../database/sqlite.js'
import type { KeptStorage, Storage } from '../options.js'
import { StartupError } from '../startup-error.js'
import { takeDataDirectory } from './data-directory.js'
import { databasePath } from './database-file.js'
import { type FormerKeyring, formerKeyringFile, formerKeyringTable } from './former-keyring.js'
import { makePrivateKey, sharedPrivateKey } from './private-key.js'

export interface OpenStorage {
  database: Database
  formerKeyring: FormerKeyring
  /** An RSA key for an instance that has none, in PKCS #8 (PEM). */
  privateKey(): Promise<string>
  release(): Promise<void>
}

/**
 * Opens what a server keeps its instance in, and makes it where there is none.
 *
 * @throws StartupError when a data directory is in use, or what is to be opened cannot be
 */
export async function openStorage(storage: Storage): Promise<OpenStorage> {
  if ('databaseUrl' in storage) {
    const database = await openPostgres(storage.databaseUrl)
    const formerKeyring = formerKeyringTable(database.queries)
    return { database, formerKeyring, privateKey: makePrivateKey, release: database.close }
  }
  if ('memory' in storage) {
    const database = openSqlite(':memory:')
    const formerKeyring = formerKeyringTable(database.queries)
    return { database, formerKeyring, privateKey: sharedPrivateKey, release: database.close }
  }
  const directory = takeDataDirectory(storage.dataDir)
  const database = openFile(directory.databaseFile, directory.release)
  return {
    database,
    formerKeyring: formerKeyringFile(directory.path),
    privateKey: makePrivateKey,
    async release() {
      await database.close()
      directory.release()
    },
  }
}

/**
 * Opens the database of an instance beside the servers that run on it: the data directory is not taken, only its database
 * is shared.
 *
 * @throws StartupError when there is none, or it cannot be opened
 */
export async function openBeside(storage: KeptStorage): Promise<Database> {
  if ('databaseUrl' in storage) return openPostgres(storage.databaseUrl)
  const file = databasePath(resolve(storage.dataDir))
  if (!existsSync(file)) {
    throw new StartupError(`there is no database in ${resolve(storage.dataDir)}: name its folder with --data-dir`)
  }
  return openFile(file)
}

function openFile(path: string, release = () => {}): Database {
  try {
    return openSqlite(path)
  } catch (cause) {
    release()
    throw new StartupError(`the database ${path} cannot be opened: ${(cause as Error).message}`, { cause })
  }
}
