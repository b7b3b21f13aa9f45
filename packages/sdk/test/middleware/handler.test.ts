import type { IncomingMessage, ServerResponse } from 'node:http'
import { describe, expect, test, vi } from 'vitest'
import { Clerk } from '../../src/clerk.js'
import { ClerkServerError, HttpError } from '../../src/errors.js'
import type { MiddlewareOptions } from '../../src/middleware/options.js'
import { interstitialPage, startClerkApi } from '../support/clerk-api.js'
import { clearEnvironment } from '../support/environment.js'
import { frameworks } from '../support/frameworks.js'
import { type Answer, ask, listen } from '../support/http.js'
import { sendJSON } from '../support/server.js'
import { createSigner } from '../support/tokens.js'

clearEnvironment()

const signer = await createSigner('key_1')
const token = await signer.sign()

async function createClerk(answers = {}): Promise<Clerk> {
  return new Clerk({ apiKey: 'live_key', serverApiUrl: (await startClerkApi([signer.jwk], answers)).url })
}

type Guarded = IncomingMessage & { session?: unknown; sessionClaims?: unknown; auth?: { userId: string | null } }

/** Says what is on the request. */
function handler(req: Guarded, res: ServerResponse): void {
  const { session, sessionClaims, auth } = req
  res.setHeader('content-type', 'application/json')
  res.end(JSON.stringify({ ran: true, session, sessionClaims, auth }))
}

const forms = [
  ['Session', 'withSession', 'requireSession', ['ran', 'session', 'sessionClaims', 'auth']],
  ['Auth', 'withAuth', 'requireAuth', ['ran', 'auth']],
] as const

const json = ({ status, text }: Answer) => ({ status, body: JSON.parse(text) as Record<string, unknown> })

const signedIn = { headers: { authorization: `Bearer ${token}` } }
const outdated = { headers: { 'user-agent': 'Mozilla/5.0', cookie: '__client_uat=1' } }
const refused = { status: 401, body: { error: 'Unauthenticated' } }
const passed = {
  status: 200,
  body: { ran: true, auth: { sessionId: null, userId: null, claims: null, reason: 'no-token' } },
}

/** Options that say nothing of what happens to the signed-out. */
const silent: [string, (clerk: Clerk) => MiddlewareOptions | null | undefined][] = [
  ['no options', () => undefined],
  ['null', () => null],
  ['{}', () => ({})],
  ['{ onError: undefined }', () => ({ onError: undefined })],
  ['{ onError: "route" }', () => ({ onError: 'route' }) as unknown as MiddlewareOptions],
  ['{ clerk }', (clerk) => ({ clerk })],
  ['{ clerk, onError: undefined }', (clerk) => ({ clerk, onError: undefined })],
]

describe.each(forms)('a handler that finds its %s', (_, lax, strict, set) => {
  test.each(silent)('with %s runs for the signed-in, and for others only when it is lax', async (_name, options) => {
    const clerk = await createClerk()
    const open = await listen(clerk[lax](handler, options(clerk)))
    const shut = await listen(clerk[strict](handler, options(clerk)))
    for (const port of [open, shut]) {
      const { status, body } = json(await ask(port, signedIn))
      expect(status).toBe(200)
      expect(Object.keys(body)).toEqual(set)
      expect(body).toMatchObject({ auth: { sessionId: 'sess_1', userId: 'user_1' } })
    }
    expect(json(await ask(open, {}))).toEqual(passed)
    expect(json(await ask(shut, {}))).toEqual(refused)
  })

  const answered = (status: number, body: unknown) => ({ status, body })

  test.each<[string, () => unknown, object, object]>([
    ['returns an Error', () => new Error('x'), answered(401, { error: 'x' }), answered(401, { error: 'x' })],
    [
      'returns an Error with a status',
      () => Object.assign(new Error('teapot'), { statusCode: 418 }),
      answered(418, { error: 'teapot' }),
      answered(418, { error: 'teapot' }),
    ],
    [
      'returns an Error with a status in words',
      () => Object.assign(new Error('no'), { statusCode: '403' }),
      answered(403, { error: 'no' }),
      answered(403, { error: 'no' }),
    ],
    [
      'returns an Error with a status that is none',
      () => Object.assign(new Error('no'), { statusCode: 100 }),
      answered(401, { error: 'no' }),
      answered(401, { error: 'no' }),
    ],
    [
      'returns an HttpError of its own with data',
      () => new HttpError(402, 'pay', { plan: 'test_plan' }),
      answered(402, { plan: 'test_plan' }),
      answered(402, { plan: 'test_plan' }),
    ],
    [
      'returns an Error with data that cannot be sent',
      () => {
        const data: Record<string, unknown> = {}
        data['itself'] = data
        return Object.assign(new Error('circle'), { data })
      },
      answered(401, { error: 'circle' }),
      answered(401, { error: 'circle' }),
    ],
    ['throws', thrower(new Error('thrown')), answered(401, { error: 'thrown' }), answered(401, { error: 'thrown' })],
    ['throws undefined', thrower(undefined), refused, refused],
    ['rejects', async () => thrower(new Error('no'))(), answered(401, { error: 'no' }), answered(401, { error: 'no' })],
    ['returns nothing', () => undefined, passed, refused],
    ['returns null', () => null, passed, refused],
    ['returns true', () => true, passed, refused],
    ['resolves to a text', async () => 'route', passed, refused],
  ])('does what onError says when it %s', async (_name, onError, whenLax, whenStrict) => {
    const clerk = await createClerk()
    const ran = vi.fn(handler)
    expect(json(await ask(await listen(clerk[lax](handler, { onError })), {}))).toEqual(whenLax)
    expect(json(await ask(await listen(clerk[strict](ran, { onError })), {}))).toEqual(whenStrict)
    expect(ran).not.toHaveBeenCalled()
  })

  test('uses the instance in the options', async () => {
    const other = new Clerk('live_key', { serverApiUrl: 'http://127.0.0.1:1' })
    const port = await listen(other[strict](handler, { clerk: await createClerk() }))
    expect((await ask(port, signedIn)).status).toBe(200)
  })

  test('gives what it gives, and gets what comes after the response', async () => {
    const clerk = await createClerk()
    const req = () => ({ headers: { authorization: token } })
    const next = () => 5
    expect(await clerk[strict]((_req: object, _res: object) => 'value')(req() as never, {})).toBe('value')
    expect(
      await clerk[strict](async (_req: object, _res: object, n: typeof next) => n())(req() as never, {}, next),
    ).toBe(5)
  })

  test('throws and rejects as if it was not guarded', async () => {
    const clerk = await createClerk()
    const error = Object.assign(new Error('its own'), { statusCode: 409, data: {} })
    const res = { json: vi.fn(), end: vi.fn() }
    for (const method of [lax, strict]) {
      const req = () => ({ headers: { authorization: token } }) as never
      await expect(clerk[method](thrower(error))(req(), res as never)).rejects.toBe(error)
      await expect(clerk[method](async () => thrower(error)())(req(), res as never)).rejects.toBe(error)
    }
    expect(res.json).not.toHaveBeenCalled()
    expect(res.end).not.toHaveBeenCalled()
  })

  test('does not run for a browser that gets the interstitial, and the promise settles', async () => {
    const clerk = await createClerk()
    const ran = vi.fn()
    for (const method of [lax, strict]) {
      const settled = vi.fn()
      const port = await listen((req, res) => void clerk[method](ran)(req, res).then(settled))
      const { status, text, headers } = await ask(port, outdated)
      expect({ status, text, type: headers['content-type'] }).toEqual({
        status: 401,
        text: interstitialPage,
        type: 'text/html',
      })
      await vi.waitFor(() => expect(settled).toHaveBeenCalledExactlyOnceWith(undefined))
    }
    expect(ran).not.toHaveBeenCalled()
  })

  test('does not run when the keys cannot be had, which is no 401', async () => {
    const clerk = await createClerk({ jwks: (response: ServerResponse) => sendJSON(response, {}, 500) })
    expect(json(await ask(await listen(clerk[strict](handler)), signedIn))).toEqual({
      status: 503,
      body: { error: 'Internal Server Error' },
    })
  })

  test('must be a function', async () => {
    const clerk = await createClerk()
    for (const method of [lax, strict]) {
      expect(() => clerk[method](undefined as never)).toThrow(/There must be a handler/)
    }
  })
})

function thrower(reason: unknown): () => never {
  return () => {
    throw reason
  }
}

describe('a refusal', () => {
  test('is sent with the type of JSON by a plain response', async () => {
    const port = await listen((await createClerk()).requireSession(handler))
    const { headers } = await ask(port, {})
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'content-length': '27' })
  })

  test.each(Object.entries(frameworks))('is sent by the own ways of %s', async (_, framework) => {
    const clerk = await createClerk()
    const app = framework()
    app.get('/', clerk.requireSession(handler))
    const port = await listen(app)
    expect(json(await ask(port, signedIn)).body).toMatchObject({ ran: true })
    const answer = await ask(port, {})
    expect(json(answer)).toEqual(refused)
    expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
  })

  test.each<[string, readonly string[], readonly string[]]>([
    ['json, and an end of its own', ['json', 'send', 'end'], ['json', 'end']],
    ['send alone, as a reply of Fastify', ['send'], ['send']],
    ['neither', ['setHeader', 'end'], ['setHeader', 'end']],
  ])('is sent by a response that has %s', async (_name, methods, called) => {
    const calls: string[] = []
    const res = Object.fromEntries(
      methods.map((name) => [
        name,
        () => {
          calls.push(name)
          if (name === 'end') Object.assign(res, { writableEnded: true })
        },
      ]),
    )
    await (await createClerk()).requireSession(handler)({ headers: {} } as never, res as never)
    expect(calls).toEqual(called)
    expect(res).toHaveProperty('statusCode', 401)
  })

  test('is not sent when somebody else has answered', async () => {
    const clerk = await createClerk()
    const settled = vi.fn()
    const port = await listen((req, res) => {
      res.writeHead(504).end('too late')
      void clerk.requireSession(handler)(req, res).then(settled)
    })
    expect(await ask(port, {})).toMatchObject({ status: 504, text: 'too late' })
    await vi.waitFor(() => expect(settled).toHaveBeenCalledExactlyOnceWith(undefined))
  })

  test('is sent to nobody when they have gone', async () => {
    const clerk = await createClerk()
    const settled = vi.fn()
    const port = await listen((req, res) => {
      req.socket.destroy()
      void clerk.requireSession(handler)(req, res).then(settled)
    })
    await expect(ask(port, {})).rejects.toMatchObject({ code: 'ECONNRESET' })
    await vi.waitFor(() => expect(settled).toHaveBeenCalledExactlyOnceWith(undefined))
  })

  test('shows the errors that the API names, without keys and tokens', async () => {
    const error = { message: 'no', long_message: `the key live_secret and ${token} are bad`, code: 'clerk_key_invalid' }
    const clerk = await createClerk({
      interstitial: (response: ServerResponse) => sendJSON(response, { errors: [error] }, 401),
    })
    const answer = json(await ask(await listen(clerk.requireSession(handler)), outdated))
    const longMessage = 'the key [redacted] and [redacted] are bad'
    expect(answer).toEqual({ status: 401, body: [{ message: 'no', longMessage, code: 'clerk_key_invalid' }] })
  })

  test.each([['<html>internal</html>'], [{ internal: true }], [[]]])(
    'shows nothing else of what the API answers: %j',
    async (body) => {
      const clerk = await createClerk({
        interstitial: (response: ServerResponse) => sendJSON(response, body, 403),
      })
      const answer = json(await ask(await listen(clerk.requireSession(handler)), outdated))
      expect(answer).toEqual({ status: 403, body: { error: 'Response code 403 (Forbidden)' } })
    },
  )

  test('shows the data of an error that onError has found', async () => {
    const data = [new ClerkServerError({ message: 'a', longMessage: 'b', code: 'c' })]
    const options = { onError: () => new HttpError(422, 'x', data) }
    const answer = json(await ask(await listen((await createClerk()).withSession(handler, options)), {}))
    expect(answer).toEqual({ status: 422, body: [{ message: 'a', longMessage: 'b', code: 'c' }] })
  })
})
