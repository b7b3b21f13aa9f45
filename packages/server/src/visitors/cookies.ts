/** Seconds. What a cookie proves may end long before. */
const year = 365 * 24 * 60 * 60

/** How long a browser keeps the cookie that it proves itself by, in milliseconds. */
export const clientCookieLifetime = year * 1000

/** Where the cookies go. */
export interface CookieScope {
  /** Over https they never leave it. */
  secure: boolean
  /** What tells the cookies of one instance from those of another on the same host. */
  suffix: string
}

const cookie = (name: string, value: string, maxAge: number, attributes: string[], { secure }: CookieScope) =>
  [`${name}=${value}`, 'Path=/', `Max-Age=${maxAge}`, ...attributes, ...(secure ? ['Secure'] : [])].join('; ')

/** The Set-Cookie value by which a browser proves itself to the Frontend API; `null` makes it forget. */
export const clientCookie = (token: string | null, scope: CookieScope) =>
  cookie('__client', token ?? '', token === null ? 0 : year, ['HttpOnly', 'SameSite=Lax'], scope)

/**
 * The Set-Cookie values that tell an application when somebody last signed in or out, in both spellings.
 *
 * @param seconds since 1970; `0` when nobody is signed in
 */
export const clientUatCookies = (seconds: string, scope: CookieScope) =>
  ['__client_uat', `__client_uat_${scope.suffix}`].map((name) => cookie(name, seconds, year, ['SameSite=Lax'], scope))
