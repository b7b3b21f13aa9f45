import { describe, expect, test } from 'vitest'
import { decide, judgeCookie, judgeFault } from '../../src/middleware/decide.js'
import { RequestFacts } from '../../src/middleware/facts.js'
import type { RequestHeaders } from '../../src/middleware/headers.js'
import type { InterstitialOption } from '../../src/middleware/options.js'

type Key = 'development' | 'live'

const decision = (key: Key, headers: RequestHeaders, option: InterstitialOption = true) =>
  decide(new RequestFacts(headers, key === 'development'), option)

const browser = { 'user-agent': 'Mozilla/5.0', host: 'app.com' }
const coming = { ...browser, referer: 'https://app.com/' }

const out = (rule: string, reason: string) => ({ rule, reason, interstitial: false })
const page = (rule: string, reason: string) => ({ rule, reason, interstitial: true })

describe('decide', () => {
  test.each<[string, Key, RequestHeaders, object]>([
    ['an empty Authorization header', 'live', { authorization: '' }, out('R1', 'not-a-jwt')],
    ['two Authorization headers', 'live', { authorization: ['a', 'b'] }, { rule: 'R2', verify: 'header' }],
    ['an Authorization header that is no text', 'live', { authorization: 5 } as never, out('R1', 'not-a-jwt')],
    ['an Authorization header and cookies', 'live', { authorization: 'a', cookie: '__client_uat=0' }, header()],
    ['an Authorization header of another origin', 'live', { authorization: 'a', origin: 'https://evil.com' }, header()],
    ['an Authorization header of no browser', 'development', { authorization: 'Bearer a' }, header()],
    ['a header name as it is written', 'live', { Authorization: 'Bearer a' }, header()],
    ['no browser', 'development', { ...coming, 'user-agent': 'curl' }, out('R4', 'not-a-browser')],
    ['no agent', 'development', { referer: 'https://app.com/' }, out('R4', 'not-a-browser')],
    ['another origin', 'live', { ...browser, origin: 'https://evil.com' }, out('R5', 'cross-origin')],
    ['an origin without a host', 'live', { origin: 'https://app.com' }, out('R5', 'cross-origin')],
    ['no page before, in development', 'development', browser, page('R6', 'no-referer')],
    ['no cookies', 'live', browser, out('R7', 'no-token')],
    ['a session alone', 'live', { ...browser, cookie: '__session=a' }, out('R7', 'no-client-uat')],
    ['a session alone, in development', 'development', { ...coming, cookie: '__session=a' }, cookie()],
    ['uat 0', 'live', { ...browser, cookie: '__session=a; __client_uat=0' }, out('R8', 'signed-out')],
    ['uat 00', 'live', { ...browser, cookie: '__session=a; __client_uat=00' }, cookie()],
    ['uat without a session', 'live', { cookie: '__client_uat=1' }, page('R11', 'no-session-cookie')],
    ['no cookies, in development', 'development', coming, page('R11', 'no-session-cookie')],
    ['both cookies', 'live', { cookie: '__client_uat=1; __session=a' }, cookie()],
    ['cookies in two headers', 'live', { cookie: ['__client_uat=1', '__session=a'] }, cookie()],
    [
      'the authority of HTTP/2 in place of a host',
      'live',
      { ':authority': 'app.com', origin: 'https://app.com', cookie: '__client_uat=1; __session=a' },
      cookie(),
    ],
  ])('of %s (%s)', (_, key, headers, expected) => {
    expect(decision(key, headers)).toEqual(expected)
  })

  test('asks whether the page before was of the same origin only in development, and only with refresh', () => {
    const foreign = { ...browser, referer: 'https://accounts.app.com/', cookie: '__client_uat=1; __session=a' }
    expect(decision('development', foreign, 'refresh')).toEqual(page('R6b', 'foreign-referer'))
    for (const option of [true, false]) expect(decision('development', foreign, option)).toEqual(cookie())
    expect(decision('live', foreign, 'refresh')).toEqual(cookie())
    expect(decision('development', { ...foreign, referer: 'https://app.com/' }, 'refresh')).toEqual(cookie())
  })

  // Were the time not linear in the length, this would not end.
  test.each([' ', 'bearer', 'bearer ', 'Bearer a ', ';', '; __session=', ':', 'https://'])(
    'ends for headers of a megabyte of %j',
    (part) => {
      const long = part.repeat(1_000_000 / part.length)
      const others = { origin: long, host: long, referer: long, 'x-forwarded-host': long, 'x-forwarded-port': long }
      for (const key of ['development', 'live'] as const) {
        expect(decision(key, { authorization: `${long}x y` })).toHaveProperty('rule')
        expect(decision(key, { 'user-agent': 'Mozilla/', ...others }, 'refresh')).toHaveProperty('rule')
        expect(decision(key, { 'user-agent': 'Mozilla/', cookie: long }, 'refresh')).toHaveProperty('rule')
      }
    },
  )
})

function header() {
  return { rule: 'R2', verify: 'header' }
}

function cookie() {
  return { rule: 'R9', verify: 'cookie' }
}

describe('judgeCookie', () => {
  test.each([
    [{ iat: 100 }, '100'],
    [{ iat: 100 }, '1'],
    [{ iat: 100 }, '-5'],
    [{ iat: 100.5 }, '100'],
    [{ iat: 100 }, '00'],
  ])('takes %j for current with %j', (claims, clientUat) => {
    expect(judgeCookie(claims, clientUat)).toBeUndefined()
  })

  test.each([
    [{ iat: 100 }, '101'],
    [{ iat: 100 }, ''],
    [{ iat: 100 }, 'abc'],
    [{ iat: 100 }, 'Infinity'],
    [{ iat: '100' }, '1'],
    [{ iat: Number.NaN }, '1'],
    [{}, '1'],
    [undefined, '1'],
    ['text', '1'],
  ])('takes %j for out of date with %j', (claims, clientUat) => {
    expect(judgeCookie(claims, clientUat)).toEqual(page('R11', 'stale-session-cookie'))
  })
})

describe('judgeFault', () => {
  test('takes a header without a JWT for no token', () => {
    expect(judgeFault('header', 'not-a-jwt', true, true)).toEqual(out('R1', 'not-a-jwt'))
    expect(judgeFault('header', 'expired', 'refresh', true)).toBeUndefined()
  })

  test('asks for the page, with refresh, when the time of a cookie is over or has not come', () => {
    expect(judgeFault('cookie', 'expired', 'refresh', false)).toEqual(page('R9', 'expired'))
    expect(judgeFault('cookie', 'not-yet-valid', 'refresh', false)).toEqual(page('R9', 'not-yet-valid'))
    expect(judgeFault('cookie', 'wrong-signature', 'refresh', true)).toBeUndefined()
  })

  test('asks for the page, for a document, when the time of a cookie is over', () => {
    expect(judgeFault('cookie', 'expired', true, true)).toEqual(page('R9', 'expired'))
    expect(judgeFault('cookie', 'expired', true, false)).toBeUndefined()
    expect(judgeFault('cookie', 'expired', false, true)).toBeUndefined()
    expect(judgeFault('cookie', 'not-yet-valid', true, true)).toBeUndefined()
  })
})
