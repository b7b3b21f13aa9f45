import { createHash } from 'node:crypto'

/** Seconds. The tokens in the cookies end long before; the cookies stay, so that one can see that there was a session. */
const year = 365 * 24 * 60 * 60

/** The cookies of an application, with what a browser is told of each beside its value. */
const attributes = {
  __session: ['SameSite=Lax'],
  __refresh: ['HttpOnly', 'SameSite=Lax'],
} as const

/** What tells the cookies of one instance from those of another on the same host: it is how every client computes it. */
export const cookieSuffix = (publishableKey: string) =>
  createHash('sha1').update(publishableKey).digest('base64url').slice(0, 8)

/**
 * The Set-Cookie values that give an application a session token and the refresh token that goes with it. The session
 * token has both spellings, whichever the application reads; the refresh token is read by one only.
 *
 * @param origin of the application: over https, cookies never leave it
 */
export function sessionCookies(
  { sessionToken, refreshToken }: { sessionToken: string; refreshToken: string },
  suffix: string,
  origin: string,
): string[] {
  const secure = origin.startsWith('https:') ? ['Secure'] : []
  const cookie = (kind: keyof typeof attributes, name: string, value: string) =>
    [`${name}=${value}`, 'Path=/', `Max-Age=${year}`, ...attributes[kind], ...secure].join('; ')
  return [
    cookie('__session', '__session', sessionToken),
    cookie('__session', `__session_${suffix}`, sessionToken),
    cookie('__refresh', `__refresh_${suffix}`, refreshToken),
  ]
}
