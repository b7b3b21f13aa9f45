import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { Clerk } from '../../src/clerk.js'
import type { AuthObject } from '../../src/middleware/auth.js'
import type { RequestHeaders } from '../../src/middleware/headers.js'
import type { MiddlewareOptions } from '../../src/middleware/options.js'
import type { MiddlewareRequest } from '../../src/middleware/request.js'
import { startClerkApi } from '../support/clerk-api.js'
import { clearEnvironment } from '../support/environment.js'
import { createSigner, goodClaims, seconds, unsigned } from '../support/tokens.js'

// Whatever a request carries, whatever the options say: nobody who has no good token gets past what is strict.

clearEnvironment()

const signer = await createSigner('key_1')
const stranger = await createSigner('key_1')
const now = seconds()
const claims = { ...goodClaims(), iat: now - 10, exp: now + 3600 }

const good = await signer.sign(claims)
const bad = [
  await signer.sign({ ...claims, exp: now - 5 }),
  await signer.sign({ ...claims, iss: 'https://evil.com' }),
  await signer.sign({ ...claims, sid: undefined }),
  await stranger.sign(claims),
  unsigned({ alg: 'none' }, claims, ''),
  unsigned({ alg: 'HS256', kid: 'key_1' }, claims),
  `${good}x`,
  'garbage',
  '',
]

const token = fc.constantFrom(good, good, ...bad)
const junk = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('', ' ', ',', ';', '=', ':', '\0'))
const cookies = fc
  .array(
    fc.oneof(
      fc.tuple(fc.constantFrom('__session', '__session_x', ' __session'), token),
      fc.tuple(
        fc.constantFrom('__client_uat', '__client_uat_x'),
        fc.oneof(fc.constantFrom('0', '1', '', 'abc', '-5', `${now}`, `${now - 10}`), junk),
      ),
      fc.tuple(junk, junk),
    ),
    { maxLength: 5 },
  )
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`))

const host = fc.oneof(fc.constantFrom('app.com', 'app.com:443', 'app.com:3000', 'evil.com', '[::1]', '@@'), junk)
const origin = fc.oneof(
  host.map((name) => `https://${name}`),
  fc.constant('null'),
  junk,
)

/** Also what Node never gives: several of one, and what is no text at all. */
const several = (one: fc.Arbitrary<string>) =>
  fc.oneof(
    { weight: 20, arbitrary: one },
    { weight: 2, arbitrary: fc.array(one, { maxLength: 3 }) },
    { weight: 1, arbitrary: fc.constantFrom(null, 5, true, {}, [5], Symbol('header')) as fc.Arbitrary<never> },
  )

const headers: fc.Arbitrary<RequestHeaders> = fc
  .record(
    {
      authorization: several(
        fc
          .tuple(fc.constantFrom('', 'Bearer ', 'bearer  ', 'Basic ', 'X Bearer ', ' '), token)
          .map(([scheme, word]) => scheme + word),
      ),
      cookie: fc.oneof(
        cookies.map((list) => list.join('; ')),
        cookies.map((list) => list.join(';')),
        cookies,
        junk,
      ),
      'user-agent': several(fc.constantFrom('Mozilla/5.0', 'Mozilla/5.0', 'curl/8', '')),
      host: several(host),
      origin: several(origin),
      referer: several(fc.oneof(origin, fc.constant('https://app.com/'))),
      'x-forwarded-host': several(host),
      'x-forwarded-port': several(fc.oneof(fc.constantFrom('443', '3000', '80, 443'), junk)),
    },
    { requiredKeys: [] },
  )
  .chain((known) =>
    fc.boolean().map((keepsHeader) => ({ ...known, ...(!keepsHeader && { authorization: undefined }) })),
  )

const foreign = { id: 'sess_evil', sessionId: 'sess_evil', userId: 'user_evil', sub: 'user_evil' }
const marks = fc.record(
  {
    session: fc.constantFrom(foreign, null),
    sessionClaims: fc.constant(foreign),
    auth: fc.constantFrom(foreign, null, 'text'),
  },
  { requiredKeys: [] },
)

/** What onError does, and whether that is to open strict middleware. */
const answers: readonly (readonly [name: string, onError: unknown, opens: boolean])[] = [
  ['nothing', undefined, false],
  ['null', null, false],
  ['no function', {}, false],
  ['returns nothing', () => undefined, false],
  ['resolves to nothing', async () => undefined, false],
  ['returns the error', (error: unknown) => error, false],
  ['resolves to the error', async (error: unknown) => error, false],
  ['throws', thrower(new Error('x')), false],
  ['throws nothing', thrower(undefined), false],
  ['rejects', () => Promise.reject(new Error('x')), false],
  ['rejects with nothing', async () => thrower(undefined)(), false],
  ['opens', () => 'open', true],
  ['opens by null', async () => null, true],
]

const options = fc.record(
  {
    onError: fc.constantFrom(...answers.map(([, onError]) => onError)),
    interstitial: fc.constantFrom(true, false, 'refresh'),
    authorizedParties: fc.constantFrom(undefined, ['https://app.com']),
  },
  { requiredKeys: [] },
) as fc.Arbitrary<MiddlewareOptions>

const opens = ({ onError }: MiddlewareOptions) => answers.some(([, answer, isOpen]) => isOpen && answer === onError)

function thrower(reason: unknown): () => never {
  return () => {
    throw reason
  }
}

type Sent = MiddlewareRequest & { session?: { id: string; userId: string }; sessionClaims?: unknown; auth?: AuthObject }

interface Response {
  statusCode: number
  writableEnded: boolean
  writeHead: (status: number) => void
  json: (body: unknown) => void
  end: () => void
}

function createResponse(): Response & { answers: unknown[] } {
  const given: unknown[] = []
  const end = () => {
    res.writableEnded = true
  }
  const res = {
    answers: given,
    statusCode: 200,
    writableEnded: false,
    writeHead: (status: number) => void given.push(status),
    json: (body: unknown) => {
      given.push(body)
      end()
    },
    end,
  }
  return res
}

const runs = { numRuns: 1500 }

async function createClerks() {
  const { url } = await startClerkApi([signer.jwk])
  return {
    live: new Clerk({ apiKey: 'live_key', serverApiUrl: url }),
    test: new Clerk({ apiKey: 'test_key', serverApiUrl: url }),
  }
}

const request = (given: RequestHeaders, set: object): Sent => ({ headers: { ...given }, ...set })

/** Who is signed in has a good token, and every way to ask says the same. */
async function expectAgreement(req: Sent, form: 'Session' | 'Auth', set: { session?: unknown }) {
  const { auth, session, sessionClaims } = req
  if (auth === undefined) throw new Error('req.auth was not set')
  const isIn = auth.userId !== null
  expect([auth.sessionId, auth.userId]).toEqual(isIn ? ['sess_1', 'user_1'] : [null, null])
  expect(await auth.getToken()).toBe(isIn ? good : null)
  expect(auth.reason === undefined).toBe(isIn)
  if (form === 'Auth') expect(session).toBe(set.session)
  else if (isIn) expect([session?.id, session?.userId, sessionClaims]).toEqual(['sess_1', 'user_1', auth.claims])
  else expect([session, sessionClaims]).toEqual([set.session, undefined])
}

describe.each(['Session', 'Auth'] as const)('%s', (form) => {
  test('strict middleware lets nobody pass without a good token, and next is called once, or the page is sent', async () => {
    const clerks = await createClerks()
    const property = fc.asyncProperty(
      fc.constantFrom('live' as const, 'test' as const),
      headers,
      marks,
      options,
      async (key, given, set, chosen) => {
        const clerk = clerks[key]
        for (const method of [`expressWith${form}`, `expressRequire${form}`] as const) {
          const req = request(given, set)
          const res = createResponse()
          const next = vi.fn()
          await clerk[method](chosen)(req, res, next)
          await expectAgreement(req, form, set as object)
          const isIn = req.auth?.userId === 'user_1'
          const args: unknown[] | undefined = next.mock.calls[0]
          expect([next.mock.calls.length, res.answers]).toEqual(args ? [1, []] : [0, [401]])
          if (args?.length === 0) expect(isIn || method === `expressWith${form}` || opens(chosen)).toBe(true)
          else if (args) expect(args).toEqual([expect.any(Error)])
        }
      },
    )
    await fc.assert(property, runs)
  })

  test('a handler that requires it runs for nobody without a good token, and there is one answer', async () => {
    const clerks = await createClerks()
    const property = fc.asyncProperty(
      fc.constantFrom('live' as const, 'test' as const),
      headers,
      marks,
      options,
      async (key, given, set, chosen) => {
        const req = request(given, set)
        const res = createResponse()
        const handler = vi.fn(() => 'ran')
        const result = await clerks[key][`require${form}`](handler, chosen)(req as never, res as never)
        await expectAgreement(req, form, set as object)
        const isIn = req.auth?.userId === 'user_1'
        expect([handler.mock.calls.length, result, res.answers.length]).toEqual(
          isIn ? [1, 'ran', 0] : [0, undefined, 1],
        )
        if (!isIn) expect(res.writableEnded).toBe(true)
      },
    )
    await fc.assert(property, runs)
  })
})
