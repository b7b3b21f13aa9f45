import type { Context } from 'hono'
import { ApiError } from '../errors.js'
import type { Environment } from '../options.js'

/** The sites whose pages may ask the Frontend API, and may be gone back to from it. */
export interface Origins {
  allows(origin: string): Promise<boolean>
  /** That of the server's own pages. */
  own(): string
}

interface OriginSettings {
  home_url: string | null
  allowed_origins: string[] | null
  development_origin: string | null
}

export function createOrigins(
  environment: Environment,
  publicUrl: () => string,
  settings: { current(): Promise<OriginSettings> },
): Origins {
  const own = () => new URL(publicUrl()).origin
  return {
    own,

    async allows(origin) {
      if (origin === own()) return true
      if (environment === 'development' && isLoopback(origin)) return true
      const { home_url, allowed_origins, development_origin } = await settings.current()
      if (origin === development_origin || allowed_origins?.includes(origin)) return true
      return environment === 'production' && home_url !== null && isAtHome(origin, new URL(home_url))
    },
  }
}

/** The application's own site, and what is below its name, by the same scheme and port. */
function isAtHome(origin: string, home: URL): boolean {
  // What is more than an origin, or spelt otherwise than browsers do, is of nobody.
  if (!URL.canParse(origin) || new URL(origin).origin !== origin) return false
  const { protocol, host } = new URL(origin)
  return protocol === home.protocol && (host === home.host || host.endsWith(`.${home.host}`))
}

/** Pages of this machine, on whichever port (RFC 6761 §6.3). */
const isLoopback = (origin: string) =>
  /^https?:\/\/(?:localhost|(?:[a-z0-9-]+\.)+localhost|127\.0\.0\.1|\[::1\])(?::\d{1,5})?$/.test(origin)

/**
 * The site whose page asks. A request that changes something must say it: what a page of another site sends has the
 * browser's cookies, too, and is told apart by nothing else.
 *
 * @param reads whether the request changes nothing
 * @throws ApiError `origin_invalid`, `origin_missing`, `origin_authorization_headers_conflict`,
 *   `multiple_origin_header_values_forbidden`
 */
export async function originOf(c: Context, reads: boolean, origins: Origins): Promise<string | undefined> {
  const origin = c.req.header('origin')
  const authorization = c.req.header('authorization')
  if (origin === undefined) {
    // Our own pages read without that header, and the tokens they get are to name them as well (Fetch Metadata).
    if (reads && c.req.header('sec-fetch-site') === 'same-origin') return origins.own()
    if (reads || authorization) return undefined
    throw new ApiError('origin_missing', { message: 'a browser sends the Origin header with what changes something' })
  }
  if (authorization) throw new ApiError('origin_authorization_headers_conflict')
  if (origin.includes(',')) throw new ApiError('multiple_origin_header_values_forbidden')
  if (!(await origins.allows(origin))) {
    throw new ApiError('origin_invalid', { message: `${origin} is not an allowed origin of this instance` })
  }
  return origin
}
