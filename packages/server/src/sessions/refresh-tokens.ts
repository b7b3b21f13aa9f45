import type { Clock } from '../clock.js'
import type { Database, Queries, TransactionQueries } from '../database/database.js'
import type { SessionsTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { SettingsStore } from '../settings/store.js'
import { newSecret, secretDigest } from '../tokens/secret.js'
import { abandonedAt, type Lifetimes } from './row.js'
import { hasStatus } from './status.js'

/** Milliseconds in which a token that was used is taken again: a browser sends several requests at once. */
const grace = 10_000
/** Milliseconds that a token that was used is remembered for, so that whoever stole it is noticed. */
const memory = 24 * 60 * 60 * 1000
/** Milliseconds that a token which nobody has used is kept for. */
const retention = 7 * 24 * 60 * 60 * 1000

export interface RefreshTokens {
  /** Makes a token for a session. It is told this once; only its digest is kept. */
  issue(sessionId: string, within?: Queries): Promise<string>
  /**
   * Trades a token of a session that is open for the next one, and marks the session as active now. A token that was
   * traded before ends all that came of it, as it is in two hands (RFC 9700 §4.14.2): the next sign of life is a handshake.
   *
   * @throws ApiError `session_refresh_session_not_found`, `session_refresh_inactive_session`, `refresh_token_not_found`,
   *   `session_refresh_expired_session_token_consumed`
   */
  trade(sessionId: string, token: string): Promise<{ session: SessionsTable; refreshToken: string }>
  /** Does the same for somebody who has no place to keep the next token: it stays as it is. @throws ApiError as above */
  use(sessionId: string, token: string): Promise<SessionsTable>
  /** Deletes tokens that nobody has used for a week: whoever comes with one makes a handshake. */
  prune(): Promise<void>
}

export function createRefreshTokens(
  { queries }: Pick<Database, 'queries'>,
  settings: Pick<SettingsStore, 'current'>,
  clock: Clock,
): RefreshTokens {
  async function issue(sessionId: string, within: Queries = queries): Promise<string> {
    const token = newSecret()
    await within
      .insertInto('refresh_tokens')
      .values({ digest: secretDigest(token), session_id: sessionId, created_at: clock(), used_at: null })
      .execute()
    return token
  }

  /** Changes the row of the session, which also locks it: whoever else comes with a token of it waits. */
  async function touch(transaction: TransactionQueries, id: string, lifetimes: Lifetimes): Promise<SessionsTable> {
    const now = clock()
    const session = await transaction
      .updateTable('sessions')
      .set({ last_active_at: now, abandon_at: abandonedAt(lifetimes, now), updated_at: now })
      .where('id', '=', id)
      .where((sessions) => hasStatus(sessions, 'active', now))
      .returningAll()
      .executeTakeFirst()
    if (session) return session
    const ended = await transaction.selectFrom('sessions').select('id').where('id', '=', id).executeTakeFirst()
    throw new ApiError(ended ? 'session_refresh_inactive_session' : 'session_refresh_session_not_found')
  }

  async function find(transaction: TransactionQueries, sessionId: string, digest: string): Promise<'good' | 'stolen'> {
    const found = await transaction
      .selectFrom('refresh_tokens')
      .select('used_at')
      .where('digest', '=', digest)
      .where('session_id', '=', sessionId)
      .executeTakeFirst()
    if (!found) throw new ApiError('refresh_token_not_found')
    return found.used_at !== null && found.used_at + grace <= clock() ? 'stolen' : 'good'
  }

  /** Runs `work` for a token that is good. What a stolen one does must be kept, so that is told after the transaction. */
  async function withToken<Result>(
    sessionId: string,
    token: string,
    work: (transaction: TransactionQueries, session: SessionsTable, digest: string) => Promise<Result>,
  ): Promise<Result> {
    const digest = secretDigest(token)
    const lifetimes = await settings.current()
    const done = await queries.transaction().execute(async (transaction) => {
      const session = await touch(transaction, sessionId, lifetimes)
      if ((await find(transaction, sessionId, digest)) === 'good') {
        return { result: await work(transaction, session, digest) }
      }
      await transaction.deleteFrom('refresh_tokens').where('session_id', '=', sessionId).execute()
      return undefined
    })
    if (!done) throw new ApiError('session_refresh_expired_session_token_consumed')
    return done.result
  }

  return {
    issue,

    trade: (sessionId, token) =>
      withToken(sessionId, token, async (transaction, session, digest) => {
        const now = clock()
        await transaction
          .updateTable('refresh_tokens')
          .set({ used_at: now })
          .where('digest', '=', digest)
          .where('used_at', 'is', null)
          .execute()
        await transaction
          .deleteFrom('refresh_tokens')
          .where('session_id', '=', sessionId)
          .where('used_at', '<', now - memory)
          .execute()
        return { session, refreshToken: await issue(sessionId, transaction) }
      }),

    use: (sessionId, token) => withToken(sessionId, token, async (_, session) => session),

    async prune() {
      await queries
        .deleteFrom('refresh_tokens')
        .where('created_at', '<', clock() - retention)
        .execute()
    },
  }
}
