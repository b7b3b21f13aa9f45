import type { Context } from 'hono'

/**
 * A page of this API is for an application to pass on, and carries the policy it runs under itself. Opened at this
 * server's own address it runs nothing: a link could have made it load whatever its writer likes.
 */
const headers = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'Content-Security-Policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
}

export const sendPage = (c: Context, page: unknown): Response => c.body(String(page), 200, headers)
