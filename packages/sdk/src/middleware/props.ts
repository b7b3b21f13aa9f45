import type { Session } from '../sessions/session.js'
import type { JwtPayload } from '../token/decode.js'
import type { AuthObject, SignedInAuthObject } from './auth.js'

/** A request behind `ClerkExpressWithSession` or in `withSession`. */
export type WithSessionProp<T> = T & { session?: Session }

/** A request behind `ClerkExpressRequireSession` or in `requireSession`. */
export type RequireSessionProp<T> = T & { session: Session }

/** A request behind `ClerkExpressWithSession` or in `withSession`, with the claims of the token. */
export type WithSessionClaimsProp<T> = T & { sessionClaims?: JwtPayload }

/** A request behind `ClerkExpressRequireSession` or in `requireSession`, with the claims of the token. */
export type RequireSessionClaimsProp<T> = T & { sessionClaims: JwtPayload }

/** A request behind any of the middleware. */
export type WithAuthProp<T> = T & { auth: AuthObject }

/** A request behind any middleware, or in any handler, that lets nobody pass who is not signed in. */
export type RequireAuthProp<T> = T & { auth: SignedInAuthObject }

/** What `withSession` hands to a handler. */
export type SessionRequest<T> = WithSessionProp<WithSessionClaimsProp<WithAuthProp<T>>>

/** What `requireSession` hands to a handler. */
export type SignedInSessionRequest<T> = RequireSessionProp<RequireSessionClaimsProp<RequireAuthProp<T>>>
