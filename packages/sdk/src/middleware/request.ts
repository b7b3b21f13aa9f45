import { Logger } from '../logger.js'
import { Session } from '../sessions/session.js'
import { type AuthObject, isOwnAuth, type SignedInAuthObject, type SignedOutAuthObject } from './auth.js'
import type { RequestHeaders } from './headers.js'
import { warnOnce } from './warning.js'

/** What a middleware needs of a request: Express, Connect, Next and plain `node:http` have it. */
export interface MiddlewareRequest {
  headers: RequestHeaders
  method?: string | undefined
}

/** What a middleware sets: `req.session`, `req.sessionClaims` and `req.auth`, or the last alone. */
export type Form = 'session' | 'auth'

type Marked = { session?: unknown; sessionClaims?: unknown; auth?: unknown }

/** Says on a request who sent it. */
export function markSignedIn(req: MiddlewareRequest & Marked, form: Form, auth: SignedInAuthObject): void {
  if (form === 'session') {
    if (isForeignSession(req.session)) {
      warnOnce(
        'CLERK_SESSION_REPLACED',
        'req.session was set before the Clerk middleware ran, which replaces it. ClerkExpressWithAuth sets req.auth alone.',
      )
    }
    req.session = new Session({ id: auth.sessionId, userId: auth.userId })
    req.sessionClaims = auth.claims
  }
  setAuth(req, auth)
}

/**
 * Says on a request that nobody is signed in. The session of an earlier middleware of ours goes; one of another package
 * stays. A request that takes no properties stays as it is: it must not keep anybody from being refused.
 */
export function markSignedOut(req: MiddlewareRequest & Marked, form: Form, auth: SignedOutAuthObject): void {
  try {
    setAuth(req, auth)
    if (form === 'session') clearSession(req)
  } catch {
    Logger.warn('req.auth could not be set: the request does not take it.')
  }
}

function clearSession(req: Marked): void {
  if (req.session instanceof Session) delete req.session
  if (req.sessionClaims !== undefined) delete req.sessionClaims
  if (isForeignSession(req.session)) {
    warnOnce(
      'CLERK_SESSION_FOREIGN',
      'req.session is of another package, and says nothing of who is signed in with Clerk: use req.auth.',
    )
  }
}

const isSomething = (value: unknown): boolean => value !== undefined && value !== null

const isForeignSession = (session: unknown): boolean => isSomething(session) && !(session instanceof Session)

function setAuth(req: Marked, auth: AuthObject): void {
  if (!('auth' in req)) {
    req.auth = auth
    return
  }
  if (isSomething(req.auth) && !isOwnAuth(req.auth)) {
    warnOnce('CLERK_AUTH_REPLACED', 'req.auth was set before the Clerk middleware ran, which replaces it.')
  }
  // Not by assigning, which an accessor of another package could pass over.
  Object.defineProperty(req, 'auth', { value: auth, writable: true, enumerable: true, configurable: true })
}
