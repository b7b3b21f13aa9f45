import { createPrivateKey, type KeyObject, randomBytes } from 'node:crypto'
import type { Clock } from '../clock.js'
import type { Queries } from '../database/database.js'
import type { SigningKeysTable } from '../database/tables/index.js'
import { placeOf } from '../sealing/reseal.js'
import type { Sealing } from '../sealing/sealing.js'
import { publicHalf, verificationKey } from './signing-key.js'
import type { ScheduledKey } from './signing-keys.js'

const minutes = 60_000
const days = 24 * 60 * minutes

/**
 * How long a new key is in the key set before it signs, and an old one after it did: version 2.6.3 of the SDK keeps a key
 * set for an hour, @clerk/backend for five minutes. The rest is for clocks that differ, and for the last session tokens.
 */
const publication = 65 * minutes
/** How long this server recognises what an old key signed: a link in a mail is good for a year at most. */
const acceptance = 366 * days

/** The signing keys of an instance in its database, which every server on it reads. */
export interface SigningKeyStore {
  /** Keeps a key that signs from now on. */
  add(kid: string, privateKeyPem: string, queries: Queries): Promise<void>
  /**
   * Gives the instance a new key, in a transaction that holds its row.
   *
   * @param compromised the new key signs at once, and all others are gone
   * @returns the new key; `undefined`, with nothing changed, while the key of an earlier rotation does not sign yet
   */
  rotate(
    privateKeyPem: string,
    transaction: Queries,
    options: { instanceId: string; compromised: boolean },
  ): Promise<SigningKeysTable | undefined>
  /** All that are accepted, in the order in which they begin to sign. */
  list(queries: Queries): Promise<SigningKeysTable[]>
  /**
   * The rows as keys. What is in `known` is not opened again, so that a server goes on when another one changes the
   * encryption key.
   *
   * @param unopened is told why a private key cannot be opened
   */
  open(rows: SigningKeysTable[], known: readonly ScheduledKey[], unopened: (error: unknown) => void): ScheduledKey[]
  /** Erases the private keys of those that have left the key set. */
  eraseRetired(rows: SigningKeysTable[], queries: Queries): Promise<void>
}

export const newKid = (instanceId: string) => `${instanceId}_${randomBytes(4).toString('hex')}`

export function createSigningKeyStore(sealing: Sealing, clock: Clock): SigningKeyStore {
  const row = (kid: string, privateKeyPem: string, signsFrom: number): SigningKeysTable => ({
    kid,
    public_key: publicHalf(privateKeyPem),
    private_key: sealing.seal(placeOf('signing_keys', kid), privateKeyPem),
    created_at: clock(),
    signs_from: signsFrom,
    published_until: null,
    accepted_until: null,
  })

  function privateKeyOf(
    { kid, private_key }: SigningKeysTable,
    known: readonly ScheduledKey[],
    unopened: (error: unknown) => void,
  ): KeyObject | undefined {
    if (private_key === null) return undefined
    const opened = known.find((key) => key.kid === kid)?.privateKey
    if (opened) return opened
    try {
      return createPrivateKey(sealing.open(placeOf('signing_keys', kid), private_key))
    } catch (error) {
      unopened(error)
      return undefined
    }
  }

  return {
    async add(kid, privateKeyPem, queries) {
      await queries
        .insertInto('signing_keys')
        .values(row(kid, privateKeyPem, clock()))
        .execute()
    },

    async rotate(privateKeyPem, transaction, { instanceId, compromised }) {
      const now = clock()
      const pending = transaction.selectFrom('signing_keys').select('kid').where('signs_from', '>', now)
      if (!compromised && (await pending.executeTakeFirst())) return undefined
      const next = row(newKid(instanceId), privateKeyPem, compromised ? now : now + publication)
      const gone = transaction.deleteFrom('signing_keys')
      await (compromised ? gone : gone.where('accepted_until', '<=', now)).execute()
      await transaction
        .updateTable('signing_keys')
        .set({ published_until: next.signs_from + publication, accepted_until: next.signs_from + acceptance })
        .where('published_until', 'is', null)
        .execute()
      await transaction.insertInto('signing_keys').values(next).execute()
      return next
    },

    list: (queries) =>
      queries
        .selectFrom('signing_keys')
        .selectAll()
        .where((row) => row.or([row('accepted_until', 'is', null), row('accepted_until', '>', clock())]))
        .orderBy('signs_from')
        .orderBy('kid')
        .execute(),

    open: (rows, known, unopened) =>
      rows.map((row) => ({
        ...(known.find(({ kid }) => kid === row.kid) ?? verificationKey(row.kid, row.public_key)),
        privateKey: privateKeyOf(row, known, unopened),
        signsFrom: row.signs_from,
        publishedUntil: row.published_until ?? Number.POSITIVE_INFINITY,
        acceptedUntil: row.accepted_until ?? Number.POSITIVE_INFINITY,
      })),

    async eraseRetired(rows, queries) {
      const retired = rows.filter((row) => row.private_key !== null && (row.published_until ?? clock()) < clock())
      if (retired.length === 0) return
      const kids = retired.map(({ kid }) => kid)
      await queries.updateTable('signing_keys').set({ private_key: null }).where('kid', 'in', kids).execute()
    },
  }
}
