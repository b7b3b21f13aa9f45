import { hash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../clock.js'
import type { Queries } from '../database/database.js'
import type { SecretKeysTable } from '../database/tables/index.js'
import type { Ids } from '../ids.js'
import type { Environment } from '../options.js'
import { placeOf } from '../sealing/reseal.js'
import type { Sealing } from '../sealing/sealing.js'
import { secretOf } from './application-keys.js'

/** A secret key as it may be shown: without the key. */
export type SecretKey = Omit<SecretKeysTable, 'hash' | 'readable'>

const shown = ['id', 'name', 'hint', 'created_at', 'revoked_at'] as const

/** The secret keys of an instance in its database. */
export interface SecretKeyStore {
  /**
   * Makes a key and gives back its secret, or keeps one that there is already. Of a production instance it is the only
   * time the secret can be had.
   */
  create(name: string, queries: Queries, secret?: string): Promise<SecretKey & { secret: string }>
  /** All there ever were, the oldest first. */
  list(queries: Queries): Promise<SecretKey[]>
  /** Ends a key for good, and gives it back; `undefined` when there is none of that id. */
  revoke(id: string, queries: Queries): Promise<SecretKey | undefined>
  /** The secret of the oldest key in force that was kept readable: a test key. */
  readable(queries: Queries): Promise<string | undefined>
}

export function createSecretKeyStore(
  environment: Environment,
  sealing: Sealing,
  clock: Clock,
  ids: Ids,
): SecretKeyStore {
  return {
    async create(name, queries, secret = randomBytes(32).toString('hex')) {
      const key: SecretKey = {
        id: ids('secretKey'),
        name,
        hint: secret.slice(-4),
        created_at: clock(),
        revoked_at: null,
      }
      const readable = environment === 'development' ? sealing.seal(placeOf('secret_keys', key.id), secret) : null
      const hashed = digest(secret).toString('hex')
      await queries
        .insertInto('secret_keys')
        .values({ ...key, hash: hashed, readable })
        .execute()
      return { ...key, secret }
    },

    list: (queries) => queries.selectFrom('secret_keys').select(shown).orderBy('created_at').orderBy('id').execute(),

    revoke: (id, queries) =>
      queries
        .updateTable('secret_keys')
        .set((row) => ({ readable: null, revoked_at: row.fn.coalesce('revoked_at', row.val(clock())) }))
        .where('id', '=', id)
        .returning(shown)
        .executeTakeFirst(),

    async readable(queries) {
      const row = await queries
        .selectFrom('secret_keys')
        .select(['id', 'readable'])
        .where('readable', 'is not', null)
        .where('revoked_at', 'is', null)
        .orderBy('created_at')
        .orderBy('id')
        .executeTakeFirst()
      return row?.readable ? sealing.open(placeOf('secret_keys', row.id), row.readable) : undefined
    },
  }
}

/** The digests of the secrets that are in force. */
export async function secretDigests(queries: Queries): Promise<Buffer[]> {
  const rows = await queries.selectFrom('secret_keys').select('hash').where('revoked_at', 'is', null).execute()
  return rows.map(({ hash }) => Buffer.from(hash, 'hex'))
}

/** The digest of a presented key, in either spelling; `undefined` for what is no key of such an instance. */
export function digestOf(key: string, environment: Environment): Buffer | undefined {
  const secret = secretOf(key, environment)
  return secret === undefined ? undefined : digest(secret)
}

/** Compares a digest with all of them, in a time that depends on their number alone. */
export const isOneOf = (digests: readonly Buffer[], presented: Buffer): boolean =>
  digests.filter((one) => one.length === presented.length && timingSafeEqual(one, presented)).length > 0

/** A secret has 256 random bits: there is nothing to guess, so nothing to slow down. */
const digest = (secret: string) => hash('sha256', secret, 'buffer')
