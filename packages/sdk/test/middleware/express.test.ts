import { once } from 'node:events'
import { connect, createServer } from 'node:http2'
import type { AddressInfo } from 'node:net'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { Clerk } from '../../src/clerk.js'
import { ClerkServerError, HttpError } from '../../src/errors.js'
import type { AuthObject } from '../../src/middleware/auth.js'
import type { MiddlewareOptions } from '../../src/middleware/options.js'
import type { MiddlewareRequest } from '../../src/middleware/request.js'
import { startClerkApi } from '../support/clerk-api.js'
import { clearEnvironment } from '../support/environment.js'
import { createApp, frameworks } from '../support/frameworks.js'
import { type Answer, ask, askRaw, listen } from '../support/http.js'
import { createSigner, unsigned } from '../support/tokens.js'

clearEnvironment()

const signer = await createSigner('key_1')

async function createClerk(apiKey = 'live_key'): Promise<Clerk> {
  const { url } = await startClerkApi([signer.jwk])
  return new Clerk({ apiKey, serverApiUrl: url })
}

/** Options that say nothing of what happens to the signed-out. */
const silent: [string, (clerk: Clerk) => MiddlewareOptions | null | undefined][] = [
  ['no options', () => undefined],
  ['null', () => null],
  ['{}', () => ({})],
  ['{ onError: undefined }', () => ({ onError: undefined })],
  ['{ onError: null }', () => ({ onError: null })],
  ['{ onError: "route" }', () => ({ onError: 'route' }) as unknown as MiddlewareOptions],
  ['{ clerk }', (clerk) => ({ clerk })],
  ['{ clerk: null }', () => ({ clerk: null })],
  ['an option that nobody knows', () => ({ strict: false }) as MiddlewareOptions],
]

/** Each pair of a lax and a strict middleware, and what they set. */
const forms = [
  ['Session', 'expressWithSession', 'expressRequireSession', ['ran', 'session', 'sessionClaims', 'auth']],
  ['Auth', 'expressWithAuth', 'expressRequireAuth', ['ran', 'auth']],
] as const

const json = ({ status, text }: Answer) => ({ status, body: JSON.parse(text) as Record<string, unknown> })

const refused = { status: 401, body: { name: 'Error', message: 'Unauthenticated', reason: 'no-token' } }

describe.each(Object.entries(frameworks))('%s', (_, framework) => {
  describe.each(forms)('%s', (_form, lax, strict, set) => {
    test.each(silent)(
      'with %s lets a good token in, and the signed-out only when it is lax',
      async (_name, options) => {
        const clerk = await createClerk()
        const open = await listen(createApp(framework, clerk[lax](options(clerk))))
        const shut = await listen(createApp(framework, clerk[strict](options(clerk))))
        const signedIn = { headers: { authorization: `Bearer ${await signer.sign()}` } }
        for (const port of [open, shut]) {
          const { status, body } = json(await ask(port, signedIn))
          expect(status).toBe(200)
          expect(Object.keys(body)).toEqual(set)
          expect(body).toMatchObject({ auth: { sessionId: 'sess_1', userId: 'user_1', claims: { sub: 'user_1' } } })
        }
        const { status, body } = json(await ask(open, {}))
        expect(status).toBe(200)
        expect(body).toEqual({ ran: true, auth: { sessionId: null, userId: null, claims: null, reason: 'no-token' } })
        expect(json(await ask(shut, {}))).toEqual(refused)
      },
    )

    const failure = (status: number, message: string, more = {}) => ({
      status,
      body: { name: 'Error', message, ...more },
    })
    const passed = { status: 200, body: { ran: true, auth: expect.objectContaining({ sessionId: null }) } }
    const teapot = failure(418, 'teapot', { name: 'HttpError', data: { a: 1 } })
    const foreign = failure(409, 'x', { name: undefined })

    test.each<[string, () => unknown, object, object]>([
      ['returns an Error with a status', () => new HttpError(418, 'teapot', { a: 1 }), teapot, teapot],
      [
        'returns an Error of another realm',
        () => ({ [Symbol.toStringTag]: 'Error', statusCode: 409, message: 'x' }),
        foreign,
        foreign,
      ],
      ['resolves to an Error', async () => new Error('late'), failure(500, 'late'), failure(500, 'late')],
      ['throws an Error', thrower(new Error('thrown')), failure(500, 'thrown'), failure(500, 'thrown')],
      ['rejects with an Error', async () => thrower(new Error('no'))(), failure(500, 'no'), failure(500, 'no')],
      ['throws something else', thrower('route'), refused, refused],
      ['throws undefined', thrower(undefined), refused, refused],
      ['returns nothing', () => undefined, passed, refused],
      ['resolves to nothing', async () => undefined, passed, refused],
      ['returns "route"', () => 'route', passed, passed],
      ['returns null', () => null, passed, passed],
      ['returns false', () => false, passed, passed],
      ['returns true', () => true, passed, passed],
    ])('does what onError says when it %s', async (_name, onError, whenLax, whenStrict) => {
      const clerk = await createClerk()
      expect(json(await ask(await listen(createApp(framework, clerk[lax]({ onError }))), {}))).toEqual(whenLax)
      expect(json(await ask(await listen(createApp(framework, clerk[strict]({ onError }))), {}))).toEqual(whenStrict)
    })

    test('answers 401 by itself when there is no error handler', async () => {
      const app = framework()
      app.set('env', 'test')
      app.use((await createClerk())[strict]())
      expect((await ask(await listen(app), {})).status).toBe(401)
    })

    test('may run twice for a request', async () => {
      const clerk = await createClerk()
      const port = await listen(createApp(framework, clerk[lax](), clerk[strict](), clerk[strict]()))
      const token = await signer.sign()
      expect((await ask(port, { headers: { authorization: token } })).status).toBe(200)
      expect(json(await ask(port, {}))).toEqual(refused)
    })
  })

  // What is odd about these is for Express, or for Node, to refuse; ours must neither fail nor let anybody in.
  test.each([
    ['a path of two slashes', 'GET //evil.com/ HTTP/1.1\r\nHost: a\r\n'],
    ['a backslash', 'GET /\\evil.com HTTP/1.1\r\nHost: a\r\n'],
    ['a whole URL', 'GET http://evil.com/ HTTP/1.1\r\nHost: a\r\n'],
    ['an asterisk', 'OPTIONS * HTTP/1.1\r\nHost: a\r\n'],
    ['TRACE', 'TRACE / HTTP/1.1\r\nHost: a\r\n'],
    ['a path of 64 kB', `GET /${'a'.repeat(65_536)} HTTP/1.1\r\nHost: a\r\n`],
    ['a token of a megabyte', `GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer ${'a.b.'.repeat(250_000)}\r\n`],
    ['a cookie of a megabyte', `GET / HTTP/1.1\r\nHost: a\r\nCookie: ${'; __session'.repeat(100_000)}\r\n`],
    ['no Host', 'GET / HTTP/1.0\r\nOrigin: https://a\r\n'],
    ['a Host that is none', 'GET / HTTP/1.1\r\nHost: @@:/[\r\nOrigin: https://a\r\n'],
    ['two Hosts', 'GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\nOrigin: https://a\r\n'],
    [
      'junk of a proxy',
      'GET / HTTP/1.1\r\nHost: a\r\nOrigin: https://a\r\nX-Forwarded-Host: [,\r\nX-Forwarded-Port: -1\r\n',
    ],
    ['two tokens', 'GET / HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer a.b.c\r\nAuthorization: Bearer d.e.f\r\n'],
    ['cookies that are none', 'GET / HTTP/1.1\r\nHost: a\r\nCookie: =;;__session;__client_uat=%00%ff=\xff; ;\r\n'],
  ])('answers 4xx to %s', async (_name, request) => {
    const port = await listen(createApp(framework, (await createClerk()).expressRequireSession()))
    expect(await askRaw(port, `${request}User-Agent: Mozilla/5.0\r\nConnection: close\r\n\r\n`)).toMatch(
      /^HTTP\/1\.1 4\d\d /,
    )
  })
})

function thrower(reason: unknown): () => never {
  return () => {
    throw reason
  }
}

describe('next', () => {
  test('is called once, without an argument', async () => {
    const next = vi.fn()
    const req = { headers: { authorization: await signer.sign() } }
    await (await createClerk()).expressRequireSession()(req, {}, next)
    expect(next.mock.calls).toEqual([[]])
  })

  test('is not called again when it throws', async () => {
    const next = vi.fn(thrower(new Error('handler')))
    const call = (await createClerk()).expressWithSession()({ headers: {} }, {}, next)
    await expect(call).rejects.toThrow('handler')
    expect(next).toHaveBeenCalledOnce()
  })

  test.each([
    ['no headers', {}],
    ['no Authorization', { headers: {} }],
    ['no request at all', undefined],
  ])('is called for a request that was made by hand: %s', async (_, made) => {
    const clerk = await createClerk()
    const req = made as MiddlewareRequest
    const [lax, strict] = [vi.fn(), vi.fn()]
    await clerk.expressWithSession()(req, {}, lax)
    await clerk.expressRequireSession()(req, {}, strict)
    expect(lax.mock.calls).toEqual([[]])
    expect(strict.mock.calls).toEqual([[expect.any(Error)]])
  })

  test('is called for requests over HTTP/2, whose cookies count when the authority is that of the page', async () => {
    const clerk = await createClerk()
    const seen: (string | undefined)[] = []
    const server = createServer((req, res) => {
      void clerk.expressWithSession()(req, res, () => {
        seen.push((req as { auth?: AuthObject }).auth?.reason)
        res.end()
      })
    })
    await new Promise<void>((resolve) => {
      server.listen(0, '127.0.0.1', resolve)
    })
    const { port } = server.address() as AddressInfo
    const client = connect(`http://127.0.0.1:${port}`)
    onTestFinished(() => {
      client.close()
      server.close()
    })
    const cookie = `__client_uat=1; __session=${await signer.sign()}`
    const statuses: unknown[] = []
    for (const [origin, cookies] of [
      [`http://127.0.0.1:${port}`, cookie],
      ['https://evil.com', cookie],
      [`http://127.0.0.1:${port}`, '__client_uat=1'],
    ]) {
      const stream = client.request({ origin, cookie: cookies })
      stream.on('response', (headers) => statuses.push(headers[':status'])).resume()
      await once(stream, 'close')
    }
    expect(seen).toEqual([undefined, 'cross-origin'])
    expect(statuses).toEqual([200, 200, 401])
  })

  test('is called for who has gone in the meantime', async () => {
    const { url } = await startClerkApi([signer.jwk], { jwks: (response) => setTimeout(() => response.destroy(), 50) })
    const clerk = new Clerk({ apiKey: 'live_key', serverApiUrl: url })
    const next = vi.fn()
    const port = await listen((req, res) => {
      req.socket.destroy()
      void clerk.expressRequireSession()(req, res, next)
    })
    const headers = { authorization: await signer.sign() }
    await expect(ask(port, { headers })).rejects.toMatchObject({ code: 'ECONNRESET' })
    await vi.waitFor(() => expect(next).toHaveBeenCalled())
    expect(next.mock.calls).toEqual([[expect.objectContaining({ name: 'JwksError', statusCode: 503 })]])
  })
})

test('onError is told of what is wrong, once for a request, by an error whose reason names the check', async () => {
  const onError = vi.fn()
  const clerk = await createClerk()
  const ask = (authorization: string) =>
    clerk.expressWithSession({ onError })({ headers: { authorization } }, {}, () => {})
  await ask('Bearer zz')
  await ask(unsigned({ alg: 'none' }, {}))
  expect(onError.mock.calls).toEqual([
    [expect.objectContaining({ message: 'Unauthenticated', reason: 'not-a-jwt', statusCode: 401 })],
    [expect.objectContaining({ message: 'invalid algorithm', reason: 'wrong-algorithm', statusCode: 401 })],
  ])
})

describe.each([
  ['defaultOnError', 'warn'],
  ['strictOnError', 'error'],
] as const)('%s', (name, level) => {
  test('prints nothing unless CLERK_LOGGING is true, whatever the error has as data', () => {
    const print = vi.spyOn(console, level).mockReturnValue()
    const clerk = new Clerk('live_key')
    const named = new ClerkServerError({ message: 'short', longMessage: 'long', code: 'code' })
    const errors = [
      new HttpError(401, 'x', 'text'),
      new HttpError(401, 'y', { a: 1 }),
      new HttpError(401, 'z', [named]),
    ]
    for (const error of errors) expect(clerk[name](error)).toBe(name === 'strictOnError' ? error : undefined)
    expect(print).not.toHaveBeenCalled()
    vi.stubEnv('CLERK_LOGGING', 'true')
    for (const error of errors) clerk[name](error)
    expect(print.mock.calls.map(([line]) => line)).toEqual(
      ['x', 'y', 'z', 'long'].map((message) => expect.objectContaining({ level: level.toUpperCase(), message })),
    )
    print.mockRestore()
  })

  test('may be given as onError', async () => {
    const clerk = await createClerk()
    const { [name]: onError } = clerk
    const [lax, strict] = [vi.fn(), vi.fn()]
    await clerk.expressWithSession({ onError })({ headers: {} }, {}, lax)
    await clerk.expressRequireSession({ onError })({ headers: {} }, {}, strict)
    const refusal = [expect.objectContaining({ message: 'Unauthenticated', statusCode: 401 })]
    expect(lax.mock.calls).toEqual([name === 'strictOnError' ? refusal : []])
    expect(strict.mock.calls).toEqual([refusal])
  })
})
