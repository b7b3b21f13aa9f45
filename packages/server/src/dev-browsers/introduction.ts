import type { MiddlewareHandler } from 'hono'
import { getCookie } from 'hono/cookie'
import { type CookieScope, devBrowserCookies, spellings } from '../visitors/cookies.js'
import type { DevBrowserStore } from './store.js'

/**
 * Gives a browser that asks for the first time the token of a dev browser. clerk-js gets itself one only on hosts of
 * Clerk's, and without one cannot make a link to another site; applications send a browser without one to the handshake.
 */
export const introduceDevBrowsers =
  (devBrowsers: DevBrowserStore, cookieScope: () => CookieScope): MiddlewareHandler =>
  async (c, next) => {
    await next()
    const scope = cookieScope()
    const isKnown = spellings('__clerk_db_jwt', scope).some((name) => getCookie(c, name) !== undefined)
    if (isKnown || c.res.status !== 200 || c.req.method === 'OPTIONS') return
    const token = await devBrowsers.create(null)
    for (const cookie of devBrowserCookies(token, scope)) c.header('Set-Cookie', cookie, { append: true })
  }
