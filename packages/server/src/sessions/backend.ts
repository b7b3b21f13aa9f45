import type { Clock } from '../clock.js'
import type { SessionsTable, UsersTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { HandlersUnder } from '../http/mount.js'
import type { SessionTokens } from '../tokens/session-token.js'
import type { Served } from '../unserved.js'
import { isLocked } from '../users/standing.js'
import { type SessionStore, statusAt } from './store.js'
import { sessionView } from './view.js'

/** What a session needs to know of its user. */
interface Users {
  /** @throws ApiError `resource_not_found` */
  get(id: string): Promise<{ row: Pick<UsersTable, 'banned' | 'locked' | 'lockout_expires_at'> }>
}

export function sessionsBackend(
  sessions: SessionStore,
  users: Users,
  tokens: SessionTokens,
  clock: Clock,
): HandlersUnder<Served, 'sessions'> {
  const view = (row: SessionsTable) => sessionView(row, clock())

  return {
    'GET /sessions': async ({ query: { paginated, ...page } }) => {
      const data = (await sessions.list(page)).map(view)
      return paginated ? { data, total_count: await sessions.count(page) } : data
    },

    'GET /sessions/{session_id}': async ({ params }) => view(await sessions.get(params.session_id)),

    'POST /sessions': async ({ body }) => {
      const { row } = await users.get(body.user_id)
      if (row.banned || isLocked(row, clock())) {
        throw new ApiError('session_creation_not_allowed', {
          message: `the user ${body.user_id} is ${row.banned ? 'banned' : 'locked'}`,
        })
      }
      return view(await sessions.create(body.user_id))
    },

    'POST /sessions/{session_id}/revoke': async ({ params }) => view(await sessions.revoke(params.session_id)),

    'POST /sessions/{session_id}/verify': async ({ params, body }) => {
      const session = await sessions.get(params.session_id)
      if (tokens.sessionOf(body.token) !== session.id || statusAt(session, clock()) !== 'active') {
        throw new ApiError('invalid_session_token')
      }
      return view(session)
    },

    'POST /sessions/{session_id}/tokens': async ({ params, body }, { apiVersion }) => {
      const session = await sessions.get(params.session_id)
      const status = statusAt(session, clock())
      if (status !== 'active') {
        throw new ApiError('resource_not_found', { message: `the session ${session.id} is ${status}` })
      }
      const jwt = await tokens.issue({
        sessionId: session.id,
        userId: session.user_id,
        apiVersion,
        expiresInSeconds: body.expires_in_seconds ?? undefined,
      })
      return { object: 'token', jwt }
    },
  }
}
