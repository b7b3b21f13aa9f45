import { describe, expect, test, vi } from 'vitest'
import { Clerk } from '../../src/clerk.js'
import type { MiddlewareOptions } from '../../src/middleware/options.js'
import { Session } from '../../src/sessions/session.js'
import { clearEnvironment } from '../support/environment.js'
import { startJSON } from '../support/server.js'
import { createSigner, unsigned } from '../support/tokens.js'

// Programs, and above all their tests, replace methods on an instance; requests and responses are then made by hand.

clearEnvironment()

type Method = 'expressWithSession' | 'expressRequireSession'

interface Sent {
  headers: Record<string, string>
  session?: Session
  sessionClaims?: unknown
}

async function run(clerk: Clerk, method: Method, headers?: object, options?: MiddlewareOptions) {
  const req = { ...(headers && { headers }) } as Sent
  const next = vi.fn()
  await clerk[method](options)(req, {}, next)
  expect(next).toHaveBeenCalledOnce()
  return { req, args: next.mock.calls[0] ?? [] }
}

const jwt = unsigned({ alg: 'RS256' }, { a: 1 })
const claims = { iss: 'https://clerk.example.com', sub: 'subject', sid: 'session_id' }

describe('verifyToken that was replaced', () => {
  test.each([
    ['a bare token', { authorization: jwt }],
    ['a token with its scheme', { authorization: `Bearer ${jwt}` }],
    ['a header name as it is written', { Authorization: `Bearer ${jwt}` }],
  ])('is asked, with the token alone, for %s; it may be no promise', async (_, headers) => {
    const clerk = new Clerk('test_key')
    const verifyToken = vi.fn().mockReturnValue(claims)
    clerk.verifyToken = verifyToken
    for (const method of ['expressWithSession', 'expressRequireSession'] as const) {
      const { req, args } = await run(clerk, method, headers)
      expect(args).toEqual([])
      expect(req.sessionClaims).toBe(claims)
      expect(req.session).toEqual(new Session({ id: 'session_id', userId: 'subject' }))
    }
    expect(verifyToken.mock.calls).toEqual([[jwt], [jwt]])
  })

  test.each([
    ['no headers', undefined],
    ['no Authorization', {}],
    ['an empty Authorization', { authorization: '' }],
    ['a token that is none', { authorization: 'Bearer zz' }],
    ['a script', { 'user-agent': 'curl/8', cookie: '__session=a; __client_uat=1' }],
  ])('is not asked for %s', async (_, headers) => {
    const clerk = new Clerk('test_key')
    clerk.verifyToken = vi.fn().mockReturnValue(claims)
    const lax = await run(clerk, 'expressWithSession', headers)
    expect(lax.args).toEqual([])
    expect(lax.req).not.toHaveProperty('session')
    expect((await run(clerk, 'expressRequireSession', headers)).args).toEqual([expect.any(Error)])
    expect(clerk.verifyToken).not.toHaveBeenCalled()
  })

  test('is asked for the cookie of a browser, whatever it is', async () => {
    const clerk = new Clerk('live_key')
    clerk.verifyToken = vi.fn().mockResolvedValue({ ...claims, iat: 5 })
    const { req } = await run(clerk, 'expressWithSession', { cookie: '__session=opaque; __client_uat=5' })
    expect(req.session?.id).toBe('session_id')
    expect(vi.mocked(clerk.verifyToken).mock.calls).toEqual([['opaque']])
  })

  test.each([[undefined], [null], ['text'], [[]], [{}], [{ sid: 5, sub: 'u' }]])(
    'signs nobody in by giving %j',
    async (given) => {
      const clerk = new Clerk('live_key')
      clerk.verifyToken = vi.fn().mockResolvedValue(given)
      const { req, args } = await run(clerk, 'expressRequireSession', { authorization: jwt })
      expect(args).toEqual([expect.objectContaining({ message: 'Unauthenticated', reason: 'no-session' })])
      expect(req).not.toHaveProperty('session')
    },
  )

  test('passes on the error that it rejects with', async () => {
    const clerk = new Clerk('live_key')
    const error = Object.assign(new Error('mine'), { reason: 'of my own' })
    clerk.verifyToken = vi.fn().mockRejectedValue(error)
    const { req, args } = await run(clerk, 'expressRequireSession', { authorization: jwt })
    expect(args).toEqual([error])
    expect(req).toMatchObject({ auth: { reason: 'not-verified' } })
  })

  test.each([
    ['TokenExpiredError', 'expired'],
    ['NotBeforeError', 'not-yet-valid'],
    ['SigningKeyNotFoundError', 'unknown-key'],
    ['JwksError', 'keys-unavailable'],
  ])('may reject with the %s of another library', async (name, reason) => {
    const clerk = new Clerk('live_key')
    clerk.verifyToken = vi.fn().mockRejectedValue(Object.assign(new Error('x'), { name }))
    expect((await run(clerk, 'expressWithSession', { authorization: jwt })).req).toMatchObject({ auth: { reason } })
  })

  test('may reject with no Error: that is a signed-out visitor', async () => {
    const clerk = new Clerk('live_key')
    clerk.verifyToken = vi.fn().mockRejectedValue(undefined)
    const { args } = await run(clerk, 'expressRequireSession', { authorization: jwt })
    expect(args).toEqual([expect.objectContaining({ message: 'Unauthenticated', statusCode: 401 })])
  })

  test('does not keep authorizedParties of a middleware from being asked for', async () => {
    const clerk = new Clerk('live_key')
    clerk.verifyToken = vi.fn().mockResolvedValue({ ...claims, azp: 'https://b.com' })
    const options = { authorizedParties: ['https://a.com'] }
    const { args } = await run(clerk, 'expressRequireSession', { authorization: jwt }, options)
    expect(args).toEqual([expect.objectContaining({ name: 'JsonWebTokenError', reason: 'wrong-party' })])
    expect(vi.mocked(clerk.verifyToken).mock.calls).toEqual([[jwt]])
  })
})

describe('decodeToken that was replaced', () => {
  test('is asked before anything is verified', async () => {
    const { url, requests } = await startJSON({ keys: [] })
    const clerk = new Clerk({ apiKey: 'live_key', serverApiUrl: url })
    for (const decodeToken of [() => undefined as never, () => null as never, vi.fn().mockThrow('no')]) {
      clerk.decodeToken = decodeToken
      const { args } = await run(clerk, 'expressRequireSession', { authorization: jwt })
      expect(args).toEqual([expect.objectContaining({ message: 'Unauthenticated', reason: 'not-a-jwt' })])
    }
    expect(requests).toEqual([])
  })

  test('lets what it takes for a token be verified', async () => {
    const clerk = new Clerk('live_key')
    clerk.decodeToken = vi.fn().mockReturnValue({})
    clerk.verifyToken = vi.fn().mockResolvedValue(claims)
    expect((await run(clerk, 'expressRequireSession', { authorization: 'Bearer opaque' })).req.session?.id).toBe(
      'session_id',
    )
    expect(vi.mocked(clerk.decodeToken).mock.calls).toEqual([['opaque']])
  })
})

test.each(['defaultOnError', 'strictOnError'] as const)(
  '%s that was replaced is asked at each request',
  async (name) => {
    const clerk = new Clerk('live_key')
    const method = name === 'defaultOnError' ? 'expressWithSession' : 'expressRequireSession'
    const middleware = clerk[method]()
    clerk[name] = vi.fn(() => new Error('mine'))
    const next = vi.fn()
    await middleware({ headers: {} }, {}, next)
    expect(next.mock.calls).toEqual([[new Error('mine')]])
    expect(clerk[name]).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ message: 'Unauthenticated' }))
  },
)

describe('methods of a class of its own', () => {
  class Mine extends Clerk {
    override decodeToken(token: string) {
      return super.decodeToken(token.split('~')[1] ?? '')
    }

    override async verifyToken(token: string) {
      return { ...(await super.verifyToken(token.split('~')[1] ?? '')), sub: 'mine' }
    }
  }

  test('are asked', async () => {
    const signer = await createSigner('key_1')
    const { url } = await startJSON({ keys: [signer.jwk] })
    const clerk = new Mine({ apiKey: 'live_key', serverApiUrl: url })
    const { req } = await run(clerk, 'expressRequireSession', { authorization: `Bearer x~${await signer.sign()}` })
    expect(req.session?.userId).toBe('mine')
  })
})

test('methods replaced on the class count for every instance', async () => {
  const spy = vi.spyOn(Clerk.prototype, 'verifyToken').mockResolvedValue(claims)
  expect((await run(new Clerk('live_key'), 'expressRequireSession', { authorization: jwt })).args).toEqual([])
  expect((await run(new Clerk('live_key'), 'expressRequireSession', { authorization: 'zz' })).args).toHaveLength(1)
  expect(spy).toHaveBeenCalledOnce()
  spy.mockRestore()
})
