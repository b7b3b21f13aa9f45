import type { Session } from '../sessions/session.js'
import type { JwtPayload } from '../token/decode.js'

/** A request behind `ClerkExpressWithSession`. */
export type WithSessionProp<T> = T & { session?: Session }

/** A request behind `ClerkExpressRequireSession`. */
export type RequireSessionProp<T> = T & { session: Session }

/** A request behind `ClerkExpressWithSession`, with the claims of the token. */
export type WithSessionClaimsProp<T> = T & { sessionClaims?: JwtPayload }

/** A request behind `ClerkExpressRequireSession`, with the claims of the token. */
export type RequireSessionClaimsProp<T> = T & { sessionClaims: JwtPayload }
