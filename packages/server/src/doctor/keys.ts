import { migrationStatus } from '../database/migrate.js'
import { createSealing } from '../sealing/sealing.js'
import { StartupError } from '../startup-error.js'
import { createSigningKeyStore } from '../tokens/signing-key-store.js'
import { type Check, fail, ok, warn } from './check.js'

const none = warn('are not there yet', 'nothing: the first start makes them')

export const keys: Check = async ({ database, databaseProblem, encryptionKeys, now }) => {
  if (!database) return databaseProblem === undefined ? none : undefined
  if ((await migrationStatus(database)).some(({ state }) => state === 'pending')) return none
  try {
    const { encryptionKey, previousEncryptionKey } = encryptionKeys
    const store = createSigningKeyStore(createSealing(encryptionKey, previousEncryptionKey), () => now)
    const rows = await store.list(database.queries)
    if (rows.length === 0) return none
    store.open(rows, [], (error) => {
      throw error
    })
    return ok('can be read')
  } catch (error) {
    // What is wrong with a key may show the key.
    const message = error instanceof StartupError ? error.message : 'cannot be read'
    return fail(message, 'give the encryption key they were sealed with, or restore them from a backup')
  }
}
