import { existsSync } from 'node:fs'
import type { Database } from '../database/database.js'
import { migrationStatus } from '../database/migrate.js'
import { keyringFile } from '../instance/keyring-file.js'
import { keyringPath } from '../instance/keyring-path.js'
import { keyringTable } from '../instance/keyring-table.js'
import type { KeptStorage } from '../options.js'
import { StartupError } from '../startup-error.js'
import { signingKey } from '../tokens/signing-key.js'
import { type Check, fail, ok, warn } from './check.js'

export const keys: Check = async ({ storage, database }) => {
  const none = warn('are not there yet', 'nothing: the first start makes them')
  if ('dataDir' in storage && !existsSync(keyringPath(storage.dataDir))) return none
  if (!database) return undefined
  if ((await migrationStatus(database)).every(({ state }) => state === 'pending')) return none
  try {
    const keyring = await keptKeyring(storage, database)
    if (!keyring) return none
    signingKey(keyring.signingKey.kid, keyring.signingKey.privateKey)
    return ok('can be read')
  } catch (error) {
    // What is wrong with a key may show the key.
    const message = error instanceof StartupError ? error.message : 'cannot be read'
    return fail(message, 'restore them from a backup: without them every session ends, and applications need new keys')
  }
}

const keptKeyring = (storage: KeptStorage, { queries }: Database) =>
  'dataDir' in storage ? keyringFile(storage.dataDir).load() : keyringTable(queries).load()
