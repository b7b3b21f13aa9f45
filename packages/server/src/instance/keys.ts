import type { Clock } from '../clock.js'
import type { Database } from '../database/database.js'
import type { Environment } from '../options.js'
import type { SigningKeyStore } from '../tokens/signing-key-store.js'
import { type ScheduledKey, type SigningKeys, scheduledSigningKeys } from '../tokens/signing-keys.js'
import { digestOf, isOneOf, secretDigests } from './secret-keys.js'

/** Milliseconds after which keys are read again before they are used: so long a revoked key can be accepted. */
const maximumAge = 2_000

/** The keys of an instance as this server knows them. */
export interface Keys {
  /** Whether a key, in either spelling, is one of the instance that is in force. */
  accepts(secretKey: string): Promise<boolean>
  /** What is kept of a key that is in force, in hex; `undefined` for any other. */
  digestOf(secretKey: string): Promise<string | undefined>
  /** Whether a digest is that of a key that is in force. */
  acceptsDigest(hex: string): Promise<boolean>
  /** As they were at the last {@link refresh}. */
  signing: SigningKeys
  /**
   * Reads the keys from the database, unless that was done within the last two seconds. Every request that uses a key
   * waits for it; {@link accepts} does so itself. While the database cannot be reached, the keys stay what they were:
   * nothing but the key set can be had with them then.
   */
  refresh(): Promise<void>
}

/**
 * Reads the keys of an instance for the first time.
 *
 * @param unopened is told, later on, why a private key cannot be opened
 * @throws StartupError when one cannot be opened now
 */
export async function readKeys(
  database: Database,
  environment: Environment,
  signingKeys: SigningKeyStore,
  clock: Clock,
  unopened: (error: unknown) => void,
): Promise<Keys> {
  let digests: readonly Buffer[] = []
  let scheduled: readonly ScheduledKey[] = []
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined

  async function read(tell: (error: unknown) => void): Promise<void> {
    const began = performance.now()
    const [secrets, rows] = await Promise.all([secretDigests(database.queries), signingKeys.list(database.queries)])
    digests = secrets
    scheduled = signingKeys.open(rows, scheduled, tell)
    readAt = began
    await signingKeys.eraseRetired(rows, database.queries)
  }

  async function readAgain(): Promise<void> {
    try {
      await read(unopened)
    } catch (error) {
      if (!database.unavailable(error)) throw error
      readAt = performance.now()
    }
  }

  async function refresh(): Promise<void> {
    if (performance.now() - readAt < maximumAge) return
    reading ??= readAgain().finally(() => {
      reading = undefined
    })
    await reading
  }

  async function accepted(key: string): Promise<string | undefined> {
    await refresh()
    const digest = digestOf(key, environment)
    return digest && isOneOf(digests, digest) ? digest.toString('hex') : undefined
  }

  // What cannot be opened at the start is a reason not to start.
  await read((error) => {
    throw error
  })
  return {
    refresh,
    signing: scheduledSigningKeys(() => scheduled, clock),
    digestOf: accepted,
    accepts: async (key) => (await accepted(key)) !== undefined,
    async acceptsDigest(hex) {
      await refresh()
      return isOneOf(digests, Buffer.from(hex, 'hex'))
    },
  }
}
