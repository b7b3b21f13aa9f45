import { timingSafeEqual } from 'node:crypto'
import type { Clock } from '../clock.js'
import type { Database, TransactionQueries } from '../database/database.js'
import type { ClientsTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { Ids } from '../ids.js'
import { isOpen } from '../sessions/status.js'
import { newSecret, secretDigest } from '../tokens/secret.js'

/** Milliseconds in which requests may still be on their way with the token there was before. */
const overtaking = 10_000
/** Milliseconds that a browser is remembered in which nobody signs in. */
const retention = 24 * 60 * 60 * 1000
/** Browsers that are forgotten by one statement: while it runs, nothing else is written. */
const batch = 500

/**
 * Clients that a browser is behind. It proves itself by a token, `<client id>.<secret>`, of which a digest is kept, and
 * gets another whenever somebody signs in, so that a token which was planted before is good for nothing (OWASP ASVS 7.2.4).
 */
export interface BrowserClients {
  /**
   * The client that a token proves; `undefined` for a token that proves none. The token there was before is in two hands
   * when it is shown again much later, and ends the client with all its sessions.
   *
   * @throws ApiError `cookie_invalid` when it does so
   */
  find(token: string): Promise<ClientsTable | undefined>
  get(id: string): Promise<ClientsTable | undefined>
  /** @param devBrowserId the dev browser it is behind, if one is known */
  create(devBrowserId?: string): Promise<{ client: ClientsTable; token: string }>
  /** Gives a client another token, in the transaction in which somebody signs in. */
  rotate(transaction: TransactionQueries, clientId: string): Promise<string>
  /** Forgets browsers of a day ago in which nobody has signed in, nor is about to. Each gets another client when it comes back. */
  prune(): Promise<void>
}

export function createBrowserClients({ queries }: Pick<Database, 'queries'>, clock: Clock, ids: Ids): BrowserClients {
  const get = (id: string) => queries.selectFrom('clients').selectAll().where('id', '=', id).executeTakeFirst()

  async function end(id: string): Promise<void> {
    const now = clock()
    await queries.transaction().execute(async (transaction) => {
      await transaction
        .updateTable('clients')
        .set({ token_digest: null, former_token_digest: null, signed_at: now, updated_at: now })
        .where('id', '=', id)
        .execute()
      await transaction
        .updateTable('sessions')
        .set({ status: 'ended', updated_at: now })
        .where('client_id', '=', id)
        .where((sessions) => isOpen(sessions, now))
        .execute()
    })
  }

  /** @returns how many there were */
  async function forget(now: number): Promise<bigint> {
    const forgotten = queries
      .selectFrom('clients')
      .select('id')
      .where('signed_at', 'is', null)
      .where('token_digest', 'is not', null)
      .where('created_at', '<', now - retention)
      .where(({ and, not, exists, selectFrom }) =>
        and(
          [
            selectFrom('sessions').select('id').whereRef('client_id', '=', 'clients.id'),
            selectFrom('sign_ins').select('id').whereRef('client_id', '=', 'clients.id').where('abandon_at', '>', now),
            selectFrom('sign_ups').select('id').whereRef('client_id', '=', 'clients.id').where('abandon_at', '>', now),
          ].map((rows) => not(exists(rows))),
        ),
      )
      .limit(batch)
    const { numDeletedRows } = await queries
      .deleteFrom('clients')
      .where('id', 'in', forgotten)
      .executeTakeFirstOrThrow()
    return numDeletedRows
  }

  return {
    get,

    async find(token) {
      const [, id, secret] = tokenForm.exec(token) ?? []
      if (id === undefined || secret === undefined) return undefined
      const row = await get(id)
      if (!row) return undefined
      const digest = secretDigest(secret)
      if (isDigest(row.token_digest, digest)) return row
      if (!isDigest(row.former_token_digest, digest)) return undefined
      if ((row.token_rotated_at ?? 0) + overtaking > clock()) return undefined
      await end(id)
      throw new ApiError('cookie_invalid', { message: 'the cookie of this browser was replaced: sign in again' })
    },

    async create(devBrowserId) {
      const now = clock()
      const secret = newSecret()
      const client: ClientsTable = {
        id: ids('client'),
        last_active_session_id: null,
        last_authentication_strategy: null,
        sign_in_id: null,
        sign_up_id: null,
        token_digest: secretDigest(secret),
        former_token_digest: null,
        token_rotated_at: now,
        signed_at: null,
        created_at: now,
        updated_at: now,
      }
      await queries.transaction().execute(async (transaction) => {
        await transaction.insertInto('clients').values(client).execute()
        if (devBrowserId === undefined) return
        await transaction
          .updateTable('dev_browsers')
          .set({ client_id: client.id })
          .where('id', '=', devBrowserId)
          .execute()
      })
      return { client, token: `${client.id}.${secret}` }
    },

    async rotate(transaction, clientId) {
      const secret = newSecret()
      await transaction
        .updateTable('clients')
        .set((client) => ({
          former_token_digest: client.ref('token_digest'),
          token_digest: secretDigest(secret),
          token_rotated_at: clock(),
        }))
        .where('id', '=', clientId)
        .execute()
      return `${clientId}.${secret}`
    },

    async prune() {
      const now = clock()
      while ((await forget(now)) === BigInt(batch)) {}
    },
  }
}

/** A cookie can hold anything: also what a database refuses to look for, such as a NUL character. */
const tokenForm = /^(\w+)\.([\w-]+)$/

const isDigest = (kept: string | null, digest: string) =>
  kept !== null && timingSafeEqual(Buffer.from(kept), Buffer.from(digest))
