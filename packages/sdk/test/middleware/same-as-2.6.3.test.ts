import Original from 'clerk-sdk-node-2.6.3/instance'
import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { Clerk } from '../../src/clerk.js'
import { startClerkApi } from '../support/clerk-api.js'
import { clearEnvironment } from '../support/environment.js'
import { createSigner, goodClaims, seconds, unsigned } from '../support/tokens.js'

// The same requests to version 2.6.3 itself and to this package. What is different by intent is in docs/deviations.md,
// and is not asked for here.

clearEnvironment()

const signer = await createSigner('key_1')
const stranger = await createSigner('key_1')
const now = seconds()
const claims = { ...goodClaims(), iat: now - 10, exp: now + 3600 }
const header = { alg: 'RS256', kid: 'key_1', typ: 'JWT' }

const tokens = [
  await signer.sign(claims),
  await signer.sign({ ...claims, iat: undefined }),
  await signer.sign({ ...claims, exp: now - 5 }),
  await signer.sign({ ...claims, nbf: now + 3600 }),
  await signer.sign({ ...claims, iss: 'https://evil.com' }),
  await signer.sign({ ...claims, iss: undefined }),
  await signer.sign(claims, { kid: undefined }),
  await stranger.sign(claims),
  unsigned({ ...header, alg: 'HS256' }, claims),
  unsigned(header, claims, ''),
  unsigned(header, 'no JSON'),
  'garbage',
]

const token = fc.constantFrom(...tokens, tokens[0] as string, tokens[0] as string)

const cookie = fc
  .array(
    fc.oneof(
      token.map((value) => `__session=${value}`),
      fc
        .constantFrom('', '0', '00', '1', '-5', 'abc', ' ', `${now - 10}`, `${now - 9}`)
        .map((value) => `__client_uat=${value}`),
      fc.constantFrom('', 'a=b', '__session', '__client_uat_x=1', '__session_x=a', 'a=__client_uat=1', '"', '%00=%ff'),
    ),
    { maxLength: 5 },
  )
  .chain((list) => fc.constantFrom('; ', ';', ';  ', ' ; ').map((separator) => list.join(separator)))

/** No port that goes without saying: an Origin with one is read by 2.6.3 as that of another host. */
const origin = fc.constantFrom(
  ...['https://app.com', 'http://app.com', 'app.com', 'https://app.com:3000', 'https://evil.com', 'null', '', ' '],
)

const headers = fc.record(
  {
    authorization: fc
      .tuple(fc.constantFrom('', 'Bearer ', 'Basic ', 'X Bearer '), token)
      .map(([scheme, word]) => scheme + word),
    cookie,
    'user-agent': fc.constantFrom('Mozilla/5.0', 'Mozilla/5.0', 'Mozilla/5.0', 'curl/8', 'mozilla/5.0', ''),
    host: fc.constantFrom('app.com', 'app.com', 'APP.com', 'app.com:80', 'app.com:443', 'app.com:3000', '[::1]:3000'),
    origin,
    referer: fc.constantFrom('https://app.com/', 'https://evil.com/', 'junk', ''),
  },
  { requiredKeys: ['host'] },
)

/** Few have an Authorization header: it decides by itself. */
const requests = fc
  .tuple(headers, fc.integer({ min: 0, max: 3 }))
  .map(([{ authorization, ...others }, luck]) =>
    luck === 0 && authorization !== undefined ? { ...others, authorization } : others,
  )

type Guard = (req: never, res: never, next: (error?: unknown) => void) => Promise<void>

/** What a middleware makes of a request. */
async function outcome(guard: Guard, given: object) {
  const req: { headers: object; session?: object; sessionClaims?: unknown } = { headers: { ...given } }
  const written: unknown[] = []
  const res = {
    writeHead: (status: number, fields: Record<string, string>) => written.push(status, fields['Content-Type']),
    write: (text: string) => written.push(text),
    end: (text?: string) => (text === undefined ? undefined : written.push(text)),
  }
  const next = vi.fn()
  await guard(req as never, res as never, next)
  const [error] = (next.mock.calls[0] ?? []) as [Error?]
  // The messages of the original repeat the token, or what is in it.
  const message = error instanceof SyntaxError ? '' : error?.message.replace(/^(Failed to \w+ token: ).*/, '$1')
  return {
    written,
    nexts: next.mock.calls.length,
    error: error && { name: error.name, message },
    session: req.session && { ...req.session },
    claims: req.sessionClaims,
  }
}

describe.each(['test_key', 'live_key', 'sk_test_key'])('with the key %s', (apiKey) => {
  test.each(['expressWithSession', 'expressRequireSession'] as const)('%s does what 2.6.3 does', async (method) => {
    const { url } = await startClerkApi([signer.jwk])
    const ours = new Clerk({ apiKey, serverApiUrl: url })[method]()
    const original = new Original({ apiKey, serverApiUrl: url })[method]()
    const seen = new Set<string>()
    await fc.assert(
      fc.asyncProperty(requests, async (given) => {
        const [expected, found] = [
          await outcome(original as unknown as Guard, given),
          await outcome(ours as Guard, given),
        ]
        expect(found).toEqual(expected)
        seen.add(expected.error?.message ?? (expected.session ? 'in' : expected.written.length > 0 ? 'page' : 'out'))
      }),
      { numRuns: 700 },
    )
    // Or else nothing much was compared.
    expect(seen).toContain('in')
    expect(seen).toContain('page')
  })
})
