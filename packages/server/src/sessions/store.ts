import type { Backend, RouteRequest } from '@clerk-server/contract'
import type { Clock } from '../clock.js'
import type { Database, Queries } from '../database/database.js'
import { countOf, newestFirst } from '../database/lists.js'
import type { ClientsTable, SessionsTable, UsersTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { Ids } from '../ids.js'
import type { SettingsStore } from '../settings/store.js'
import { lockUser } from '../users/lock.js'
import { newSession } from './row.js'
import { hasStatus, isOpen } from './status.js'

type SessionQuery = RouteRequest<Backend, 'GET /sessions', 'output'>['query']
export type SessionFilter = Pick<SessionQuery, 'client_id' | 'user_id' | 'status'>
export type SessionPage = SessionFilter & Pick<SessionQuery, 'limit' | 'offset'>

export interface SessionStore {
  /** The newest first. */
  list(page: SessionPage): Promise<SessionsTable[]>
  count(filter: SessionFilter): Promise<number>
  /** @throws ApiError `resource_not_found` */
  get(id: string): Promise<SessionsTable>
  /**
   * Creates an active session on a client of its own.
   *
   * @param allow throws for a user who may have none; nobody changes the user until the session is there
   * @throws ApiError `resource_not_found` when there is no such user, and whatever `allow` throws
   */
  create(userId: string, allow: (user: UsersTable) => void): Promise<SessionsTable>
  /**
   * Ends a session; one that is over already is left as it is.
   *
   * @param userId whose it must be, if that is not everybody's
   * @throws ApiError `resource_not_found`
   */
  revoke(id: string, userId?: string): Promise<SessionsTable>
  /** Ends all sessions of a user but one, if one is named, in the transaction of whatever made them end. */
  revokeAll(userId: string, transaction: Queries, except?: string): Promise<void>
}

export function createSessionStore(
  database: Database,
  settings: Pick<SettingsStore, 'current'>,
  clock: Clock,
  ids: Ids,
): SessionStore {
  const { queries } = database

  const matching = ({ client_id, user_id, status }: SessionFilter) =>
    queries
      .selectFrom('sessions')
      .where((sessions) =>
        sessions.and([
          ...(client_id === undefined ? [] : [sessions('client_id', '=', client_id)]),
          ...(user_id === undefined ? [] : [sessions('user_id', '=', user_id)]),
          ...(status === undefined ? [] : [hasStatus(sessions, status, clock())]),
        ]),
      )

  const revoking = (within: Queries) =>
    within
      .updateTable('sessions')
      .set({ status: 'revoked', updated_at: clock() })
      .where((sessions) => isOpen(sessions, clock()))

  async function get(id: string, userId?: string): Promise<SessionsTable> {
    const row = await queries.selectFrom('sessions').selectAll().where('id', '=', id).executeTakeFirst()
    if (row && (userId ?? row.user_id) === row.user_id) return row
    throw new ApiError('resource_not_found', { message: `there is no session with the id ${id}` })
  }

  return {
    get: (id) => get(id),

    list: (page) => newestFirst(matching(page).selectAll(), page).execute(),

    count: (filter) => countOf(matching(filter)),

    async create(userId, allow) {
      const now = clock()
      const id = ids('session')
      const client: ClientsTable = {
        id: ids('client'),
        last_active_session_id: id,
        last_authentication_strategy: null,
        sign_in_id: null,
        sign_up_id: null,
        token_digest: null,
        former_token_digest: null,
        token_rotated_at: null,
        signed_at: null,
        created_at: now,
        updated_at: now,
      }
      const session = newSession({ id, client_id: client.id, user_id: userId }, now, await settings.current())
      await queries.transaction().execute(async (transaction) => {
        allow(await lockUser(transaction, userId))
        await transaction.insertInto('clients').values(client).execute()
        await transaction.insertInto('sessions').values(session).execute()
      })
      return session
    },

    async revoke(id, userId) {
      const named = revoking(queries).where('id', '=', id)
      const own = userId === undefined ? named : named.where('user_id', '=', userId)
      return (await own.returningAll().executeTakeFirst()) ?? get(id, userId)
    },

    async revokeAll(userId, transaction, except = '') {
      await revoking(transaction).where('user_id', '=', userId).where('id', '!=', except).execute()
    },
  }
}
