/** Seconds. What a cookie proves may end long before; it stays, so that one can see that there was something. */
const year = 365 * 24 * 60 * 60

/** How long a browser keeps the cookie that it proves itself by, in milliseconds. */
export const clientCookieLifetime = year * 1000

/** Where the cookies go. */
export interface CookieScope {
  /** Over https they never leave it. */
  secure: boolean
  /** What tells the cookies of one instance from those of another on the same host. */
  suffix: string
  /** The domain whose hosts share the cookies that may be shared; without one, nobody but the host itself has them. */
  domain?: string | undefined
}

/**
 * The domain an instance is of, such as `example.com` of the issuer `https://clerk.example.com`: applications on its hosts
 * share what says when somebody signed in or out. `undefined` where people reach the server elsewhere.
 */
export function homeDomain(issuer: string, publicUrl: string): string | undefined {
  const domain = new URL(issuer).hostname.replace(/^clerk\./, '')
  return domain.includes('.') && isWithin(new URL(publicUrl).hostname, domain) ? domain : undefined
}

/** Whether a cookie of that domain reaches a host. */
export const isWithin = (host: string, domain: string) => host === domain || host.endsWith(`.${domain}`)

interface Attributes {
  /** Whether scripts cannot read it. */
  httpOnly?: boolean
  /** Seconds; a year by default. */
  maxAge?: number
  shared?: boolean
}

/** A Set-Cookie value (RFC 6265); the value `null` takes the cookie away. */
export function cookie(
  name: string,
  value: string | null,
  { secure, domain }: CookieScope,
  { httpOnly = false, maxAge = year, shared = false }: Attributes = {},
): string {
  return [
    `${name}=${value ?? ''}`,
    'Path=/',
    ...(shared && domain !== undefined ? [`Domain=${domain}`] : []),
    `Max-Age=${value === null ? 0 : maxAge}`,
    ...(httpOnly ? ['HttpOnly'] : []),
    'SameSite=Lax',
    ...(secure ? ['Secure'] : []),
  ].join('; ')
}

/** Both spellings of a name: applications read the one or the other. */
export const spellings = (name: string, { suffix }: CookieScope) => [name, `${name}_${suffix}`]

/** The Set-Cookie value by which a browser proves itself to the Frontend API; `null` makes it forget. */
export const clientCookie = (token: string | null, scope: CookieScope) =>
  cookie('__client', token, scope, { httpOnly: true })

/**
 * The Set-Cookie values that tell an application when somebody last signed in or out.
 *
 * @param seconds since 1970; `0` when nobody is signed in
 */
export const clientUatCookies = (seconds: string, scope: CookieScope) =>
  spellings('__client_uat', scope).map((name) => cookie(name, seconds, scope, { shared: true }))

/** The Set-Cookie values by which a browser tells an application which dev browser it is. */
export const devBrowserCookies = (token: string, scope: CookieScope) =>
  spellings('__clerk_db_jwt', scope).map((name) => cookie(name, token, scope))
