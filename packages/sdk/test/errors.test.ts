import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  ClerkServerError,
  ConnectionError,
  HttpError,
  ParseError,
  RateLimitError,
  TimeoutError,
} from '../src/errors.js'
import { testRequest } from './support/client.js'
import { sendJSON, startJSON, startServer } from './support/server.js'

const route = 'GET /users/{user_id}'
const params = { user_id: 'user_1' }

async function failureAt(url: string, httpOptions = {}): Promise<HttpError> {
  const { request } = testRequest(url, httpOptions)
  const error: unknown = await request(route, { params }).then(
    () => expect.unreachable('the call should have failed'),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(HttpError)
  return error as HttpError
}

describe('an error of the API', () => {
  const body = {
    errors: [{ code: 'resource_not_found', message: 'not found', long_message: 'No user', meta: { param_name: 'id' } }],
    clerk_trace_id: 'trace_1',
  }

  test('has the status, the message of 2.6.3 and the parsed errors', async () => {
    const { url, requests } = await startJSON(body, 404)
    const error = await failureAt(url)
    expect(error).toMatchObject({ statusCode: 404, message: 'Response code 404 (Not Found)', name: 'HttpError' })
    expect(error.data).toEqual([
      new ClerkServerError({
        code: 'resource_not_found',
        message: 'not found',
        longMessage: 'No user',
        meta: { paramName: 'id' },
      }),
    ])
    expect(error.errors[0]).toBeInstanceOf(ClerkServerError)
    expect(error).toMatchObject({ clerkTraceId: 'trace_1', route, code: undefined })
    expect(requests).toHaveLength(1)
  })

  test('lists its status and its data, and nothing else', async () => {
    const { url } = await startJSON(body, 404)
    expect(Object.keys(await failureAt(url))).toEqual(['statusCode', 'data'])
  })

  test.each<[string, string, unknown]>([
    ['no errors', '{"errors":[]}', []],
    ['errors that are no array', '{"errors":"x"}', { errors: 'x' }],
    ['another JSON', '{"error":"x"}', { error: 'x' }],
    ['a text', '<html>', '<html>'],
    ['nothing', '', ''],
  ])('whose body has %s keeps it as data', async (_, text, data) => {
    const { url } = await startServer((response) => response.writeHead(422).end(text))
    const error = await failureAt(url)
    expect(error).toMatchObject({ statusCode: 422, errors: [] })
    expect(error.data).toEqual(data)
  })

  test.each([400, 401, 403, 404, 409, 410, 412, 422, 501])('with status %d is not asked for again', async (status) => {
    const { url, requests } = await startJSON({}, status)
    expect(await failureAt(url)).toMatchObject({ statusCode: status })
    expect(requests).toHaveLength(1)
  })

  test('with status 429 is a RateLimitError that says how long to wait', async () => {
    const { url } = await startServer((response) => {
      response.setHeader('retry-after', '7')
      sendJSON(response, body, 429)
    })
    const error = await failureAt(url)
    expect(error).toBeInstanceOf(RateLimitError)
    expect(error).toMatchObject({
      statusCode: 429,
      retryAfter: 7,
      name: 'RateLimitError',
      data: [{ code: 'resource_not_found' }],
    })
  })
})

describe('a redirect', () => {
  test.each([
    [301, 'https://evil.example/x?secret=1', 'https://evil.example'],
    [302, '//evil.example/secret', 'http://evil.example'],
    [303, 'unix:/secret', 'unix:'],
    [307, 'http://user:secret@evil.example', 'http://evil.example'],
  ])('%d to %s is not followed, and named by its origin only', async (status, location, origin) => {
    const { url, requests } = await startServer((response) => response.writeHead(status, { location }).end())
    const error = await failureAt(url)
    expect(error.statusCode).toBe(status)
    expect(error.message).toContain(`a redirect to ${origin} that was not followed`)
    expect(error.message).not.toContain('secret')
    expect(requests).toHaveLength(1)
  })

  test('does not take the key to the other host', async () => {
    const other = await startJSON({})
    const { url } = await startServer((response) => response.writeHead(307, { location: `${other.url}/v1` }).end())
    await failureAt(url)
    expect(other.requests).toEqual([])
  })
})

describe('no answer', () => {
  test('when the connection is refused: a ConnectionError with code and cause, tried three times', async () => {
    const { url, server } = await startJSON({})
    await new Promise((resolve) => {
      server.close(resolve)
    })
    const { request, clock } = testRequest(url)
    const error = await request(route, { params }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({
      statusCode: 500,
      code: 'ECONNREFUSED',
      data: undefined,
      route,
      name: 'ConnectionError',
    })
    expect((error as HttpError).message).toMatch(/^connect ECONNREFUSED 127\.0\.0\.1:/)
    expect((error as HttpError).cause).toBeInstanceOf(Error)
    expect(clock.sleeps).toEqual([1000, 2000])
  })

  test('when nothing comes in time: a TimeoutError', async () => {
    const { url, requests } = await startServer(() => {})
    const error = await failureAt(url, { timeout: 150, retry: 0 })
    expect(error).toBeInstanceOf(TimeoutError)
    expect(error).toMatchObject({
      statusCode: 500,
      code: 'ETIMEDOUT',
      message: "Timeout awaiting 'request' for 150ms",
      route,
    })
    expect(requests).toHaveLength(1)
  })

  test('when the body stalls: a TimeoutError, and the connection is closed', async () => {
    const { url, server } = await startServer((response) => response.writeHead(200).write('{'))
    expect(await failureAt(url, { timeout: 150, retry: 0 })).toBeInstanceOf(TimeoutError)
    await expect.poll(() => new Promise((resolve) => server.getConnections((_, count) => resolve(count)))).toBe(0)
  })

  test('when the body is cut: a ConnectionError, and a GET is tried again', async () => {
    const { url, requests } = await startServer((response, _, count) => {
      if (count === 2) return sendJSON(response, { object: 'user', id: 'user_1' })
      response.writeHead(200, { 'content-length': 100 }).write('{"object"')
      setTimeout(() => response.destroy(), 20)
    })
    expect(await failureAt(url, { retry: 0 })).toBeInstanceOf(ConnectionError)
    expect(await testRequest(url).request(route, { params })).toMatchObject({ id: 'user_1' })
    expect(requests).toHaveLength(2)
  })

  test.each([
    ['not a url', 'Invalid URL', 'ERR_INVALID_URL'],
    ['ftp://127.0.0.1', 'Unsupported protocol "ftp:"', undefined],
  ])('from %s', async (url, message, code) => {
    expect(await failureAt(url)).toMatchObject({ statusCode: 500, message, code, route })
  })

  test('from a host with several addresses, of which none answers: the message is that of the first', async () => {
    const { url, server } = await startJSON({})
    await new Promise((resolve) => {
      server.close(resolve)
    })
    const error = await failureAt(url.replace('127.0.0.1', 'localhost'), { retry: 0 })
    expect(error).toMatchObject({
      message: expect.stringMatching(/^connect ECONNREFUSED .+:\d+$/),
      code: 'ECONNREFUSED',
    })
  })

  test('from a host that has no address', async () => {
    const error = await failureAt('http://no-such-host.invalid', { retry: 0 })
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error.code).toMatch(/ENOTFOUND|EAI_AGAIN/)
  })
})

describe('a success that cannot be understood', () => {
  test.each([
    ['truncated JSON', '{"object":"us'],
    ['HTML', '<html>Bearer abc</html>'],
    ['a JSON text', '"user"'],
    ['a JSON null', 'null'],
  ])('is a ParseError with status 500: %s', async (_, text) => {
    const { url, requests } = await startServer((response) => response.writeHead(200).end(text))
    const error = await failureAt(url)
    expect(error).toBeInstanceOf(ParseError)
    expect(error).toMatchObject({ statusCode: 500, data: text.replace('abc</html>', '[redacted]'), route })
    expect(requests).toHaveLength(1)
  })

  test('is a ParseError when its compression is corrupt', async () => {
    const half = gzipSync('{"object":"user"}').subarray(0, 12)
    const { url } = await startServer((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(half))
    expect(await failureAt(url)).toBeInstanceOf(ParseError)
  })

  test('is an error when it is too large, also if only after decompression', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    const { url } = await startServer((response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb))
    expect(await failureAt(url)).toMatchObject({ statusCode: 500, code: 'ERR_BODY_TOO_LARGE' })
  })
})
