import { createHash } from 'node:crypto'
import { type CookieScope, cookie, spellings } from '../visitors/cookies.js'

/** What tells the cookies of one instance from those of another on the same host: it is how every client computes it. */
export const cookieSuffix = (publishableKey: string) =>
  createHash('sha1').update(publishableKey).digest('base64url').slice(0, 8)

interface Issued {
  /** `null` takes away the one there is. */
  sessionToken: string | null
  /** The same; without it, the one there is stays. */
  refreshToken?: string | null | undefined
}

/**
 * The Set-Cookie values that give an application a session token and the refresh token that goes with it. The session
 * token has both spellings, whichever the application reads; the refresh token is read by one only.
 */
export const sessionCookies = ({ sessionToken, refreshToken }: Issued, scope: CookieScope): string[] => [
  ...spellings('__session', scope).map((name) => cookie(name, sessionToken, scope)),
  ...(refreshToken === undefined ? [] : [cookie(`__refresh_${scope.suffix}`, refreshToken, scope, { httpOnly: true })]),
]
