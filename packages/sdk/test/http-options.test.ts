import { Agent } from 'node:http'
import { describe, expect, test } from 'vitest'
import { httpSettings } from '../src/transport/http-options.js'

const settingsOf = (options: object) => httpSettings(options)

describe('httpOptions', () => {
  test('has a time limit of 30 seconds, 2 retries and 10 redirects by default', () => {
    expect(settingsOf({})).toMatchObject({ timeout: 30_000, retry: { limit: 2 }, maxRedirects: 10, headers: {} })
  })

  test.each([
    [{ timeout: 300 }, { timeout: 300, limits: {} }],
    [{ timeout: { request: 300 } }, { timeout: 300, limits: {} }],
    [{ timeout: {} }, { timeout: 30_000 }],
    [{ timeout: { connect: 1, socket: 2 } }, { timeout: 30_000, limits: { connect: 1, socket: 2 } }],
    [
      { timeout: undefined, retry: null, hooks: undefined },
      { timeout: 30_000, retry: { limit: 2 } },
    ],
    [{ retry: 0 }, { retry: { limit: 0 } }],
    [{ retry: { limit: 5 } }, { retry: { limit: 5, methods: ['GET', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'] } }],
    [{ retry: { methods: ['post'], limit: undefined } }, { retry: { limit: 2, methods: ['POST'] } }],
    [
      { followRedirect: false, maxRedirects: 0 },
      { followRedirect: false, maxRedirects: 0 },
    ],
    [
      { decompress: false, throwHttpErrors: false },
      { decompress: false, throwHttpErrors: false },
    ],
    [{ searchParams: 'a=1&b=x y' }, { search: 'a=1&b=x+y' }],
    [{ searchParams: { a: 1, b: true, c: null, d: undefined } }, { search: 'a=1&b=true&c=' }],
    [{ searchParams: new URLSearchParams([['a', '1']]) }, { search: 'a=1' }],
    [{ https: { rejectUnauthorized: false } }, { tls: { options: { rejectUnauthorized: false } } }],
  ])('%j is understood', (options, settings) => {
    expect(settingsOf(options)).toMatchObject(settings)
  })

  test('takes an agent, or one for each protocol', () => {
    const agent = new Agent()
    expect(settingsOf({ agent }).agents).toEqual({ http: agent, https: agent })
    expect(settingsOf({ agent: { https: agent } }).agents).toEqual({ http: undefined, https: agent })
  })

  test.each([
    [{ cache: {} }, /httpOptions\.cache is not supported/],
    [{ http2: true }, /httpOptions\.http2 is not supported/],
    [{ json: {} }, /httpOptions\.json is not supported/],
    [{ constructor: 1 }, /httpOptions\.constructor is not supported/],
    [{ timeout: { read: 1 } }, /httpOptions\.timeout\.read is not supported/],
    [{ timeout: { connect: 0 } }, /httpOptions\.timeout\.connect must be/],
    [{ timeout: 0 }, /httpOptions\.timeout must be/],
    [{ timeout: Number.POSITIVE_INFINITY }, /httpOptions\.timeout must be/],
    [{ timeout: '5' }, /httpOptions\.timeout must be/],
    [{ timeout: [] }, /httpOptions\.timeout must be/],
    [{ retry: -1 }, /httpOptions\.retry must be/],
    [{ retry: { limit: 1.5 } }, /httpOptions\.retry\.limit must be/],
    [{ retry: { methods: 'GET' } }, /httpOptions\.retry\.methods must be/],
    [{ retry: { statusCodes: ['500'] } }, /httpOptions\.retry\.statusCodes must be/],
    [{ retry: { errorCodes: [1] } }, /httpOptions\.retry\.errorCodes must be/],
    [{ retry: { maxRetryAfter: -1 } }, /httpOptions\.retry\.maxRetryAfter must be/],
    [{ retry: { calculateDelay: 1 } }, /httpOptions\.retry\.calculateDelay must be/],
    [{ retry: { noise: 1 } }, /httpOptions\.retry\.noise is not supported/],
    [{ agent: true }, /httpOptions\.agent/],
    [{ agent: { http: 1 } }, /httpOptions\.agent\.http must be/],
    [{ agent: { http2: {} } }, /httpOptions\.agent\.http2 is not supported/],
    [{ headers: 'x' }, /httpOptions\.headers must be/],
    [{ headers: { 'x y': '1' } }, /x y/],
    [{ headers: { 'x-a': 'a\nb' } }, /x-a/],
    [{ headers: { 'Content-Length': '5' } }, /Content-Length/],
    [{ https: { alpnProtocols: [] } }, /httpOptions\.https\.alpnProtocols is not supported/],
    [{ https: { rejectUnauthorized: 0 } }, /httpOptions\.https\.rejectUnauthorized must be/],
    [{ https: { checkServerIdentity: 'no' } }, /httpOptions\.https\.checkServerIdentity must be/],
    [{ https: { key: 'secret', certificate: 'secret' } }, /^httpOptions\.https cannot be used: (?!.*secret)/],
    [{ followRedirect: 'yes' }, /httpOptions\.followRedirect must be/],
    [{ maxRedirects: -1 }, /httpOptions\.maxRedirects must be/],
    [{ hooks: { beforeRedirect: [] } }, /httpOptions\.hooks\.beforeRedirect is not supported/],
    [{ hooks: { beforeRequest: () => {} } }, /httpOptions\.hooks\.beforeRequest must be/],
    [{ decompress: 1 }, /httpOptions\.decompress must be/],
    [{ searchParams: 1 }, /httpOptions\.searchParams must be/],
    [{ searchParams: { a: [1] } }, /httpOptions\.searchParams\.a must be/],
    [{ throwHttpErrors: 0 }, /httpOptions\.throwHttpErrors must be/],
  ])('%j is refused by name', (options, message) => {
    expect(() => settingsOf(options)).toThrow(message)
  })
})
