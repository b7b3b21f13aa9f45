import type { AddressInfo } from 'node:net'
import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import express4 from 'express-4'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Clerk, type MiddlewareOptions } from '../src/clerk.js'
import { HttpError } from '../src/errors.js'
import { decide } from '../src/middleware/decide.js'
import { Session } from '../src/sessions/session.js'
import { clearEnvironment } from './support/environment.js'
import { startJSON } from './support/server.js'
import { createSigner, goodClaims, seconds, unsigned } from './support/tokens.js'

clearEnvironment()

// What is used here is the same in both, but for the types of what is not.
const frameworks = [
  ['Express 4', express4 as unknown as typeof express],
  ['Express 5', express],
] as const

const signer = await createSigner('key_1')

async function createClerk(): Promise<Clerk> {
  const { url } = await startJSON({ keys: [signer.jwk] })
  return new Clerk({ apiKey: 'test_key', serverApiUrl: url })
}

/** What an app behind the middleware answers: whose session it is, or the failure. */
async function ask(framework: typeof express, guard: RequestHandler, authorization?: string) {
  const app = framework()
  const calls: string[] = []
  app.use(guard)
  app.use((req, res) => {
    calls.push('handler')
    const { session } = req as { session?: Session }
    res.json({ user: session?.userId ?? null })
  })
  const onFailure: ErrorRequestHandler = (
    error: { statusCode?: number; data?: unknown; message: string },
    _req,
    res,
    _next,
  ) => {
    calls.push('error')
    res.status(error.statusCode ?? 500).json(error.data ?? { error: error.message })
  }
  app.use(onFailure)
  const server = app.listen(0)
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const response = await fetch(`http://127.0.0.1:${port}/`, {
    headers: authorization === undefined ? {} : { authorization },
  })
  expect(calls).toHaveLength(1)
  return { status: response.status, body: (await response.json()) as unknown }
}

const signedIn = { status: 200, body: { user: 'user_1' } }
const signedOut = { status: 200, body: { user: null } }
const refused = { status: 401, body: { error: 'Unauthenticated' } }

/** Options that say nothing of what happens to the signed-out. */
const silent: [string, (clerk: Clerk) => MiddlewareOptions | null | undefined][] = [
  ['no options', () => undefined],
  ['null', () => null],
  ['{}', () => ({})],
  ['{ onError: undefined }', () => ({ onError: undefined })],
  ['{ onError: null }', () => ({ onError: null }) as unknown as MiddlewareOptions],
  ['{ clerk }', (clerk) => ({ clerk })],
]

describe.each(frameworks)('%s', (_, framework) => {
  describe.each(silent)('with %s', (_name, options) => {
    test('lets a good token in', async () => {
      const clerk = await createClerk()
      const token = await signer.sign()
      expect(await ask(framework, clerk.expressWithSession(options(clerk)), `Bearer ${token}`)).toEqual(signedIn)
      expect(await ask(framework, clerk.expressRequireSession(options(clerk)), `Bearer ${token}`)).toEqual(signedIn)
    })

    test('passes the signed-out when lax, and answers 401 when strict', async () => {
      const clerk = await createClerk()
      expect(await ask(framework, clerk.expressWithSession(options(clerk)))).toEqual(signedOut)
      expect(await ask(framework, clerk.expressRequireSession(options(clerk)))).toEqual(refused)
      expect(await ask(framework, clerk.expressWithSession(options(clerk)), 'Bearer x')).toEqual(signedOut)
      expect(await ask(framework, clerk.expressRequireSession(options(clerk)), 'Bearer x')).toEqual(refused)
    })
  })

  test.each<[string, () => unknown, object, object]>([
    [
      'returns an Error with a status',
      () => new HttpError(418, 'teapot', { a: 1 }),
      { status: 418, body: { a: 1 } },
      { status: 418, body: { a: 1 } },
    ],
    [
      'returns an Error of another realm',
      () => ({ [Symbol.toStringTag]: 'Error', statusCode: 409, message: 'x' }),
      { status: 409, body: { error: 'x' } },
      { status: 409, body: { error: 'x' } },
    ],
    [
      'resolves to an Error',
      async () => new Error('late'),
      { status: 500, body: { error: 'late' } },
      { status: 500, body: { error: 'late' } },
    ],
    [
      'throws an Error',
      () => {
        throw new Error('thrown')
      },
      { status: 500, body: { error: 'thrown' } },
      { status: 500, body: { error: 'thrown' } },
    ],
    [
      'rejects with an Error',
      async () => {
        throw new Error('rejected')
      },
      { status: 500, body: { error: 'rejected' } },
      { status: 500, body: { error: 'rejected' } },
    ],
    [
      'throws something else',
      () => {
        throw 'route'
      },
      refused,
      refused,
    ],
    [
      'throws undefined',
      () => {
        throw undefined
      },
      refused,
      refused,
    ],
    ['returns nothing', () => undefined, signedOut, refused],
    ['resolves to nothing', async () => undefined, signedOut, refused],
    ['returns "route"', () => 'route', signedOut, signedOut],
    ['returns true', () => true, signedOut, signedOut],
  ])('does what onError says when it %s', async (_name, onError, lax, strict) => {
    const clerk = await createClerk()
    expect(await ask(framework, clerk.expressWithSession({ onError }))).toEqual(lax)
    expect(await ask(framework, clerk.expressRequireSession({ onError }))).toEqual(strict)
  })

  test('answers 401 by itself when there is no error handler', async () => {
    const clerk = await createClerk()
    const app = framework()
    app.set('env', 'test')
    app.use(clerk.expressRequireSession())
    const server = app.listen(0)
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    expect((await fetch(`http://127.0.0.1:${port}/`)).status).toBe(401)
  })
})

/** Calls a middleware by hand, and gives what it did. */
async function run(clerk: Clerk, mode: 'lax' | 'strict', headers: object | undefined, options?: MiddlewareOptions) {
  const req = { ...(headers && { headers }) } as {
    headers: Record<string, string>
    session?: Session
    sessionClaims?: unknown
  }
  const next = vi.fn()
  await clerk[mode === 'lax' ? 'expressWithSession' : 'expressRequireSession'](options)(req, {}, next)
  expect(next).toHaveBeenCalledOnce()
  return { req, arguments: next.mock.calls[0] ?? [] }
}

describe('who is signed in', () => {
  test('has a session and claims on the request, and next gets no argument', async () => {
    const clerk = await createClerk()
    const claims = goodClaims()
    const result = await run(clerk, 'strict', { authorization: `Bearer ${await signer.sign(claims)}` })
    expect(result.arguments).toEqual([])
    expect(result.req.session).toStrictEqual(new Session({ id: 'sess_1', userId: 'user_1' }))
    expect(result.req.sessionClaims).toEqual(claims)
  })

  test.each([
    ['a bare token', (token: string) => ({ authorization: token })],
    ['bearer in lower case', (token: string) => ({ authorization: `bearer ${token}` })],
    ['several spaces', (token: string) => ({ authorization: `  BEARER    ${token} ` })],
    ['a header name of a hand-made request', (token: string) => ({ Authorization: `Bearer ${token}` })],
    ['a foreign Origin', (token: string) => ({ authorization: `Bearer ${token}`, origin: 'https://evil.com' })],
  ])('may send %s', async (_, headers) => {
    const { req } = await run(await createClerk(), 'strict', headers(await signer.sign()))
    expect(req.session?.id).toBe('sess_1')
  })
})

describe('who is signed out', () => {
  test.each<[string, object | undefined]>([
    ['no headers', undefined],
    ['no Authorization', {}],
    ['an empty one', { authorization: '' }],
    ['only the scheme', { authorization: 'Bearer' }],
    ['null in words', { authorization: 'Bearer null' }],
    ['another scheme', { authorization: 'Basic dTpw' }],
    ['something before the scheme', { authorization: `X Bearer ${unsigned({ alg: 'RS256' }, {})}` }],
    ['two tokens', { authorization: `Bearer ${unsigned({}, {})} ${unsigned({}, {})}` }],
    ['a list', { authorization: ['Bearer a.b.c'] }],
    ['a megabyte', { authorization: `Bearer ${' '.repeat(500_000)}x${' '.repeat(500_000)}y` }],
    ['only a cookie', { cookie: `__session=${unsigned({}, {})}; __client_uat=1` }],
  ])('sends %s', async (_, headers) => {
    const clerk = await createClerk()
    const lax = await run(clerk, 'lax', headers)
    expect(lax.arguments).toEqual([])
    expect(lax.req).not.toHaveProperty('session')
    const strict = await run(clerk, 'strict', headers)
    expect(strict.arguments).toEqual([new Error('Unauthenticated')])
    expect(strict.arguments[0]).toMatchObject({ statusCode: 401, status: 401 })
  })

  test.each([[{ sid: undefined }], [{ sid: '' }], [{ sub: undefined }], [{ sub: 5 }]])(
    'has a token that names no user or session: %j',
    async (claims) => {
      const token = await signer.sign({ ...goodClaims(), ...claims })
      const { arguments: given } = await run(await createClerk(), 'strict', { authorization: token })
      expect(given).toEqual([new Error('Unauthenticated')])
    },
  )

  test('by a bad token: strict passes on its error, with status 401', async () => {
    const token = await signer.sign({ ...goodClaims(), exp: seconds() - 1 })
    const { arguments: given } = await run(await createClerk(), 'strict', { authorization: token })
    expect(given[0]).toMatchObject({ name: 'TokenExpiredError', statusCode: 401 })
  })

  test('by no fault of the token when the keys cannot be had: strict stays shut, and it is not a 401', async () => {
    const { url } = await startJSON({}, 500)
    const clerk = new Clerk({ apiKey: 'k', serverApiUrl: url })
    const { arguments: given } = await run(clerk, 'strict', { authorization: await signer.sign() })
    expect(given[0]).toMatchObject({ name: 'JwksError', statusCode: 503 })
  })

  test('whatever req.session another library has left', async () => {
    const req = { headers: {}, session: { userId: 'somebody' } }
    const next = vi.fn()
    await (await createClerk()).expressRequireSession()(req, {}, next)
    expect(next).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ statusCode: 401 }))
  })
})

describe('an instance is asked at each request', () => {
  const token = unsigned({ alg: 'RS256' }, { a: 1 })

  test('for verifyToken, decodeToken, defaultOnError and strictOnError, which may be replaced', async () => {
    const clerk = await createClerk()
    clerk.verifyToken = vi.fn(async () => ({ sid: 's', sub: 'u' }))
    expect((await run(clerk, 'strict', { authorization: token })).req.session).toEqual(
      new Session({ id: 's', userId: 'u' }),
    )
    clerk.decodeToken = vi.fn(() => {
      throw new Error('no')
    })
    clerk.strictOnError = vi.fn(() => new Error('mine'))
    expect((await run(clerk, 'strict', { authorization: token })).arguments).toEqual([new Error('mine')])
    clerk.defaultOnError = vi.fn(() => new Error('lax mine'))
    expect((await run(clerk, 'lax', { authorization: token })).arguments).toEqual([new Error('lax mine')])
    expect(clerk.verifyToken).toHaveBeenCalledOnce()
  })

  test('and a verifyToken that rejects with no Error is a signed-out visitor', async () => {
    const clerk = await createClerk()
    clerk.verifyToken = vi.fn().mockRejectedValue(undefined)
    expect((await run(clerk, 'strict', { authorization: token })).arguments).toEqual([new Error('Unauthenticated')])
  })

  test('which is the one in the options', async () => {
    const asked = await createClerk()
    const other = new Clerk('k', { serverApiUrl: 'http://127.0.0.1:1' })
    const { req } = await run(other, 'strict', { authorization: await signer.sign() }, { clerk: asked })
    expect(req.session?.userId).toBe('user_1')
  })
})

describe('defaultOnError', () => {
  test('prints nothing unless CLERK_LOGGING is true, whatever the error has as data', async () => {
    const error = vi.spyOn(console, 'error').mockReturnValue()
    const clerk = await createClerk()
    expect(clerk.defaultOnError(new HttpError(401, 'x', 'text'))).toBeUndefined()
    expect(error).not.toHaveBeenCalled()
    vi.stubEnv('CLERK_LOGGING', 'true')
    clerk.defaultOnError(new HttpError(401, 'x', 'text'))
    expect(error).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ level: 'ERROR', message: 'x' }))
    error.mockRestore()
  })

  test('strictOnError gives the error back', async () => {
    const reason = new Error('x')
    expect((await createClerk()).strictOnError(reason)).toBe(reason)
  })
})

test('a strict middleware that onError opens, and a req.session that is replaced, are warned of', async () => {
  const warnings: Error[] = []
  const emit = vi
    .spyOn(process, 'emitWarning')
    .mockImplementation((warning) => void warnings.push(new Error(String(warning))))
  vi.resetModules()
  const { Clerk: Fresh } = await import('../src/clerk.js')
  const clerk = new Fresh('k')
  clerk.verifyToken = async () => ({ sid: 's', sub: 'u' })
  for (let count = 0; count < 3; count += 1) {
    await clerk.expressRequireSession({ onError: () => 'open' })({ headers: {} }, {}, () => {})
    const request = { headers: { authorization: unsigned({}, {}) }, session: { mine: true } }
    await clerk.expressRequireSession()(request, {}, () => {})
    expect(request.session).toMatchObject({ id: 's' })
  }
  emit.mockRestore()
  expect(warnings.map(({ message }) => message)).toEqual([
    expect.stringContaining('without a session'),
    expect.stringContaining('req.session was set'),
  ])
})

// Were the time not linear in the length, this would not end.
test('decide finds no token in a hostile header, however long it is', () => {
  for (const hostile of [`bearer${' '.repeat(1e6)}x y`, `${'bearer '.repeat(1e5)}x y`, `${' '.repeat(1e6)}x y`]) {
    expect(decide({ authorization: hostile })).toHaveProperty('signedOut')
  }
})
