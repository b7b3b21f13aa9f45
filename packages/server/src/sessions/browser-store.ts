import type { Clock } from '../clock.js'
import type { Database, TransactionQueries } from '../database/database.js'
import type { SessionsTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { SettingsStore } from '../settings/store.js'
import { abandonedAt } from './row.js'
import { hasStatus, isOpen } from './status.js'

/** How often it is written down that a session is used, in milliseconds: a token is asked for every minute. */
const activityInterval = 45_000

/** What a browser does with the sessions of its client. Of a session that is not the client's, nothing is ever said. */
export interface BrowserSessionStore {
  /** Those that are not over, the newest first. */
  open(clientId: string): Promise<SessionsTable[]>
  /** @throws ApiError `resource_not_found` */
  get(clientId: string, id: string): Promise<SessionsTable>
  /** One that somebody uses at this moment. @throws ApiError `resource_not_found` when the session is over, too */
  used(clientId: string, id: string): Promise<SessionsTable>
  /** Makes a session the one that was used last. @throws ApiError `resource_not_found` when the session is over, too */
  touch(clientId: string, id: string): Promise<SessionsTable>
  /** Signs out of one; one that is over already stays as it ended. @throws ApiError `resource_not_found` */
  end(clientId: string, id: string, how: 'ended' | 'removed'): Promise<SessionsTable>
  /** Signs out of all; `forgotten`: the browser cannot prove itself by its token any more. */
  endAll(clientId: string, forgotten: boolean): Promise<void>
}

export function createBrowserSessionStore(
  { queries }: Pick<Database, 'queries'>,
  settings: Pick<SettingsStore, 'current'>,
  clock: Clock,
): BrowserSessionStore {
  const ofClient = (clientId: string) => queries.selectFrom('sessions').selectAll().where('client_id', '=', clientId)

  async function get(clientId: string, id: string): Promise<SessionsTable> {
    const row = await ofClient(clientId).where('id', '=', id).executeTakeFirst()
    if (!row) throw notFound(id)
    return row
  }

  const ending = (transaction: TransactionQueries, clientId: string, how: 'ended' | 'removed') =>
    transaction
      .updateTable('sessions')
      .set({ status: how, updated_at: clock() })
      .where('client_id', '=', clientId)
      .where((sessions) => isOpen(sessions, clock()))

  /** After sessions ended: the one that was used last is now another one, or none. */
  async function settle(transaction: TransactionQueries, clientId: string): Promise<void> {
    const now = clock()
    const rest = await transaction
      .selectFrom('sessions')
      .select('id')
      .where('client_id', '=', clientId)
      .where((sessions) => isOpen(sessions, now))
      .orderBy('last_active_at', 'desc')
      .orderBy('id', 'desc')
      .executeTakeFirst()
    await transaction
      .updateTable('clients')
      .set({ last_active_session_id: rest?.id ?? null, signed_at: now, updated_at: now })
      .where('id', '=', clientId)
      .execute()
  }

  return {
    get,

    open: (clientId) =>
      ofClient(clientId)
        .where((sessions) => isOpen(sessions, clock()))
        .orderBy('created_at', 'desc')
        .orderBy('id', 'desc')
        .execute(),

    async used(clientId, id) {
      const now = clock()
      const row = await ofClient(clientId)
        .where('id', '=', id)
        .where((sessions) => hasStatus(sessions, 'active', now))
        .executeTakeFirst()
      if (!row) throw notFound(id)
      if (row.last_active_at <= now - activityInterval) {
        const abandon_at = abandonedAt(await settings.current(), now)
        await queries
          .updateTable('sessions')
          .set({ last_active_at: now, abandon_at })
          .where('id', '=', id)
          .where((sessions) => hasStatus(sessions, 'active', now))
          .execute()
      }
      return row
    },

    async touch(clientId, id) {
      const lifetimes = await settings.current()
      return queries.transaction().execute(async (transaction) => {
        const now = clock()
        const row = await transaction
          .updateTable('sessions')
          .set({ last_active_at: now, abandon_at: abandonedAt(lifetimes, now), updated_at: now })
          .where('client_id', '=', clientId)
          .where('id', '=', id)
          .where((sessions) => hasStatus(sessions, 'active', now))
          .returningAll()
          .executeTakeFirst()
        if (!row) throw notFound(id)
        await transaction
          .updateTable('clients')
          .set({ last_active_session_id: id, updated_at: now })
          .where('id', '=', clientId)
          .execute()
        await transaction.updateTable('users').set({ last_active_at: now }).where('id', '=', row.user_id).execute()
        return row
      })
    },

    end: (clientId, id, how) =>
      queries.transaction().execute(async (transaction) => {
        const ended = await ending(transaction, clientId, how).where('id', '=', id).returningAll().executeTakeFirst()
        if (ended) {
          await settle(transaction, clientId)
          return ended
        }
        const row = await transaction
          .selectFrom('sessions')
          .selectAll()
          .where('client_id', '=', clientId)
          .where('id', '=', id)
          .executeTakeFirst()
        if (!row) throw notFound(id)
        return row
      }),

    endAll: (clientId, forgotten) =>
      queries.transaction().execute(async (transaction) => {
        await ending(transaction, clientId, 'removed').execute()
        await settle(transaction, clientId)
        if (!forgotten) return
        await transaction
          .updateTable('clients')
          .set({ token_digest: null, former_token_digest: null })
          .where('id', '=', clientId)
          .execute()
      }),
  }
}

const notFound = (id: string) =>
  new ApiError('resource_not_found', { message: `this browser has no session with the id ${id}, or not any more` })
