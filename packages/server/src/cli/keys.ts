import type { Queries } from '../database/database.js'
import { createIds } from '../ids.js'
import { spellings } from '../instance/application-keys.js'
import { changingKeys, type Instance } from '../instance/instance.js'
import { makePrivateKey } from '../instance/private-key.js'
import { createSecretKeyStore, type SecretKey, type SecretKeyStore } from '../instance/secret-keys.js'
import type { KeptStorage } from '../options.js'
import { requireSealedAsGiven } from '../sealing/reseal.js'
import { createSealing, type Sealing } from '../sealing/sealing.js'
import { StartupError } from '../startup-error.js'
import { createSigningKeyStore, type SigningKeyStore } from '../tokens/signing-key-store.js'
import { besideServers } from './beside.js'
import { encryptionKeys } from './encryption-keys.js'
import { keysText, time } from './keys-text.js'

interface Opened {
  queries: Queries
  instance: Instance
  sealing: Sealing
  secretKeys: SecretKeyStore
  signingKeys: SigningKeyStore
}

interface Output {
  json: boolean
}

/** Makes a secret key and prints it. */
export function createKey(storage: KeptStorage, { name, json }: Output & { name: string }): Promise<void> {
  return opened(storage, async ({ queries, instance, sealing, secretKeys }) => {
    const production = instance.environment === 'production'
    // A live key is kept as a digest only: there is nothing to seal.
    if (!production) await requireSealedAsGiven(queries, sealing)
    const { secret, ...key } = await secretKeys.create(name, queries)
    const { secretKey, apiKey } = spellings(instance.environment, secret)
    const text = `
The key ${key.id} (${name}) is made. Running servers accept it within 2 seconds.

  CLERK_SECRET_KEY  ${secretKey}
  CLERK_API_KEY     ${apiKey}
${production ? '\nKeep it now: it cannot be shown again.\n' : ''}`
    print(json, { ...secretKeyJSON(key), secretKey, apiKey }, text)
  })
}

/** Prints all keys, without anything that is secret. */
export function listKeys(storage: KeptStorage, { json }: Output): Promise<void> {
  return opened(storage, async ({ queries, instance, secretKeys, signingKeys }) => {
    const secrets = await secretKeys.list(queries)
    const signing = await signingKeys.list(queries)
    const signingKeysJSON = signing.map((row) => ({
      kid: row.kid,
      createdAt: row.created_at,
      signsFrom: row.signs_from,
      publishedUntil: row.published_until,
      acceptedUntil: row.accepted_until,
    }))
    const document = { secretKeys: secrets.map(secretKeyJSON), signingKeys: signingKeysJSON }
    print(json, document, keysText(instance.environment, secrets, signing, Date.now()))
  })
}

/** Ends a secret key. */
export function revokeKey(storage: KeptStorage, { id, json }: Output & { id: string }): Promise<void> {
  return opened(storage, async ({ queries, secretKeys }) => {
    const key = await secretKeys.revoke(id, queries)
    if (!key) throw new StartupError(`there is no secret key ${id}: clerk-server keys list shows those there are`)
    const left = (await secretKeys.list(queries)).filter(({ revoked_at }) => revoked_at === null)
    const warning = left.length === 0 ? ' No other is left: make one with clerk-server keys create.' : ''
    print(
      json,
      secretKeyJSON(key),
      `The key ${id} (${key.name}) is revoked. Running servers refuse it within 2 seconds.${warning}\n`,
    )
  })
}

/** Gives the instance a new signing key. */
export function rotateKeys(storage: KeptStorage, options: Output & { compromised: boolean }): Promise<void> {
  const { compromised, json } = options
  return opened(storage, async ({ queries, instance, sealing, signingKeys }) => {
    await requireSealedAsGiven(queries, sealing)
    const privateKey = await makePrivateKey()
    const row = await changingKeys(queries, Date.now, (transaction) =>
      signingKeys.rotate(privateKey, transaction, { instanceId: instance.id, compromised }),
    )
    if (!row) {
      throw new StartupError(
        'a rotation is under way: its key does not sign yet (see clerk-server keys list). Wait for it, or end all keys at once with --now',
      )
    }
    const text = compromised
      ? `The key ${row.kid} signs from now on. All others are gone: running servers refuse what they signed within 2 seconds.\n`
      : `The key ${row.kid} is in the key set, and signs from ${time(row.signs_from)} on. Nobody is signed out.\n`
    print(json, { kid: row.kid, createdAt: row.created_at, signsFrom: row.signs_from }, text)
  })
}

async function opened(storage: KeptStorage, work: (opened: Opened) => Promise<void>): Promise<void> {
  const { encryptionKey, previousEncryptionKey } = encryptionKeys()
  const sealing = createSealing(encryptionKey, previousEncryptionKey)
  await besideServers(storage, (queries, instance) => {
    const secretKeys = createSecretKeyStore(instance.environment, sealing, Date.now, createIds(Date.now))
    return work({ queries, instance, sealing, secretKeys, signingKeys: createSigningKeyStore(sealing, Date.now) })
  })
}

const secretKeyJSON = ({ id, name, hint, created_at, revoked_at }: SecretKey) => ({
  id,
  name,
  hint,
  createdAt: created_at,
  revokedAt: revoked_at,
})

const print = (json: boolean, document: object, text: string) =>
  process.stdout.write(json ? `${JSON.stringify(document)}\n` : text)
