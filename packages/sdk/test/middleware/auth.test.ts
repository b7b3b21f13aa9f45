import { inspect } from 'node:util'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import type { Clerk } from '../../src/clerk.js'
import type { AuthObject } from '../../src/middleware/auth.js'
import type { MiddlewareOptions } from '../../src/middleware/options.js'
import type { MiddlewareRequest } from '../../src/middleware/request.js'
import type { Session } from '../../src/sessions/session.js'
import { startClerkApi } from '../support/clerk-api.js'
import { clearEnvironment } from '../support/environment.js'
import { createSigner, goodClaims } from '../support/tokens.js'

clearEnvironment()

const signer = await createSigner('key_1')
const stranger = await createSigner('key_1')
const claims = goodClaims()
const token = await signer.sign(claims)

type Sent = MiddlewareRequest & { session?: unknown; sessionClaims?: unknown; auth?: AuthObject }

/** A process of its own, as far as warnings go: each is given once in the life of one. */
async function freshProcess() {
  const warnings: unknown[] = []
  const emit = vi.spyOn(process, 'emitWarning').mockImplementation((_, options) => {
    warnings.push((options as unknown as { code: string }).code)
  })
  onTestFinished(() => emit.mockRestore())
  vi.resetModules()
  const { Clerk } = await import('../../src/clerk.js')
  const { url } = await startClerkApi([signer.jwk])
  return { warnings, clerk: new Clerk({ apiKey: 'live_key', serverApiUrl: url }) }
}

type Method = 'expressWithSession' | 'expressRequireSession' | 'expressWithAuth' | 'expressRequireAuth'

const methods: Method[] = ['expressWithSession', 'expressRequireSession', 'expressWithAuth', 'expressRequireAuth']

async function run(clerk: Clerk, method: Method, req: object, options?: MiddlewareOptions) {
  const sent = { headers: {}, ...req } as Sent
  const next = vi.fn()
  await clerk[method](options)(sent, {}, next)
  expect(next).toHaveBeenCalledOnce()
  return { req: sent, error: next.mock.calls[0]?.[0] as unknown }
}

const signedIn = { headers: { authorization: `Bearer ${token}` } }

describe('req.auth', () => {
  test.each(methods)('of who is signed in has the session, the user, the claims, and the token: %s', async (method) => {
    const { clerk } = await freshProcess()
    const { req } = await run(clerk, method, signedIn)
    expect(req.auth).toEqual({ sessionId: 'sess_1', userId: 'user_1', claims, getToken: expect.any(Function) })
    // Taken off its object, as programs do.
    const { getToken } = req.auth as AuthObject
    expect(await getToken()).toBe(token)
  })

  test.each(methods)('of who is signed out says why, and has no token: %s', async (method) => {
    const { clerk } = await freshProcess()
    const { req } = await run(clerk, method, { headers: { authorization: 'Bearer zz' } })
    expect(req.auth).toEqual({
      sessionId: null,
      userId: null,
      claims: null,
      reason: 'not-a-jwt',
      getToken: expect.any(Function),
    })
    expect(await req.auth?.getToken()).toBeNull()
  })

  test('shows no token when it is printed', async () => {
    const { clerk } = await freshProcess()
    const { req } = await run(clerk, 'expressWithAuth', signedIn)
    for (const printed of [
      inspect(req.auth, { showHidden: true, depth: 9, getters: true }),
      JSON.stringify(req.auth),
    ]) {
      expect(printed).toContain('user_1')
      expect(printed).not.toContain(token)
      expect(printed).not.toContain(token.split('.')[2])
    }
  })

  test('has the claims that req.sessionClaims has, and the ids that req.session has', async () => {
    const { clerk } = await freshProcess()
    const { req } = await run(clerk, 'expressWithSession', signedIn)
    expect(req.sessionClaims).toBe(req.auth?.claims)
    expect(req.session).toEqual({ id: req.auth?.sessionId, userId: req.auth?.userId })
  })

  test.each([[{ sid: undefined }], [{ sid: '' }], [{ sub: undefined }], [{ sub: 5 }]])(
    'is of nobody for a token that names no user or session: %j',
    async (missing) => {
      const { clerk } = await freshProcess()
      const authorization = await signer.sign({ ...goodClaims(), ...missing })
      const { req, error } = await run(clerk, 'expressRequireSession', { headers: { authorization } })
      expect(error).toMatchObject({ message: 'Unauthenticated', statusCode: 401 })
      expect(req).not.toHaveProperty('session')
      expect(req.auth).toMatchObject({ sessionId: null, reason: 'no-session' })
    },
  )

  test('of somebody by an earlier middleware goes when a later one, of another instance, knows nobody', async () => {
    const { clerk } = await freshProcess()
    const { req } = await run(clerk, 'expressWithSession', signedIn)
    const { Clerk: Other } = await import('../../src/clerk.js')
    const other = new Other({ apiKey: 'live_key', serverApiUrl: (await startClerkApi([stranger.jwk])).url })
    await other.expressWithSession()(req, {}, () => {})
    expect(req.auth).toMatchObject({ userId: null, reason: 'wrong-signature' })
    expect(req).not.toHaveProperty('session')
    expect(req).not.toHaveProperty('sessionClaims')
  })
})

describe('req.auth of another package', () => {
  const foreign = { sessionId: 'sess_evil', userId: 'user_evil', sub: 'user_evil' }

  test.each(methods)('is replaced, never trusted, and warned of once: %s', async (method) => {
    const { clerk, warnings } = await freshProcess()
    for (let count = 0; count < 3; count += 1) {
      const out = await run(clerk, method, { auth: foreign })
      expect(out.req.auth).toMatchObject({ sessionId: null, userId: null, reason: 'no-token' })
      const isStrict = method.includes('Require')
      expect(out.error).toEqual(isStrict ? expect.objectContaining({ statusCode: 401 }) : undefined)
      const { req } = await run(clerk, method, { ...signedIn, auth: foreign })
      expect(req.auth).toMatchObject({ sessionId: 'sess_1', userId: 'user_1' })
    }
    expect(warnings).toEqual(['CLERK_AUTH_REPLACED'])
  })

  test('is replaced also when it guards itself against that', async () => {
    const { clerk } = await freshProcess()
    const req = Object.create({
      get auth() {
        return foreign
      },
      set auth(_) {},
    })
    req.headers = {}
    await clerk.expressWithAuth()(req, {}, () => {})
    expect(req.auth).toMatchObject({ userId: null })
    const ownAccessor = Object.defineProperty({ headers: signedIn.headers }, 'auth', {
      get: () => foreign,
      configurable: true,
    })
    await clerk.expressWithAuth()(ownAccessor, {}, () => {})
    expect(ownAccessor).toMatchObject({ auth: { userId: 'user_1' } })
  })

  test('is not warned of when it is our own, or nothing', async () => {
    const { clerk, warnings } = await freshProcess()
    const { req } = await run(clerk, 'expressWithSession', signedIn)
    await clerk.expressRequireAuth()(req, {}, () => {})
    await run(clerk, 'expressWithAuth', { auth: undefined })
    await run(clerk, 'expressWithAuth', { auth: null })
    expect(warnings).toEqual([])
  })
})

describe('req.session of another package', () => {
  const foreign = { userId: 'user_evil', id: 'sess_evil', cookie: {} }

  test('is replaced for who is signed in, with one warning', async () => {
    const { clerk, warnings } = await freshProcess()
    for (let count = 0; count < 3; count += 1) {
      const { req } = await run(clerk, 'expressRequireSession', { ...signedIn, session: foreign })
      expect(req.session).toEqual({ id: 'sess_1', userId: 'user_1' })
    }
    expect(warnings).toEqual(['CLERK_SESSION_REPLACED'])
  })

  test('is left alone for who is signed out, who stays signed out, with one warning', async () => {
    const { clerk, warnings } = await freshProcess()
    for (const method of ['expressWithSession', 'expressRequireSession'] as const) {
      const { req, error } = await run(clerk, method, { session: foreign, sessionClaims: { sub: 'user_evil' } })
      expect(req.session).toBe(foreign)
      expect(req).not.toHaveProperty('sessionClaims')
      expect(req.auth).toMatchObject({ userId: null })
      if (method === 'expressRequireSession') expect(error).toMatchObject({ statusCode: 401 })
    }
    expect(warnings).toEqual(['CLERK_SESSION_FOREIGN'])
  })

  test('is never touched, or warned of, by what sets req.auth alone', async () => {
    const { clerk, warnings } = await freshProcess()
    for (const method of ['expressWithAuth', 'expressRequireAuth'] as const) {
      for (const headers of [{}, signedIn.headers]) {
        const { req } = await run(clerk, method, { headers, session: foreign })
        expect(req.session).toBe(foreign)
        expect(req).not.toHaveProperty('sessionClaims')
      }
    }
    expect(warnings).toEqual([])
  })
})

describe('a request that takes no properties', () => {
  test.each(methods)('is signed out, and strict middleware refuses it: %s', async (method) => {
    const { clerk } = await freshProcess()
    const next = vi.fn()
    await clerk[method]()(Object.freeze({ ...signedIn }), {}, next)
    const isStrict = method.includes('Require')
    expect(next.mock.calls).toEqual([isStrict ? [expect.any(TypeError)] : []])
  })
})

test('req.session is a Session', async () => {
  const { Clerk } = await import('../../src/clerk.js')
  const { Session: Current } = await import('../../src/sessions/session.js')
  const clerk = new Clerk({ apiKey: 'live_key', serverApiUrl: (await startClerkApi([signer.jwk])).url })
  const { req } = await run(clerk, 'expressWithSession', signedIn)
  expect(req.session).toBeInstanceOf(Current)
  expect(Object.keys(req.session as Session)).toEqual(['id', 'userId'])
})

test('onError that opens strict middleware is warned of once', async () => {
  const { clerk, warnings } = await freshProcess()
  for (const method of ['expressRequireSession', 'expressRequireAuth', 'expressRequireAuth'] as const) {
    const { req, error } = await run(clerk, method, {}, { onError: () => 'open' })
    expect(error).toBeUndefined()
    expect(req.auth).toMatchObject({ userId: null })
  }
  expect(warnings).toEqual(['CLERK_REQUIRE_SESSION_OPENED'])
})
