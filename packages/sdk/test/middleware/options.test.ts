import { describe, expect, test, vi } from 'vitest'
import { Clerk } from '../../src/clerk.js'
import type { MiddlewareOptions } from '../../src/middleware/options.js'
import type { MiddlewareRequest } from '../../src/middleware/request.js'
import { startClerkApi } from '../support/clerk-api.js'
import { clearEnvironment } from '../support/environment.js'
import { createSigner, goodClaims } from '../support/tokens.js'

clearEnvironment()

const signer = await createSigner('key_1')

const createClerk = async (options = {}) =>
  new Clerk({ apiKey: 'live_key', serverApiUrl: (await startClerkApi([signer.jwk])).url, ...options })

const methods = [
  'expressWithSession',
  'expressRequireSession',
  'expressWithAuth',
  'expressRequireAuth',
  'withSession',
  'requireSession',
  'withAuth',
  'requireAuth',
] as const

/** Makes a middleware or guards a handler. */
function make(clerk: Clerk, method: (typeof methods)[number], options: unknown): unknown {
  const given = options as MiddlewareOptions
  if (!method.startsWith('express')) return clerk[method as 'withSession'](() => {}, given)
  return clerk[method as 'expressWithSession'](given)
}

describe.each(methods)('%s', (method) => {
  test.each([
    [{ interstitial: 'never' }, /^interstitial must be true, false or 'refresh'\.$/],
    [{ interstitial: 1 }, /^interstitial must be/],
    [{ authorizedParties: 'https://a.com' }, /^authorizedParties must be a list of texts/],
    [{ authorizedParties: [] }, /^authorizedParties must be/],
    [{ authorizedParties: [''] }, /^authorizedParties must be/],
    [{ authorizedParties: [null] }, /^authorizedParties must be/],
    [{ authorizedParties: null }, /^authorizedParties must be/],
    [{ clerk: {} }, /^clerk must be an instance of Clerk\.$/],
    [{ clerk: 'key' }, /^clerk must be/],
  ])('refuses %j when it is called', (options, message) => {
    expect(() => make(new Clerk('live_key'), method, options)).toThrow(message)
  })

  test.each([
    [undefined],
    [null],
    [{}],
    [{ onError: null, clerk: null, interstitial: null }],
    [{ onError: 5 }],
    [{ nobodyKnowsThis: true, loadUser: true }],
  ])('takes %j', (options) => {
    expect(make(new Clerk('live_key'), method, options)).toBeTypeOf('function')
  })
})

describe('authorizedParties', () => {
  const a = 'https://a.com'
  const b = 'https://b.com'

  test.each<[string, unknown, readonly string[] | undefined, readonly string[] | undefined, string | undefined]>([
    ['of neither', undefined, undefined, undefined, undefined],
    ['of the middleware', a, undefined, [a, b], undefined],
    ['of the middleware, without the claim', undefined, undefined, [a], 'wrong-party'],
    ['of the middleware, with an empty claim', '', undefined, [a], 'wrong-party'],
    ['of the middleware, with another party', b, undefined, [a], 'wrong-party'],
    ['of the middleware, with one that only looks alike', 'https://a.com.evil.com', undefined, [a], 'wrong-party'],
    ['of the middleware, with a list', [a], undefined, [a], 'wrong-party'],
    ['of the instance', a, [a], undefined, undefined],
    ['of the instance, with another party', b, [a], undefined, 'wrong-party'],
    ['of both', a, [a], [a, b], undefined],
    ['of both, with a party of the middleware alone', b, [a], [a, b], 'wrong-party'],
    ['of both, with a party of the instance alone', a, [a, b], [b], 'wrong-party'],
  ])('%s', async (_, azp, ofInstance, ofMiddleware, reason) => {
    const clerk = await createClerk({ authorizedParties: ofInstance })
    const token = await signer.sign({ ...goodClaims(), azp })
    const options = { authorizedParties: ofMiddleware }
    for (const headers of [{ authorization: token }, { cookie: `__client_uat=1; __session=${token}` }]) {
      const req: MiddlewareRequest & { auth?: { reason?: string } } = { headers }
      const next = vi.fn()
      await clerk.expressRequireSession(options)(req, {}, next)
      expect(req.auth?.reason).toBe(reason)
      expect(next.mock.calls).toEqual([reason ? [expect.objectContaining({ statusCode: 401, reason })] : []])
    }
    const verified = clerk.verifyToken(token, options)
    if (reason) await expect(verified).rejects.toMatchObject({ name: 'JsonWebTokenError', statusCode: 401, reason })
    else expect(await verified).toMatchObject({ sub: 'user_1' })
  })

  test('are those that they were when the middleware was made', async () => {
    const authorizedParties = [a]
    const middleware = (await createClerk()).expressRequireAuth({ authorizedParties })
    authorizedParties[0] = b
    const next = vi.fn()
    await middleware({ headers: { authorization: await signer.sign({ ...goodClaims(), azp: a }) } }, {}, next)
    expect(next.mock.calls).toEqual([[]])
  })
})

describe('the options of verifyToken', () => {
  test.each([[undefined], [null], [{}], [{ authorizedParties: undefined }], [0]])('may be %j', async (options) => {
    expect(await (await createClerk()).verifyToken(await signer.sign(), options as object)).toMatchObject({
      sub: 'user_1',
    })
  })

  test('are refused when they cannot be meant', async () => {
    const verified = (await createClerk()).verifyToken(await signer.sign(), { authorizedParties: [] })
    await expect(verified).rejects.toThrow(/^authorizedParties must be/)
  })
})

describe('the key', () => {
  test('that is missing is an error that says so, and nobody gets in', async () => {
    const { Clerk: Fresh } = await import('../../src/clerk.js')
    const singleton = Fresh.getInstance()
    const next = vi.fn()
    await singleton.expressRequireSession()({ headers: { authorization: await signer.sign() } }, {}, next)
    expect(next.mock.calls).toEqual([
      [expect.objectContaining({ message: expect.stringMatching(/API key not found/) })],
    ])
    const lax = vi.fn()
    await singleton.expressWithSession()({ headers: {} }, {}, lax)
    expect(lax.mock.calls).toEqual([[]])
  })

  test('decides at each request whether it is one of a development instance: it begins with test_', async () => {
    const clerk = new Clerk('live_key')
    const middleware = clerk.expressRequireSession()
    const reasonWith = async (apiKey: string) => {
      clerk.apiKey = apiKey
      const req: MiddlewareRequest & { auth?: { reason: string } } = { headers: {} }
      await middleware(req, {}, () => {})
      return req.auth?.reason
    }
    expect(await reasonWith('test_a')).toBe('not-a-browser')
    for (const key of ['live_a', 'sk_test_a', 'TEST_a', 'test']) expect(await reasonWith(key)).toBe('no-token')
  })
})
