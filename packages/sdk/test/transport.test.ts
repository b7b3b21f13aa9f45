import { Agent } from 'node:http'
import { type AddressInfo, connect, type NetConnectOpts, type Socket } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Clerk } from '../src/clerk.js'
import { RateLimitError } from '../src/errors.js'
import { retryAfter } from '../src/transport/retry.js'
import type { RetryAttempt } from '../src/transport/retry-options.js'
import { testRequest } from './support/client.js'
import { testClock } from './support/clock.js'
import { sendJSON, startJSON, startServer } from './support/server.js'

const user = { object: 'user', id: 'user_1' }
const route = 'GET /users/{user_id}'
const params = { user_id: 'user_1' }

describe('an answer is read', () => {
  test.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['deflate', deflateRawSync],
    ['br', brotliCompressSync],
    ['identity', (text: string) => Buffer.from(text)],
  ])('when it is compressed with %s', async (encoding, compress) => {
    const { url } = await startServer((response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(compress(JSON.stringify(user))),
    )
    expect(await testRequest(url).request(route, { params })).toMatchObject({ id: 'user_1' })
  })

  test.each([
    'application/json',
    'application/json; charset=utf-8',
    'APPLICATION/JSON',
    'application/problem+json',
    'text/plain',
  ])('as JSON when it is called %s', async (type) => {
    const { url } = await startServer((response) =>
      response.writeHead(200, { 'content-type': type }).end(JSON.stringify(user)),
    )
    expect(await testRequest(url).request(route, { params })).toMatchObject({ id: 'user_1' })
  })

  test.each(['zstd', 'constructor', '__proto__'])('as it is when its encoding is unknown: %s', async (encoding) => {
    const { url } = await startServer((response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(JSON.stringify(user)),
    )
    expect(await testRequest(url).request(route, { params })).toMatchObject({ id: 'user_1' })
  })

  test.each([200, 204, 205])('as undefined when it is empty, with status %d', async (status) => {
    const { url } = await startServer((response) => response.writeHead(status).end())
    expect(await testRequest(url).request(route, { params })).toBeUndefined()
  })
})

describe('a request that may succeed later', () => {
  test.each([408, 429, 500, 502, 503, 504, 521, 522, 524])('is sent three times at status %d', async (status) => {
    const { url, requests } = await startJSON({}, status)
    const { request, clock } = testRequest(url)
    await expect(request(route, { params })).rejects.toMatchObject({ statusCode: status })
    expect(requests).toHaveLength(3)
    expect(clock.sleeps).toEqual([1000, 2000])
  })

  test('is sent until it succeeds', async () => {
    const { url, requests } = await startServer((response, _, count) => sendJSON(response, user, count < 3 ? 503 : 200))
    expect(await testRequest(url).request(route, { params })).toMatchObject({ id: 'user_1' })
    expect(requests).toHaveLength(3)
  })

  test('is not sent again when it is a POST or a PATCH', async () => {
    const { url, requests } = await startJSON({}, 503)
    const { request, clock } = testRequest(url)
    await expect(request('POST /users', {})).rejects.toMatchObject({ statusCode: 503 })
    await expect(request('PATCH /users/{user_id}', { params })).rejects.toMatchObject({ statusCode: 503 })
    expect(requests).toHaveLength(2)
    expect(clock.sleeps).toEqual([])
  })

  test.each([
    [0, 1],
    [1, 2],
    [{ limit: 3 }, 4],
  ])('is repeated as often as retry: %j allows', async (retry, attempts) => {
    const { url, requests } = await startJSON({}, 503)
    await expect(testRequest(url, { retry }).request(route, { params })).rejects.toMatchObject({ statusCode: 503 })
    expect(requests).toHaveLength(attempts)
  })

  test('is repeated at 413 only when the answer says when', async () => {
    const { url, requests } = await startServer((response, { url: path }) => {
      if (path.endsWith('later')) response.setHeader('retry-after', '1')
      sendJSON(response, {}, 413)
    })
    const { request } = testRequest(url)
    await expect(request(route, { params })).rejects.toMatchObject({ statusCode: 413 })
    expect(requests).toHaveLength(1)
    await expect(request(route, { params: { user_id: 'later' } })).rejects.toMatchObject({ statusCode: 413 })
    expect(requests).toHaveLength(4)
  })

  const now = Date.UTC(2030, 0, 1)
  test.each([
    ['3', 3000, 3],
    [new Date(now + 4000).toUTCString(), 4000, 4],
    [new Date(now - 4000).toUTCString(), 1000, 0],
    ['0', 1000, 0],
    ['-5', 1000, 0],
    ['abc', 1000, undefined],
    ['1e9', 30_000, 1e9],
    ['Infinity', 30_000, Number.POSITIVE_INFINITY],
  ])('waits for Retry-After: %s', async (header, wait, seconds) => {
    const { url } = await startServer((response) => {
      response.setHeader('retry-after', header)
      sendJSON(response, {}, 429)
    })
    const { request, clock } = testRequest(url, { retry: 1 }, testClock(now))
    const error = await request(route, { params }).catch((reason: unknown) => reason)
    expect(clock.sleeps).toEqual([wait])
    expect(error).toBeInstanceOf(RateLimitError)
    expect(retryAfter(header, now)).toBe(seconds)
  })
})

describe('httpOptions.retry', () => {
  test('says which methods are repeated', async () => {
    const { url, requests } = await startJSON({}, 503)
    const { request } = testRequest(url, { retry: { methods: ['POST'], limit: 1 } })
    await expect(request('POST /users', {})).rejects.toMatchObject({ statusCode: 503 })
    await expect(request(route, { params })).rejects.toMatchObject({ statusCode: 503 })
    expect(requests.map(({ method }) => method)).toEqual(['POST', 'POST', 'GET'])
  })

  test('says which statuses are repeated, and never repeats a success', async () => {
    const { url, requests } = await startServer((response, { url: path }) => {
      sendJSON(response, user, Number(path.slice(-3)))
    })
    const { request } = testRequest(url, { retry: { statusCodes: [200, 404], limit: 1 } })
    await request(route, { params: { user_id: '200' } })
    await expect(request(route, { params: { user_id: '404' } })).rejects.toMatchObject({ statusCode: 404 })
    await expect(request(route, { params: { user_id: '503' } })).rejects.toMatchObject({ statusCode: 503 })
    expect(requests.map(({ url: path }) => path.slice(-3))).toEqual(['200', '404', '404', '503'])
  })

  test('says which low-level codes are repeated', async () => {
    const { url, requests } = await startServer((response) => response.destroy())
    const { request } = testRequest(url, { retry: { errorCodes: ['ENOTFOUND'] } })
    await expect(request(route, { params })).rejects.toMatchObject({ statusCode: 500, code: 'ECONNRESET' })
    expect(requests).toHaveLength(1)
  })

  test.each([
    ['60', { maxRetryAfter: 59_000 }, []],
    ['60', { maxRetryAfter: 60_000 }, [60_000]],
    ['60', {}, [30_000]],
    ['60', { backoffLimit: 1 }, [30_000]],
    ['', { backoffLimit: 100 }, [100]],
    ['', { backoffLimit: 0 }, [1]],
  ])('says how long is waited: Retry-After: %s with %j', async (header, options, sleeps) => {
    const { url } = await startServer((response) => {
      if (header) response.setHeader('retry-after', header)
      sendJSON(response, {}, 429)
    })
    const { request, clock } = testRequest(url, { retry: { limit: 1, ...options } })
    await expect(request(route, { params })).rejects.toMatchObject({ statusCode: 429 })
    expect(clock.sleeps).toEqual(sleeps)
  })

  test('lets a function decide', async () => {
    const { url, requests } = await startServer((response) => {
      response.setHeader('retry-after', '7')
      sendJSON(response, {}, 429)
    })
    const seen: RetryAttempt[] = []
    const calculateDelay = async (attempt: RetryAttempt) => {
      seen.push(attempt)
      return attempt.attemptCount < 3 ? attempt.computedValue + 5 : 0
    }
    const { request, clock } = testRequest(url, { retry: { limit: 1, calculateDelay } })
    await expect(request('POST /users', {})).rejects.toMatchObject({ statusCode: 429 })
    await expect(request(route, { params })).rejects.toMatchObject({ statusCode: 429 })
    expect(seen[0]).toMatchObject({ error: { statusCode: 429 }, retryAfter: 7000, retryOptions: { limit: 1 } })
    expect(seen.map(({ attemptCount, computedValue }) => [attemptCount, computedValue])).toEqual([
      [1, 0],
      [2, 0],
      [3, 0],
      [1, 7000],
      [2, 0],
      [3, 0],
    ])
    expect(clock.sleeps).toEqual([5, 5, 7005, 5])
    expect(requests).toHaveLength(6)
  })

  test('refuses what is no delay', async () => {
    const { url } = await startJSON({}, 503)
    const { request } = testRequest(url, { retry: { calculateDelay: () => Number.NaN } })
    await expect(request(route, { params })).rejects.toMatchObject({ statusCode: 500, message: /calculateDelay/ })
  })

  test('waits a little longer by chance, so that callers do not come back all at once', async () => {
    const { url } = await startJSON({}, 503)
    const clock = { ...testClock(), random: () => 0.5 }
    await expect(testRequest(url, {}, clock).request(route, { params })).rejects.toMatchObject({ statusCode: 503 })
    expect(clock.sleeps).toEqual([1050, 2050])
  })
})

describe('httpOptions', () => {
  test('decompress: false asks for no compression', async () => {
    const { url, requests } = await startJSON(user)
    await testRequest(url, { decompress: false }).request(route, { params })
    expect(requests[0]?.headers['accept-encoding']).toBe('identity')
  })

  test.each([
    ['a=1', '/v1/users?a=1'],
    ['', '/v1/users'],
  ])('searchParams: %j takes the place of the query', async (searchParams, expected) => {
    const { url, requests } = await startJSON([])
    await testRequest(url, { searchParams }).request('GET /users', { query: { limit: 1 } })
    expect(requests[0]?.url).toBe(expected)
  })

  test('throwHttpErrors: false gives undefined for an answer that is an error, and still rejects without one', async () => {
    const { url, requests, server } = await startJSON({ errors: [] }, 503)
    const { request } = testRequest(url, { throwHttpErrors: false })
    expect(await request(route, { params })).toBeUndefined()
    expect(requests).toHaveLength(3)
    server.closeAllConnections()
    await new Promise((resolve) => {
      server.close(resolve)
    })
    await expect(request(route, { params })).rejects.toMatchObject({ statusCode: 500, code: 'ECONNREFUSED' })
  })
})

describe('connections', () => {
  test('are kept between calls', async () => {
    const { url, server } = await startJSON(user)
    let opened = 0
    server.on('connection', () => {
      opened += 1
    })
    const { request } = testRequest(url)
    for (let call = 0; call < 5; call += 1) await request(route, { params })
    expect(opened).toBe(1)
  })

  test('are few, however many calls run at once', async () => {
    const { url, server, requests } = await startServer((response) => setTimeout(() => sendJSON(response, user), 5))
    let opened = 0
    server.on('connection', () => {
      opened += 1
    })
    const warnings: Error[] = []
    const warn = (warning: Error) => warnings.push(warning)
    process.on('warning', warn)
    const { users } = new Clerk('k', { serverApiUrl: url })
    await Promise.all(Array.from({ length: 1000 }, () => users.getUser('user_1')))
    process.off('warning', warn)
    expect(requests).toHaveLength(1000)
    expect(opened).toBeLessThanOrEqual(64)
    expect(warnings).toEqual([])
  })

  test('of a burst of calls are kept for the next burst', async () => {
    const { url, server, requests } = await startServer((response) => setTimeout(() => sendJSON(response, user), 5))
    const opened: Socket[] = []
    server.on('connection', (socket) => opened.push(socket))
    const { users } = new Clerk('k', { serverApiUrl: url })
    const burst = () => Promise.all(Array.from({ length: 60 }, () => users.getUser('user_1')))
    await burst()
    await burst()
    expect(requests).toHaveLength(120)
    expect(opened).toHaveLength(60)
  })

  test.each([
    ['http://[2001:db8::1]:8080', '2001:db8::1', 8080],
    ['http://user:word@api.example.com', 'api.example.com', 80],
  ])('are made to the host of %s', async (serverApiUrl, host, port) => {
    const { server } = await startJSON(user)
    class Watched extends Agent {
      override createConnection = (options: NetConnectOpts) => {
        expect(options).toMatchObject({ protocol: 'http:', host, port })
        return connect((server.address() as AddressInfo).port, '127.0.0.1')
      }
    }
    const agent = new Watched()
    expect(await testRequest(serverApiUrl, { agent }).request(route, { params })).toMatchObject({ id: 'user_1' })
    expect.assertions(2)
  })

  test('that the server has closed meanwhile are replaced at once for a GET, and an error for a POST', async () => {
    const { url, server, requests } = await startServer((response, _, count) => {
      // The second request on a connection finds it dead: nothing is answered.
      if (count % 2 === 0) return response.socket?.resetAndDestroy()
      sendJSON(response, user)
    })
    const sockets = new Set<Socket>()
    server.on('connection', (socket) => sockets.add(socket))
    const { request, clock } = testRequest(url)
    await request(route, { params })
    expect(await request(route, { params })).toMatchObject({ id: 'user_1' })
    expect(requests).toHaveLength(3)
    expect(sockets.size).toBe(2)
    expect(clock.sleeps).toEqual([])
    await expect(request('POST /users', {})).rejects.toMatchObject({ statusCode: 500, code: 'ECONNRESET' })
    expect(requests).toHaveLength(4)
  })

  test('are made by the agent that was given', async () => {
    const { url } = await startJSON(user)
    const agent = new Agent({ keepAlive: true })
    await testRequest(url, { agent: { http: agent } }).request(route, { params })
    expect(Object.keys(agent.freeSockets)).toHaveLength(1)
    agent.destroy()
  })
})
