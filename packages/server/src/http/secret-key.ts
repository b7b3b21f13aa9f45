import type { MiddlewareHandler } from 'hono'
import { ApiError } from '../errors.js'

/** Lets a request through that carries a secret key of this instance, and answers 401 to any other. */
export function requireSecretKey(accepts: (key: string) => Promise<boolean>): MiddlewareHandler {
  return async (c, next) => {
    const header = c.req.header('authorization')
    if (!header) throw new ApiError('authentication_invalid')
    const key = /^Bearer +([\x21-\x7e]+)$/i.exec(header)?.[1]
    if (key === undefined) throw new ApiError('authorization_header_format_invalid')
    if (!(await accepts(key))) throw new ApiError('clerk_key_invalid')
    await next()
  }
}
