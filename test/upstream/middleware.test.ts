import { describe, expect, test } from 'vitest'
import { type Recorder, reply, startRecorder } from '../parity/recorder.js'
import { ours, type Subject } from '../parity/subjects.js'
import { keySet, makeToken, strangersKey } from '../parity/tokens.js'
import { both } from './both.js'

const recorder: Recorder = await startRecorder()

/** The parts of an instance that are called, or replaced. */
interface Guard {
  verifyToken: (token: string) => unknown
  expressWithSession(): Middleware
  expressRequireSession(): Middleware
}

type Middleware = (req: object, res: object, next: (...given: unknown[]) => void) => Promise<void>
type Mode = 'expressWithSession' | 'expressRequireSession'

const token = makeToken()

function guardOf(subject: Subject, apiKey: string): Guard {
  recorder.answerWith((response, { path }) => {
    reply(response, path === '/v1/jwks' ? keySet : { text: '<html>one moment</html>' })
  })
  const options = { apiKey, serverApiUrl: recorder.url, httpOptions: { retry: 0 } }
  return new subject.Clerk(options) as unknown as Guard
}

/** Calls the middleware by hand, with a request that has only what is given. */
async function call(guard: Guard, mode: Mode, req: Record<string, unknown>) {
  const calls: unknown[][] = []
  const answered: unknown[] = []
  const res = {
    writeHead: (status: number) => void answered.push(status),
    setHeader: () => {},
    write: () => {},
    end: () => {},
  }
  await guard[mode]()(req, res, (...given) => void calls.push(given))
  return { calls, answered, req: req as { session?: Record<string, unknown>; sessionClaims?: unknown } }
}

describe.each(both)('%s', (_, subject) => {
  test('lax lets a request without anything pass, without a session', async () => {
    const { calls, req } = await call(guardOf(subject, 'test_key'), 'expressWithSession', {})
    expect(calls).toEqual([[]])
    expect(req.session).toBeUndefined()
  })

  test('strict gives an Error for a request without anything', async () => {
    const { calls } = await call(guardOf(subject, 'test_key'), 'expressRequireSession', {})
    expect(calls).toEqual([[expect.any(Error)]])
  })

  test.each([
    ['a bare JWT', token],
    ['a JWT with its scheme', `Bearer ${token}`],
  ])('%s in the header is a session, by a verifyToken that was replaced', async (_name, authorization) => {
    const guard = guardOf(subject, 'test_key')
    guard.verifyToken = () => ({ iss: 'a', sub: 'user_9', sid: 'sess_9' })
    const { calls, req } = await call(guard, 'expressWithSession', { headers: { authorization } })
    expect(calls).toEqual([[]])
    expect(req.sessionClaims).toEqual({ iss: 'a', sub: 'user_9', sid: 'sess_9' })
    expect(req.session).toMatchObject({ id: 'sess_9', userId: 'user_9' })
  })

  test.each([
    ['curl without a token', { 'user-agent': 'curl/8.0' }],
    ['a browser with an empty Authorization', { 'user-agent': 'Mozilla/5.0', authorization: '' }],
  ])('%s is signed out', async (_name, headers) => {
    const { calls, req } = await call(guardOf(subject, 'test_key'), 'expressWithSession', { headers })
    expect(calls).toEqual([[]])
    expect(req.session).toBeUndefined()
  })

  const browser = { host: 'app.com', 'user-agent': 'Mozilla/5.0', referer: 'http://app.com/' }
  const cookie = (uat: number | string, session = token): object => ({
    cookie: `__client_uat=${uat}; __session=${session}`,
  })

  test.each<[rule: string, apiKey: string, headers: object, outcome: 'in' | 'out' | 'page']>([
    ['a token in the header goes before cookies', 'live_key', { ...cookie(0), authorization: token }, 'in'],
    ['something that is no browser, in development', 'test_key', { host: 'app.com', ...cookie(1) }, 'out'],
    [
      'another origin without a header',
      'live_key',
      { host: 'app.com', origin: 'https://evil.com', ...cookie(1) },
      'out',
    ],
    ['the first page in development', 'test_key', { host: 'app.com', 'user-agent': 'Mozilla/5.0' }, 'page'],
    ['no cookies in production', 'live_key', { host: 'app.com' }, 'out'],
    ['a time of 0', 'live_key', { host: 'app.com', ...cookie(0) }, 'out'],
    ['a time of 0, in development', 'test_key', { ...browser, ...cookie(0) }, 'out'],
    ['a time without a session, in production', 'live_key', { host: 'app.com', cookie: '__client_uat=1' }, 'page'],
    ['a session that is newer than the time', 'live_key', { host: 'app.com', ...cookie(1) }, 'in'],
    ['a session that is older than the time', 'live_key', { host: 'app.com', ...cookie(9_999_999_999) }, 'page'],
    ['a session of a stranger', 'live_key', { host: 'app.com', ...cookie(1, makeToken({ key: strangersKey })) }, 'out'],
  ])('%s', async (_rule, apiKey, headers, outcome) => {
    const { calls, answered, req } = await call(guardOf(subject, apiKey), 'expressRequireSession', { headers })
    expect({ calls, answered, session: req.session !== undefined }).toEqual(
      {
        in: { calls: [[]], answered: [], session: true },
        out: { calls: [[expect.any(Error)]], answered: [], session: false },
        page: { calls: [], answered: [401], session: false },
      }[outcome],
    )
  })

  test('keys that cannot be had let nobody in', async () => {
    const guard = guardOf(subject, 'live_key')
    recorder.answerWith({ status: 500 })
    const { calls } = await call(guard, 'expressRequireSession', { headers: { authorization: token } })
    expect(calls).toEqual([[expect.objectContaining({ name: 'JwksError' })]])
  })
})

test('a header that was made by hand may be called Authorization', async () => {
  const guard = guardOf(ours, 'test_key')
  guard.verifyToken = async () => ({ sub: 'user_9', sid: 'sess_9' })
  const { req } = await call(guard, 'expressWithSession', { headers: { Authorization: token } })
  expect(req.session).toMatchObject({ id: 'sess_9' })
})

/** Of later versions, which found what 2.6.3 looked for in vain. */
test.each<[what: string, headers: object, outcome: 'same' | 'other']>([
  ['the same IPv6 address', { host: '[::1]:3000', origin: 'http://[::1]:3000' }, 'same'],
  ['port 443 of https', { host: 'app.com:443', origin: 'https://app.com' }, 'same'],
  ['another port', { host: 'app.com:3000', origin: 'https://app.com:3001' }, 'other'],
  ['ports 80 and 443', { host: 'localhost:443', origin: 'http://localhost:80' }, 'other'],
  ['another host', { host: 'app.com', origin: 'https://b.com' }, 'other'],
  ['a forwarded port', { host: 'app.com', origin: 'http://app.com:8081', 'x-forwarded-port': '8081' }, 'same'],
  [
    'a port in the forwarded host',
    { host: 'a', origin: 'http://app.com:8080', 'x-forwarded-host': 'app.com:8080' },
    'same',
  ],
  [
    'another port in the forwarded host',
    { host: 'a', origin: 'http://app.com:80', 'x-forwarded-host': 'app.com:8080' },
    'other',
  ],
])('an Origin is held against Host: %s', async (_, headers, outcome) => {
  const cookie = `__client_uat=1; __session=${token}`
  const { req } = await call(guardOf(ours, 'live_key'), 'expressWithSession', { headers: { ...headers, cookie } })
  expect(req.session === undefined ? 'other' : 'same').toBe(outcome)
})
