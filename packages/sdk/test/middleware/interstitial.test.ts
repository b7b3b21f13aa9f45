import express from 'express'
import { describe, expect, test, vi } from 'vitest'
import { Clerk } from '../../src/clerk.js'
import type { InterstitialOption } from '../../src/middleware/options.js'
import { type ClerkApi, interstitialPage, startClerkApi } from '../support/clerk-api.js'
import { clearEnvironment } from '../support/environment.js'
import { createApp } from '../support/frameworks.js'
import { ask, listen } from '../support/http.js'
import { sendJSON } from '../support/server.js'
import { createSigner, goodClaims, seconds } from '../support/tokens.js'

clearEnvironment()

const signer = await createSigner('key_1')
const current = await signer.sign()
const expired = await signer.sign({ ...goodClaims(), exp: seconds() - 5 })
const early = await signer.sign({ ...goodClaims(), nbf: seconds() + 3600 })

/** A browser that has signed in somewhere else, and knows of it. */
const outdated = { 'user-agent': 'Mozilla/5.0', cookie: '__client_uat=1' }

const browser = (session: string) => ({
  'user-agent': 'Mozilla/5.0',
  referer: 'https://app.example.com/',
  cookie: `__client_uat=1; __session=${session}`,
})

const createClerk = ({ url }: ClerkApi, apiKey = 'live_key', options = {}) =>
  new Clerk({ apiKey, serverApiUrl: url, ...options })

describe('the interstitial', () => {
  test('is asked for with the settings of the moment, as text', async () => {
    const first = await startClerkApi([])
    const second = await startClerkApi([])
    const clerk = createClerk(first, 'live_key', { httpOptions: { headers: { 'x-a': 'b' } } })
    const port = await listen(createApp(express, clerk.expressWithSession()))
    await ask(port, { headers: outdated })
    clerk.serverApiUrl = second.url
    clerk.apiKey = 'live_other'
    expect((await ask(port, { headers: outdated })).text).toBe(interstitialPage)
    expect(first.requests).toMatchObject([
      { method: 'GET', headers: { authorization: 'Bearer live_key', accept: 'text/html', 'x-a': 'b' } },
    ])
    expect(second.requests).toMatchObject([{ headers: { authorization: 'Bearer live_other' } }])
  })

  test('is kept by nobody', async () => {
    const clerk = createClerk(await startClerkApi([]))
    const port = await listen(createApp(express, clerk.expressWithSession()))
    const { status, headers } = await ask(port, { headers: outdated })
    expect(status).toBe(401)
    expect(headers).toMatchObject({ 'content-type': 'text/html', 'cache-control': 'no-store' })
  })

  test('has no body for HEAD', async () => {
    const clerk = createClerk(await startClerkApi([]))
    const port = await listen(createApp(express, clerk.expressWithSession()))
    const answer = await ask(port, { method: 'HEAD', headers: outdated })
    expect(answer).toMatchObject({ status: 401, text: '', headers: { 'content-type': 'text/html' } })
  })

  test('settles the middleware, and next is not called', async () => {
    const clerk = createClerk(await startClerkApi([]))
    const next = vi.fn()
    const settled = vi.fn()
    const port = await listen((req, res) => void clerk.expressWithSession()(req, res, next).then(settled))
    expect((await ask(port, { headers: outdated })).status).toBe(401)
    await vi.waitFor(() => expect(settled).toHaveBeenCalledExactlyOnceWith(undefined))
    expect(next).not.toHaveBeenCalled()
  })

  test('is fetched once for those who need it at the same time, and again for who comes later', async () => {
    const api = await startClerkApi([], {
      interstitial: (response) => setTimeout(() => response.end(interstitialPage), 100),
    })
    const port = await listen(createApp(express, createClerk(api).expressWithSession()))
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask(port, { headers: outdated })))
    expect(answers.map(({ status, text }) => [status, text])).toEqual(Array(20).fill([401, interstitialPage]))
    const before = api.asked().length
    expect(before).toBeLessThan(20)
    await ask(port, { headers: outdated })
    expect(api.asked()).toHaveLength(before + 1)
  })

  test('says who sent the request, for whoever looks when the response is done', async () => {
    const clerk = createClerk(await startClerkApi([]))
    const seen = vi.fn()
    const port = await listen((req, res) => {
      res.on('finish', () => seen((req as { auth?: unknown }).auth))
      void clerk.expressWithSession()(req, res, () => {})
    })
    await ask(port, { headers: outdated })
    expect(seen).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ sessionId: null, reason: 'no-session-cookie' }),
    )
  })
})

describe('an interstitial that cannot be had', () => {
  const unavailable: [string, number, unknown, object][] = [
    [
      'a bad key',
      401,
      { errors: [{ message: 'no', long_message: 'no such key', code: 'clerk_key_invalid' }] },
      { status: 401, message: 'Response code 401 (Unauthorized)' },
    ],
    ['an error with a text', 404, 'nothing here', { status: 404, message: 'Response code 404 (Not Found)' }],
    ['an error with an object', 403, { a: 1 }, { status: 403, message: 'Response code 403 (Forbidden)' }],
  ]

  test.each(unavailable)('by %s is a signed-out request with that error', async (_, status, body, expected) => {
    const api = await startClerkApi([], { interstitial: (response) => sendJSON(response, body, status) })
    const clerk = createClerk(api)
    const lax = await ask(await listen(createApp(express, clerk.expressWithSession())), { headers: outdated })
    expect(lax.status).toBe(200)
    expect(JSON.parse(lax.text)).toMatchObject({ ran: true, auth: { sessionId: null, reason: 'no-session-cookie' } })
    const strict = await ask(await listen(createApp(express, clerk.expressRequireSession())), { headers: outdated })
    expect({ status: strict.status, ...JSON.parse(strict.text) }).toMatchObject({ name: 'HttpError', ...expected })
  })

  test('because nobody answers is a signed-out request, and not the fault of the visitor', async () => {
    const clerk = new Clerk({ apiKey: 'live_key', serverApiUrl: 'http://127.0.0.1:1', httpOptions: { retry: 0 } })
    const port = await listen(createApp(express, clerk.expressRequireSession()))
    const { status, text } = await ask(port, { headers: outdated })
    expect(status).toBe(500)
    expect(JSON.parse(text)).toMatchObject({ name: 'ConnectionError' })
  })

  test('in five seconds is waited for no longer, repetitions included', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const arrived = vi.fn()
    const api = await startClerkApi([], { interstitial: arrived })
    const next = vi.fn()
    const served = createClerk(api).expressRequireSession()({ headers: outdated }, {}, next)
    await vi.waitFor(() => expect(arrived).toHaveBeenCalled())
    vi.advanceTimersByTime(4999)
    expect(next).not.toHaveBeenCalled()
    vi.advanceTimersByTime(1)
    await served
    vi.useRealTimers()
    expect(next).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ name: 'TimeoutError', statusCode: 500, code: 'ETIMEDOUT' }),
    )
  })

  test('at first is asked for again', async () => {
    const api = await startClerkApi([], {
      interstitial: (response, count) => response.writeHead(count === 1 ? 503 : 200).end(interstitialPage),
    })
    const clerk = createClerk(api, 'live_key', { httpOptions: { retry: { calculateDelay: retryAtOnce } } })
    const port = await listen(createApp(express, clerk.expressWithSession()))
    expect(await ask(port, { headers: outdated })).toMatchObject({ status: 401, text: interstitialPage })
    expect(api.asked()).toEqual(['interstitial', 'interstitial'])
  })

  test('because the response is none is a signed-out request with that error', async () => {
    const next = vi.fn()
    await createClerk(await startClerkApi([])).expressRequireSession()({ headers: outdated }, {}, next)
    expect(next).toHaveBeenCalledExactlyOnceWith(expect.any(TypeError))
  })
})

const retryAtOnce = ({ attemptCount }: { attemptCount: number }) => (attemptCount === 1 ? 1 : 0)

describe('a response that was sent while the interstitial was fetched', () => {
  test('is left alone', async () => {
    const api = await startClerkApi([], {
      interstitial: (response) => setTimeout(() => response.end(interstitialPage), 50),
    })
    const clerk = createClerk(api)
    const settled = vi.fn()
    const next = vi.fn()
    const port = await listen((req, res) => {
      void clerk.expressWithSession()(req, res, next).then(settled)
      res.writeHead(504).end('too late')
    })
    expect(await ask(port, { headers: outdated })).toMatchObject({ status: 504, text: 'too late' })
    await vi.waitFor(() => expect(settled).toHaveBeenCalled())
    expect(next).not.toHaveBeenCalled()
  })

  test('may belong to somebody who has gone', async () => {
    const api = await startClerkApi([], {
      interstitial: (response) => setTimeout(() => response.end(interstitialPage), 50),
    })
    const settled = vi.fn()
    const port = await listen((req, res) => {
      void createClerk(api)
        .expressWithSession()(req, res, () => {})
        .then(settled)
      req.socket.destroy()
    })
    await expect(ask(port, { headers: outdated })).rejects.toMatchObject({ code: 'ECONNRESET' })
    await vi.waitFor(() => expect(settled).toHaveBeenCalled())
  })
})

describe('the option interstitial', () => {
  const signedOut = (reason: string) => ({ status: 401, body: { name: 'Error', message: 'Unauthenticated', reason } })
  const page = { status: 401, body: interstitialPage }
  const refused = (name: string, message: string, reason: string) => ({ status: 401, body: { name, message, reason } })

  async function outcome(interstitial: InterstitialOption, apiKey: string, headers: Record<string, string>) {
    const clerk = createClerk(await startClerkApi([signer.jwk]), apiKey)
    const port = await listen(createApp(express, clerk.expressRequireSession({ interstitial })))
    const { status, text } = await ask(port, { headers })
    return { status, body: text === interstitialPage ? text : JSON.parse(text) }
  }

  const foreign = (session: string) => ({ ...browser(session), referer: 'https://accounts.example.com/' })

  test.each<[string, string, Record<string, string>, object, object, object]>([
    ['an outdated browser', 'live_key', outdated, page, signedOut('no-session-cookie'), page],
    ['no Referer', 'test_key', outdated, page, signedOut('no-referer'), page],
    [
      'a session that is older than the last sign-in',
      'live_key',
      { cookie: `__client_uat=${seconds() + 60}; __session=${current}` },
      page,
      signedOut('stale-session-cookie'),
      page,
    ],
    [
      'an expired session',
      'live_key',
      browser(expired),
      refused('TokenExpiredError', 'jwt expired', 'expired'),
      refused('TokenExpiredError', 'jwt expired', 'expired'),
      page,
    ],
    [
      'a session that is not valid yet',
      'test_key',
      browser(early),
      refused('NotBeforeError', 'jwt not active', 'not-yet-valid'),
      refused('NotBeforeError', 'jwt not active', 'not-yet-valid'),
      page,
    ],
    [
      'a session that is no token',
      'live_key',
      browser('garbage'),
      refused('Error', 'Failed to verify token: it is not a JWT', 'not-a-jwt'),
      refused('Error', 'Failed to verify token: it is not a JWT', 'not-a-jwt'),
      refused('Error', 'Failed to verify token: it is not a JWT', 'not-a-jwt'),
    ],
    [
      'an expired token in the header',
      'live_key',
      { authorization: `Bearer ${expired}` },
      refused('TokenExpiredError', 'jwt expired', 'expired'),
      refused('TokenExpiredError', 'jwt expired', 'expired'),
      refused('TokenExpiredError', 'jwt expired', 'expired'),
    ],
    [
      'a page before of another origin, in development',
      'test_key',
      foreign('garbage'),
      refused('Error', 'Failed to verify token: it is not a JWT', 'not-a-jwt'),
      refused('Error', 'Failed to verify token: it is not a JWT', 'not-a-jwt'),
      page,
    ],
    [
      'a page before of another origin, with a live key',
      'live_key',
      foreign('garbage'),
      refused('Error', 'Failed to verify token: it is not a JWT', 'not-a-jwt'),
      refused('Error', 'Failed to verify token: it is not a JWT', 'not-a-jwt'),
      refused('Error', 'Failed to verify token: it is not a JWT', 'not-a-jwt'),
    ],
  ])('decides what comes of %s (%s)', async (_, key, headers, always, never, refresh) => {
    expect(await outcome(true, key, headers)).toEqual(always)
    expect(await outcome(false, key, headers)).toEqual(never)
    expect(await outcome('refresh', key, headers)).toEqual(refresh)
  })

  test('is for who comes from the own page good cookies, also with refresh', async () => {
    const good = browser(current)
    for (const key of ['test_key', 'live_key']) {
      expect(await outcome('refresh', key, good)).toMatchObject({ status: 200, body: { auth: { userId: 'user_1' } } })
    }
  })
})
