import type { MiddlewareHandler } from 'hono'
import { ApiError } from '../errors.js'

/** Refuses an address with a NUL character in it, which no database can look up. @throws ApiError `malformed_request_parameters` */
export const readableAddress: MiddlewareHandler = async (c, next) => {
  if (c.req.url.includes('%00')) {
    throw new ApiError('malformed_request_parameters', { message: 'the address must not contain NUL characters' })
  }
  await next()
}
