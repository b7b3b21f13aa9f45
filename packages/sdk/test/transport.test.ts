import { Agent } from 'node:http'
import type { Socket } from 'node:net'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { Clerk } from '../src/clerk.js'
import { RateLimitError } from '../src/errors.js'
import { retryAfter } from '../src/transport/retry.js'
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
