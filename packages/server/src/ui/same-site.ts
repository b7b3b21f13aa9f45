import type { MiddlewareHandler } from 'hono'
import { isLoopback } from '../delivery/addresses.js'
import { ApiError } from '../errors.js'

/**
 * Keeps other sites out of pages that show codes and ask for no key. A page of another site cannot read our answers,
 * because no CORS header allows it; what is left are requests that change something, frames, and names of an attacker's
 * that lead to this machine (DNS rebinding).
 *
 * @param publicUrl where people reach the server, by whichever name a proxy asks for it
 * @param allowed whether the server may be asked for by a name: where no key is asked for
 */
export function sameSiteOnly(publicUrl: () => string, allowed: (host: string) => boolean): MiddlewareHandler {
  const isOurs = (origin: string, host: string | undefined) =>
    hostOf(origin) === host || (URL.canParse(publicUrl()) && new URL(publicUrl()).origin === origin)

  return async (c, next) => {
    const host = nameIn(c.req.url)
    if (!allowed(host)) {
      throw new ApiError('resource_forbidden', {
        message: `this page is not served by the name ${host}; --inbox-hosts allows it`,
      })
    }
    const origin = c.req.header('origin')
    const isForeign = origin !== undefined && !isOurs(origin, c.req.header('host'))
    if (isForeign || c.req.header('sec-fetch-site') === 'cross-site') {
      throw new ApiError('resource_forbidden', {
        message: 'this page is not for other sites; open it by its own address',
      })
    }
    await next()
    c.header('Cross-Origin-Resource-Policy', 'same-origin')
    c.header('Cache-Control', 'no-store')
    // With none at all, a browser says of a form of this very page that it is from nowhere.
    c.header('Referrer-Policy', 'same-origin')
  }
}

const nameIn = (url: string) => new URL(url).hostname.replace(/^\[|\]$/g, '')

const hostOf = (origin: string) => (URL.canParse(origin) ? new URL(origin).host : '')

/**
 * The names by which pages may be asked for that show secrets to whoever asks: those of this machine, and the given ones.
 *
 * @param publicUrl where people reach the server
 */
export const knownHosts = (publicUrl: () => string, inboxHosts: readonly string[]) => (host: string) =>
  isLoopback(host) || inboxHosts.includes(host) || (URL.canParse(publicUrl()) && nameIn(publicUrl()) === host)
