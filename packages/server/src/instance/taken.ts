import type { Clock } from '../clock.js'
import type { Database } from '../database/database.js'
import { migrate } from '../database/migrate.js'
import type { Ids } from '../ids.js'
import type { Logger } from '../logger.js'
import type { ApplicationKeys, ServerOptions } from '../options.js'
import { createSealing, type Sealing } from '../sealing/sealing.js'
import { createSigningKeyStore } from '../tokens/signing-key-store.js'
import { applicationKeys } from './application-keys.js'
import { type Instance, openInstance } from './instance.js'
import { readIssuer } from './issuer.js'
import { type Keys, readKeys } from './keys.js'
import { createSecretKeyStore } from './secret-keys.js'
import { openStorage } from './storage.js'

/** An instance that this process serves. */
export interface TakenInstance {
  instance: Instance
  application: ApplicationKeys
  keys: Keys
  sealing: Sealing
  /** What secrets of its own are derived from. */
  rootSecret: string
  database: Database
  /** Closes the database and lets the data directory go. */
  release(): Promise<void>
}

/**
 * Takes the storage of an instance, brings its schema up to date, and makes or reads what makes the instance that one.
 *
 * @throws StartupError when the storage is in use, unreadable or of a newer version, the instance is another one than was
 *   asked for, or the encryption key is missing or wrong
 */
export async function takeInstance(
  { storage, environment = 'development', issuer, encryptionKey, previousEncryptionKey }: ServerOptions,
  { clock, ids, logger }: { clock: Clock; ids: Ids; logger: Logger },
): Promise<TakenInstance> {
  const wanted = { environment, issuer: issuer === undefined ? undefined : readIssuer(issuer) }
  const sealing = createSealing(encryptionKey, previousEncryptionKey)
  const secretKeys = createSecretKeyStore(environment, sealing, clock, ids)
  const signingKeys = createSigningKeyStore(sealing, clock)
  const opened = await openStorage(storage)
  const { database, release } = opened
  try {
    await migrate(database)
    const stores = { secretKeys, signingKeys, sealing, clock, ids }
    const { instance, rootSecret, secret } = await openInstance(opened, wanted, stores)
    const keys = await readKeys(database, environment, signingKeys, clock, (error) =>
      logger.error({ err: error }, 'a signing key cannot be opened'),
    )
    keys.signing.current()
    const application = applicationKeys(environment, instance.issuer, secret)
    return { instance, application, keys, sealing, rootSecret, database, release }
  } catch (error) {
    await release()
    throw error
  }
}
