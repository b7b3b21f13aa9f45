import type { SignedOutReason } from '../../src/middleware/reasons.js'
import type { ClerkApi } from '../support/clerk-api.js'
import { createSigner, goodClaims, type Signer, seconds, unsigned } from '../support/tokens.js'

// The table by which 2.6.3 decides: each row with every way to be in it.

export const signer: Signer = await createSigner('key_1')
const stranger = await createSigner('key_1')

const now = seconds()
const issuedAt = now - 10
const good = { ...goodClaims(), iat: issuedAt, exp: now + 3600 }
const header = { alg: 'RS256', kid: 'key_1' }

const tokens = {
  /** Valid. */
  v: await signer.sign(good),
  /** Expired. */
  x: await signer.sign({ ...good, exp: now - 5 }),
  /** Garbage. */
  g: 'garbage',
  /** Valid, without iat. */
  n: await signer.sign({ ...good, iat: undefined }),
  badSignature: await stranger.sign(good),
  hs256: unsigned({ ...header, alg: 'HS256' }, good),
  none: unsigned({ ...header, alg: 'none' }, good, ''),
  evilIssuer: await signer.sign({ ...good, iss: 'https://evil.com' }),
  noIssuer: await signer.sign({ ...good, iss: undefined }),
  unknownKey: await signer.sign(good, { kid: 'key_2' }),
  noKey: await signer.sign(good, { kid: undefined }),
}
const { v, x, g, n, badSignature } = tokens

type Headers = Record<string, string | undefined>

const M = 'Mozilla/5.0'
const host = 'app.example.com'
const evil = 'https://evil.com'
const same = `https://${host}/page`
const other = 'https://other.example.com/page'

/** A Cookie header; a cookie that is not given is not in it. */
function cookie(clientUat?: string | number, session?: string): Headers {
  const cookies = Object.entries({ other: '1', __client_uat: clientUat, __session: session })
  return { cookie: cookies.flatMap(([name, value]) => (value === undefined ? [] : [`${name}=${value}`])).join('; ') }
}

/** Each of the ones with each of the others. */
const each = (...dimensions: readonly (readonly Headers[])[]): Headers[] =>
  dimensions.reduce<Headers[]>((all, some) => all.flatMap((a) => some.map((b) => ({ ...a, ...b }))), [{}])

const browser = { 'user-agent': M }
const documents: Headers[] = [
  { 'sec-fetch-dest': 'document' },
  { 'sec-fetch-dest': 'document', accept: '*/*' },
  { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
]
const others: Headers[] = [
  { 'sec-fetch-dest': 'empty' },
  { 'sec-fetch-dest': 'empty', accept: 'text/html' },
  { 'sec-fetch-dest': 'iframe', accept: 'text/html' },
  { accept: 'application/json, text/html' },
]
const agents: Headers[] = [{}, { 'user-agent': 'curl/8' }, browser]
const referers: Headers[] = [{ referer: same }, { referer: other }]

type Key = 'test' | 'live' | 'sk_test'

interface Refusal {
  reason: SignedOutReason
  name?: string
  message?: string | RegExp
  status?: number
}

export interface Row {
  row: string
  keys: readonly Key[]
  requests: readonly Headers[]
  outcome: 'IN' | 'INT' | Refusal
  /** What the API is asked for. */
  asked: ReturnType<ClerkApi['asked']>
  jwksIsDown?: true
}

const any: readonly Key[] = ['test', 'live']

const bearer = (token: string): Headers => ({ authorization: `Bearer ${token}` })

const expired = { reason: 'expired', name: 'TokenExpiredError', message: 'jwt expired' } as const
const jwksDown = {
  reason: 'keys-unavailable',
  name: 'JwksError',
  message: 'Internal Server Error',
  status: 503,
} as const

export const rows: readonly Row[] = [
  {
    row: '1 a good token in the header, whatever else there is',
    keys: any,
    requests: each([bearer(v), { authorization: v }], [{}, { origin: same }, { origin: evil }], [{}, cookie(0)]),
    outcome: 'IN',
    asked: ['jwks'],
  },
  { row: '2 an expired token in the header', keys: any, requests: [bearer(x)], outcome: expired, asked: ['jwks'] },
  {
    row: '3 a wrong signature',
    keys: any,
    requests: [bearer(badSignature)],
    outcome: { reason: 'wrong-signature', name: 'JsonWebTokenError', message: 'invalid signature' },
    asked: ['jwks'],
  },
  {
    row: '3 HS256',
    keys: any,
    requests: [bearer(tokens.hs256)],
    outcome: { reason: 'wrong-algorithm', name: 'JsonWebTokenError', message: 'invalid algorithm' },
    asked: [],
  },
  {
    row: '3 alg none',
    keys: any,
    requests: [bearer(tokens.none)],
    outcome: { reason: 'wrong-signature', name: 'JsonWebTokenError', message: 'jwt signature is required' },
    asked: [],
  },
  {
    row: '4 another issuer',
    keys: any,
    requests: [bearer(tokens.evilIssuer)],
    outcome: { reason: 'wrong-issuer', name: 'Error', message: 'Invalid issuer: https://evil.com' },
    asked: ['jwks'],
  },
  {
    row: '4 no issuer',
    keys: any,
    requests: [bearer(tokens.noIssuer)],
    outcome: { reason: 'wrong-issuer', name: 'Error', message: 'Malformed token' },
    asked: ['jwks'],
  },
  {
    row: '5 an unknown key id',
    keys: any,
    requests: [bearer(tokens.unknownKey)],
    outcome: {
      reason: 'unknown-key',
      name: 'SigningKeyNotFoundError',
      message: "Unable to find a signing key that matches 'key_2'",
    },
    asked: ['jwks'],
  },
  {
    row: '5 the key set cannot be had',
    keys: any,
    requests: [bearer(v)],
    outcome: jwksDown,
    asked: ['jwks'],
    jwksIsDown: true,
  },
  { row: '6 no key id, one key', keys: any, requests: [bearer(tokens.noKey)], outcome: 'IN', asked: ['jwks'] },
  {
    row: '7 a header that carries no token, with good cookies',
    keys: any,
    requests: ['', 'Bearer', 'Bearer ', 'Bearer zz', 'Bearer null', 'Basic dTpw', `X Bearer ${v}`, `${v} ${v}`].map(
      (authorization) => ({ authorization, ...browser, ...cookie(1, v) }),
    ),
    outcome: { reason: 'not-a-jwt' },
    asked: [],
  },
  {
    row: '7, widened: the scheme in any case, with any number of spaces',
    keys: any,
    requests: [`bearer ${v}`, `BEARER ${v}`, `Bearer  ${v}`, `bEARER     ${v}`].map((authorization) => ({
      authorization,
      ...browser,
      ...cookie(1, v),
    })),
    outcome: 'IN',
    asked: ['jwks'],
  },
  {
    row: '8 no browser, with good cookies',
    keys: ['test'],
    requests: each([{}, { 'user-agent': 'curl/8' }], [{}, ...referers], [cookie(1, v)]),
    outcome: { reason: 'not-a-browser' },
    asked: [],
  },
  {
    row: '9 no Referer, whatever the cookies',
    keys: ['test'],
    requests: each(
      [browser, { ...browser, referer: '' }],
      [{}, cookie(0, v), cookie(1, v), cookie(1), cookie(1, x), cookie(undefined, g)],
    ),
    outcome: 'INT',
    asked: ['interstitial'],
  },
  {
    row: '10 a page of another origin',
    keys: ['test'],
    requests: [{ ...browser, origin: evil, referer: same, ...cookie(1, v) }],
    outcome: { reason: 'cross-origin' },
    asked: [],
  },
  {
    row: '10, for a live key',
    keys: ['live'],
    requests: each(
      agents,
      [evil, 'null', `https://${host}/`, `https://${host}:8443`].map((origin) => ({ origin })),
      [cookie(1, v)],
    ),
    outcome: { reason: 'cross-origin' },
    asked: [],
  },
  {
    row: '11 no cookies',
    keys: ['test'],
    requests: each([browser], referers),
    outcome: 'INT',
    asked: ['interstitial'],
  },
  {
    row: '12 a session without __client_uat',
    keys: ['test'],
    requests: each([browser], referers, [cookie(undefined, v), cookie('', v), cookie(undefined, n), cookie('', n)]),
    outcome: 'INT',
    asked: ['jwks', 'interstitial'],
  },
  {
    row: '13 an expired session',
    keys: ['test'],
    requests: each([{ ...browser, referer: same }], [cookie(undefined, x), cookie(1, x)]),
    outcome: expired,
    asked: ['jwks'],
  },
  {
    row: '13, narrowed: an expired session that a page is asked for with',
    keys: ['test'],
    requests: each([{ ...browser, referer: same }], documents, [cookie(undefined, x), cookie(1, x)]),
    outcome: 'INT',
    asked: ['jwks', 'interstitial'],
  },
  {
    row: '13 an expired session that something else than a page is asked for with',
    keys: ['test'],
    requests: each([{ ...browser, referer: same }], others, [cookie(1, x)]),
    outcome: expired,
    asked: ['jwks'],
  },
  {
    row: '13 a session that is no token',
    keys: ['test'],
    requests: each([{ ...browser, referer: same }], [cookie(undefined, g), cookie(1, g)]),
    outcome: { reason: 'not-a-jwt', name: 'Error', message: /^Failed to verify/ },
    asked: [],
  },
  {
    row: '14 signed out, as __client_uat says',
    keys: ['test'],
    requests: each([browser], referers, [cookie(0), cookie(0, v), cookie(0, x), cookie(0, g)]),
    outcome: { reason: 'signed-out' },
    asked: [],
  },
  {
    row: '15 good cookies',
    keys: ['test'],
    requests: each(
      [browser],
      referers,
      [{}, { origin: `https://${host}` }, { origin: `http://${host}` }],
      [cookie(1, v), cookie(-5, v)],
    ),
    outcome: 'IN',
    asked: ['jwks'],
  },
  {
    row: '16 a session that is older than the last sign-in',
    keys: ['test'],
    requests: each([{ ...browser, referer: same }], [cookie(issuedAt + 1, v), cookie('abc', v)]),
    outcome: 'INT',
    asked: ['jwks', 'interstitial'],
  },
  {
    row: '17 a sign-in without a session',
    keys: ['test'],
    requests: each([{ ...browser, referer: same }], [cookie(1), cookie(1, '')]),
    outcome: 'INT',
    asked: ['interstitial'],
  },
  {
    row: '17 a session that does not say when it was issued',
    keys: ['test'],
    requests: [{ ...browser, referer: same, ...cookie(1, n) }],
    outcome: 'INT',
    asked: ['jwks', 'interstitial'],
  },
  {
    row: '18 no cookies',
    keys: ['live'],
    requests: each(agents, [{}, ...referers], [{}, cookie(), cookie(''), cookie('', '')]),
    outcome: { reason: 'no-token' },
    asked: [],
  },
  {
    row: '18 a session without __client_uat',
    keys: ['live'],
    requests: each(agents, [{}, ...referers], [cookie(undefined, v), cookie('', v), cookie('', x), cookie('', g)]),
    outcome: { reason: 'no-client-uat' },
    asked: [],
  },
  {
    row: '19 signed out, as __client_uat says',
    keys: ['live'],
    requests: each(agents, [{}, ...referers], [cookie(0), cookie(0, v), cookie(0, x)]),
    outcome: { reason: 'signed-out' },
    asked: [],
  },
  {
    row: '20 good cookies',
    keys: ['live'],
    requests: each(agents, [{}, ...referers], [cookie(1, v), cookie(issuedAt, v), cookie('00', v)]),
    outcome: 'IN',
    asked: ['jwks'],
  },
  {
    row: '21 a sign-in without a session',
    keys: ['live'],
    requests: each(agents, [{}, ...referers], [cookie(1), cookie(1, '')]),
    outcome: 'INT',
    asked: ['interstitial'],
  },
  {
    row: '21 a session that does not say when it was issued',
    keys: ['live'],
    requests: each(agents, [cookie(1, n)]),
    outcome: 'INT',
    asked: ['jwks', 'interstitial'],
  },
  {
    row: '22 a session that is older than the last sign-in',
    keys: ['live'],
    requests: [cookie(issuedAt + 1, v), cookie('abc', v)],
    outcome: 'INT',
    asked: ['jwks', 'interstitial'],
  },
  {
    row: '23 an expired session',
    keys: ['live'],
    requests: [cookie(1, x), cookie(issuedAt + 1, x), cookie('abc', x)],
    outcome: expired,
    asked: ['jwks'],
  },
  {
    row: '23, narrowed: an expired session that a page is asked for with',
    keys: ['live'],
    requests: each(documents, [cookie(1, x), cookie(issuedAt + 1, x)]),
    outcome: 'INT',
    asked: ['jwks', 'interstitial'],
  },
  {
    row: '23 an expired session that something else than a page is asked for with',
    keys: ['live'],
    requests: each(others, [cookie(1, x)]),
    outcome: expired,
    asked: ['jwks'],
  },
  {
    row: '23 a session that is no token, that a page is asked for with',
    keys: ['live'],
    requests: each(documents, [cookie(1, g)]),
    outcome: { reason: 'not-a-jwt', name: 'Error', message: /^Failed to verify/ },
    asked: [],
  },
  {
    row: '23 a session that is no token',
    keys: ['live'],
    requests: [cookie(1, g), cookie(issuedAt + 1, g), cookie('abc', g)],
    outcome: { reason: 'not-a-jwt', name: 'Error', message: /^Failed to verify/ },
    asked: [],
  },
  {
    row: '23 a session with a wrong signature',
    keys: ['live'],
    requests: [cookie(1, badSignature), cookie(issuedAt + 1, badSignature), cookie('abc', badSignature)],
    outcome: { reason: 'wrong-signature', name: 'JsonWebTokenError', message: 'invalid signature' },
    asked: ['jwks'],
  },
  {
    row: '24 two sessions, of which the first is good',
    keys: ['live'],
    requests: [{ ...browser, cookie: `__client_uat=1; __session=${v}; __session=${g}` }],
    outcome: 'IN',
    asked: ['jwks'],
  },
  {
    row: '24 two sessions, of which the first is no token',
    keys: ['live'],
    requests: [{ ...browser, cookie: `__client_uat=1; __session=${g}; __session=${v}` }],
    outcome: { reason: 'not-a-jwt', message: /^Failed to verify/ },
    asked: [],
  },
  {
    row: '25 the key set cannot be had',
    keys: ['live'],
    requests: [{ ...browser, ...cookie(1, v) }],
    outcome: jwksDown,
    asked: ['jwks'],
    jwksIsDown: true,
  },
  {
    row: '26 a key in the newer form counts as a live one',
    keys: ['sk_test'],
    requests: agents,
    outcome: { reason: 'no-token' },
    asked: [],
  },
]
