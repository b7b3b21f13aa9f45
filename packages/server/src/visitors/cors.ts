import type { MiddlewareHandler } from 'hono'
import type { Origins } from './origins.js'

/** Headers that a page may read. */
const exposed = 'Authorization, Clerk-Db-Jwt, X-Country, Retry-After'

/** Lets pages of allowed origins, and of no other, read what is answered, and send cookies along (Fetch standard, CORS). */
export const allowOrigins =
  (origins: Origins): MiddlewareHandler =>
  async (c, next) => {
    c.header('Vary', 'Origin')
    c.header('Cache-Control', 'no-store')
    const origin = c.req.header('origin')
    if (origin !== undefined && (await origins.allows(origin))) {
      c.header('Access-Control-Allow-Origin', origin)
      c.header('Access-Control-Allow-Credentials', 'true')
      c.header('Access-Control-Expose-Headers', exposed)
    }
    if (c.req.method !== 'OPTIONS') return next()
    c.header('Access-Control-Allow-Methods', 'GET, POST, PUT, PATCH, DELETE')
    c.header('Access-Control-Allow-Headers', 'Authorization, Content-Type')
    c.header('Access-Control-Max-Age', '7200')
    return c.body(null, 204)
  }
