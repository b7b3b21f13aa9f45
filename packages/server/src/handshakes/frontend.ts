import type { Frontend } from '@clerk-server/contract'
import type { Clock } from '../clock.js'
import type { ClientsTable, SessionsTable } from '../database/tables/index.js'
import type { DevBrowserStore } from '../dev-browsers/store.js'
import { ApiError } from '../errors.js'
import type { Handlers } from '../http/mount.js'
import type { Environment } from '../options.js'
import type { BrowserSessionStore } from '../sessions/browser-store.js'
import type { BrowserSessions } from '../sessions/browser-view.js'
import { sessionCookies } from '../sessions/cookies.js'
import type { RefreshTokens } from '../sessions/refresh-tokens.js'
import { statusAt } from '../sessions/status.js'
import type { Jwts } from '../tokens/jwt.js'
import { type CookieScope, clientUatCookies, cookie, devBrowserCookies, isWithin } from '../visitors/cookies.js'
import type { Origins } from '../visitors/origins.js'
import type { Visitor } from '../visitors/visitor.js'
import type { HandshakeStore } from './store.js'

/** Seconds in which an application takes what a handshake left for it. */
const lifetime = 60

type HandshakeHandlers = Pick<Handlers<Frontend, Visitor>, 'GET /client/handshake'>
type Query = Parameters<HandshakeHandlers['GET /client/handshake']>[0]['query']

interface HandshakeParts {
  environment: Environment
  origins: Origins
  browserSessions: BrowserSessionStore
  sessions: BrowserSessions
  refreshTokens: RefreshTokens
  devBrowsers: DevBrowserStore
  handshakes: HandshakeStore
  jwts: Jwts
  publicUrl: () => string
  cookieScope: () => CookieScope
  clock: Clock
}

/**
 * An application that cannot tell who somebody is sends their browser here, where it proves itself. It goes back with the
 * cookies of the application, as whole Set-Cookie values: in a signed token, or for a nonce that only who has the secret
 * key can trade. Both travel in the URL of a development instance, and in a cookie of a production instance.
 */
export function handshakesFrontend(parts: HandshakeParts): HandshakeHandlers {
  const { environment, origins, browserSessions, refreshTokens, devBrowsers, handshakes, jwts, clock } = parts

  /** Not only a place to go to: whoever is there is given what proves somebody. */
  async function requireAllowed({ origin, hostname }: URL): Promise<void> {
    if (!(await origins.allows(origin))) throw refused('must be of one of the allowed origins of this instance')
    const { domain } = parts.cookieScope()
    const own = new URL(parts.publicUrl()).hostname
    const isReached = domain === undefined ? hostname === own : isWithin(hostname, domain)
    if (environment === 'development' || isReached) return
    throw refused(`must be on ${domain ?? own}: cookies of this server reach no other host`)
  }

  async function activeSession(client: ClientsTable): Promise<SessionsTable | undefined> {
    const open = await browserSessions.open(client.id)
    const active = open.filter((session) => statusAt(session, clock()) === 'active')
    return active.find(({ id }) => id === client.last_active_session_id) ?? active[0]
  }

  async function sessionDirectives(visitor: Visitor, { suffixed_cookies }: Query, scope: CookieScope) {
    const session = visitor.client && (await activeSession(visitor.client))
    if (!session)
      return [...sessionCookies({ sessionToken: null, refreshToken: null }, scope), ...clientUatCookies('0', scope)]
    const sessionToken = await parts.sessions.token(session, visitor)
    const refreshToken = suffixed_cookies ? await refreshTokens.issue(session.id) : undefined
    const signedAt = Math.floor((visitor.client?.signed_at ?? 0) / 1000)
    return [...sessionCookies({ sessionToken, refreshToken }, scope), ...clientUatCookies(String(signedAt), scope)]
  }

  async function devBrowserDirectives(
    { client, devBrowserId }: Visitor,
    token: string | undefined,
    scope: CookieScope,
  ) {
    if (environment !== 'development') return []
    const known = devBrowserId === undefined ? undefined : token
    return devBrowserCookies(known ?? (await devBrowsers.create(client?.id ?? null)), scope)
  }

  async function packed(directives: string[], format: Query['format']): Promise<[name: string, value: string]> {
    if (format === 'nonce') return ['__clerk_handshake_nonce', await handshakes.put(directives)]
    const now = Math.floor(clock() / 1000)
    return ['__clerk_handshake', await jwts.sign({ exp: now + lifetime, handshake: directives, iat: now })]
  }

  return {
    'GET /client/handshake': async ({ query }, visitor) => {
      const url = new URL(query.redirect_url)
      await requireAllowed(url)
      const scope = { ...parts.cookieScope(), secure: url.protocol === 'https:' }
      const directives = [
        ...(await sessionDirectives({ ...visitor, origin: url.origin }, query, scope)),
        ...(await devBrowserDirectives(visitor, query.__clerk_db_jwt, scope)),
      ]
      if (environment === 'development') {
        url.searchParams.set(...(await packed(directives, query.format)))
        return url.href
      }
      const name = query.format === 'nonce' ? '__clerk_handshake_nonce' : '__clerk_handshake'
      // The application takes it away with the rest: it is good for one request.
      const handed = [...directives, cookie(name, null, scope, { shared: true })]
      const [, value] = await packed(handed, query.format)
      visitor.cookies = [cookie(name, value, parts.cookieScope(), { httpOnly: true, maxAge: lifetime, shared: true })]
      return url.href
    },
  }
}

const refused = (message: string) => new ApiError('form_param_value_invalid', { param: 'redirect_url', message })
