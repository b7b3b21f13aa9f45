import type { MiddlewareHandler } from 'hono'
import { isLoopback } from '../delivery/addresses.js'
import { ApiError } from '../errors.js'

/**
 * Keeps other sites out of pages that show codes and ask for no key. A page of another site cannot read our answers,
 * because no CORS header allows it; what is left are requests that change something, frames, and names of an attacker's
 * that lead to this machine (DNS rebinding).
 *
 * @param publicUrl by whose host name the server may be asked for, beside those of this machine
 * @param inboxHosts further such names
 */
export function sameSiteOnly(publicUrl: () => string, inboxHosts: readonly string[]): MiddlewareHandler {
  const allowed = (host: string) =>
    isLoopback(host) || inboxHosts.includes(host) || (URL.canParse(publicUrl()) && nameIn(publicUrl()) === host)

  return async (c, next) => {
    const host = nameIn(c.req.url)
    if (!allowed(host)) {
      throw new ApiError('resource_forbidden', {
        message: `the inbox is not served by the name ${host}; --inbox-hosts allows it`,
      })
    }
    const origin = c.req.header('origin')
    if (
      c.req.header('sec-fetch-site') === 'cross-site' ||
      (origin !== undefined && hostOf(origin) !== c.req.header('host'))
    ) {
      throw new ApiError('resource_forbidden', {
        message: 'the inbox is not for other sites; open it by its own address',
      })
    }
    await next()
    c.header('Cross-Origin-Resource-Policy', 'same-origin')
    c.header('Cache-Control', 'no-store')
    c.header('Referrer-Policy', 'no-referrer')
  }
}

const nameIn = (url: string) => new URL(url).hostname.replace(/^\[|\]$/g, '')

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : '')
