import type { Clock } from '../clock.js'
import type { SessionsTable, UsersTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { HandlersUnder } from '../http/mount.js'
import type { TemplateTokens } from '../jwt-templates/tokens.js'
import type { Environment } from '../options.js'
import type { SessionTokens } from '../tokens/session-token.js'
import type { Served } from '../unserved.js'
import { isLocked } from '../users/standing.js'
import { cookieSuffix, sessionCookies } from './cookies.js'
import { factorAges } from './factors.js'
import { checkRefresh } from './refresh.js'
import type { RefreshTokens } from './refresh-tokens.js'
import { statusAt } from './status.js'
import type { SessionStore } from './store.js'
import { sessionView } from './view.js'

interface Surroundings {
  tokens: SessionTokens
  templateTokens: TemplateTokens
  refreshTokens: RefreshTokens
  environment: Environment
  publishableKey: string
}

export function sessionsBackend(
  sessions: SessionStore,
  { tokens, templateTokens, refreshTokens, environment, publishableKey }: Surroundings,
  clock: Clock,
): HandlersUnder<Served, 'sessions'> {
  const view = (row: SessionsTable) => sessionView(row, clock())
  const suffix = cookieSuffix(publishableKey)

  /** @throws ApiError `resource_not_found` when the session is over, too */
  async function active(id: string): Promise<SessionsTable> {
    const session = await sessions.get(id)
    const status = statusAt(session, clock())
    if (status === 'active') return session
    throw new ApiError('resource_not_found', { message: `the session ${id} is ${status}` })
  }

  function allowed(user: UsersTable): void {
    if (!user.banned && !isLocked(user, clock())) return
    throw new ApiError('session_creation_not_allowed', {
      message: `the user ${user.id} is ${user.banned ? 'banned' : 'locked'}`,
    })
  }

  return {
    'GET /sessions': async ({ query: { paginated, ...page } }) => {
      const data = (await sessions.list(page)).map(view)
      return paginated ? { data, total_count: await sessions.count(page) } : data
    },

    'GET /sessions/{session_id}': async ({ params }) => view(await sessions.get(params.session_id)),

    'POST /sessions': async ({ body }) => {
      if (environment !== 'development') {
        throw new ApiError('request_invalid_for_environment', {
          message: 'sessions are created for development instances only; give the user a sign-in token instead',
        })
      }
      return view(await sessions.create(body.user_id, allowed))
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
      const session = await active(params.session_id)
      const jwt = await tokens.issue({
        sessionId: session.id,
        userId: session.user_id,
        factorAges: factorAges(session, clock()),
        apiVersion,
        expiresInSeconds: body.expires_in_seconds ?? undefined,
      })
      return { object: 'token', jwt }
    },

    'POST /sessions/{session_id}/tokens/{template_name}': async ({ params, body }) => {
      const { user_id } = await active(params.session_id)
      const jwt = await templateTokens.issue(params.template_name, user_id, body.expires_in_seconds ?? undefined)
      return { object: 'token', jwt }
    },

    'POST /sessions/{session_id}/refresh': async ({ params, body }, { apiVersion }) => {
      const sessionId = params.session_id
      const origin = body.request_origin
      const now = Math.floor(clock() / 1000)
      checkRefresh({ claims: tokens.claimsOf(body.expired_token), sessionId, origin, now })
      const sessionToken = (session: SessionsTable) =>
        tokens.issue({
          sessionId,
          userId: session.user_id,
          apiVersion,
          authorizedParty: origin,
          factorAges: factorAges(session, clock()),
        })
      if (body.format !== 'cookie') {
        return { object: 'token', jwt: await sessionToken(await refreshTokens.use(sessionId, body.refresh_token)) }
      }
      const { session, refreshToken } = await refreshTokens.trade(sessionId, body.refresh_token)
      const issued = { sessionToken: await sessionToken(session), refreshToken }
      return { object: 'cookies', cookies: sessionCookies(issued, { suffix, secure: origin.startsWith('https:') }) }
    },
  }
}
