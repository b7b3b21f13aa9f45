import { expect } from 'vitest'
import type { Case, Differs } from '../case.js'
import { absent, differences } from '../difference.js'
import { type Guard, type Visit, visit } from '../middleware.js'
import type { Reply } from '../recorder.js'
import { claiming, keySet, makeToken, seconds, strangersKey } from '../tokens.js'

const now = seconds()
const issuedAt = now - 10

const tokenOf = (claims: object): string => claiming({ iat: issuedAt, ...claims })

const good = tokenOf({})
const expired = tokenOf({ exp: now - 5 })
const withoutIat = tokenOf({ iat: undefined })
const stranger = makeToken({ key: strangersKey })
const garbage = 'garbage'

/** Signed in; shown the page between; or signed out, for this reason. */
type Outcome = 'in' | 'page' | { out: string }

const nobody: Outcome = { out: 'Unauthenticated' }

interface Visitor {
  who: string
  headers: Record<string, string>
  outcome: Outcome
  /** What becomes of the visitor in ours, and why, where that is something else. */
  ours?: { as: keyof Differs; outcome?: Outcome; asked?: readonly [original: unknown, ours: unknown] }
  /** What the API answers, where that matters. */
  keys?: Reply
  interstitial?: Reply
}

const browser = { 'user-agent': 'Mozilla/5.0 (X11; Linux)' }
const page = { ...browser, referer: 'http://app.example.com/home' }
const document = { 'sec-fetch-dest': 'document' }
const elsewhere = { ...browser, referer: 'https://other.example.com/' }

const cookies = (uat?: string | number, session?: string): { cookie: string } => {
  const pairs = { __client_uat: uat, __session: session }
  const given = Object.entries(pairs).filter(([, value]) => value !== undefined)
  return { cookie: ['theme=dark', ...given.map(([name, value]) => `${name}=${value}`)].join('; ') }
}

const bearer = (token: string): { authorization: string } => ({ authorization: `Bearer ${token}` })
const out = (message: string): Outcome => ({ out: message })
const notAToken = { outcome: out('Failed to verify token: it is not a JWT'), as: 'tellingTokens' } as const
const garbled = out(`Failed to verify token: ${garbage}`)
const signedIn = { outcome: 'in', as: 'bearer', asked: [absent, '/v1/jwks'] } as const
const shown = { outcome: 'page', as: 'interstitialExpired' } as const
const hopeless = { as: 'hopelessToken', asked: ['/v1/jwks', absent] } as const
const down: Reply = { status: 500 }

/** Rows 1 to 7 of the truth table: an Authorization header decides, whatever the key of the instance. */
const withHeader: readonly Visitor[] = [
  { who: 'a good token', headers: bearer(good), outcome: 'in' },
  { who: 'a good token without its scheme', headers: { authorization: good }, outcome: 'in' },
  { who: 'a good token from another origin', headers: { ...bearer(good), origin: 'https://evil.com' }, outcome: 'in' },
  { who: 'a good token and cookies that say no', headers: { ...bearer(good), ...cookies(0) }, outcome: 'in' },
  {
    who: 'a good token that names no key',
    headers: bearer(makeToken({ header: { kid: undefined } })),
    outcome: 'in',
  },
  { who: 'an expired token', headers: bearer(expired), outcome: out('jwt expired') },
  { who: 'a token of a stranger', headers: bearer(stranger), outcome: out('invalid signature') },
  {
    who: 'a token by HS256',
    headers: bearer(makeToken({ alg: 'HS256' })),
    outcome: out('invalid algorithm'),
    ours: hopeless,
  },
  {
    who: 'a token without a signature',
    headers: bearer(makeToken({ alg: 'none' })),
    outcome: out('jwt signature is required'),
    ours: hopeless,
  },
  {
    who: 'a token of another issuer',
    headers: bearer(tokenOf({ iss: 'https://evil.com' })),
    outcome: out('Invalid issuer: https://evil.com'),
  },
  { who: 'a token without an issuer', headers: bearer(tokenOf({ iss: undefined })), outcome: out('Malformed token') },
  {
    who: 'a token with an unknown key',
    headers: bearer(makeToken({ header: { kid: 'nobody' } })),
    outcome: out("Unable to find a signing key that matches 'nobody'"),
  },
  {
    who: 'a token while the keys cannot be had',
    headers: bearer(good),
    outcome: out('Internal Server Error'),
    keys: down,
  },
  ...['', 'Bearer', `Bearer ${garbage}`, 'Basic dTpw', `X Bearer ${good}`].map((authorization) => ({
    who: `good cookies, but Authorization: ${authorization.replace(good, '(token)')}`,
    headers: { ...page, ...cookies(1, good), authorization },
    outcome: nobody,
  })),
  { who: 'bearer in lower case', headers: { authorization: `bearer ${good}` }, outcome: nobody, ours: signedIn },
  { who: 'a scheme with two spaces', headers: { authorization: `Bearer  ${good}` }, outcome: nobody, ours: signedIn },
]

/** Rows 8 to 17: cookies, with the key of a development instance. */
const inDevelopment: readonly Visitor[] = [
  { who: 'good cookies without a user agent', headers: cookies(1, good), outcome: nobody },
  { who: 'good cookies of curl', headers: { ...page, 'user-agent': 'curl/8.0', ...cookies(1, good) }, outcome: nobody },
  { who: 'good cookies without a referer', headers: { ...browser, ...cookies(1, good) }, outcome: 'page' },
  { who: 'cookies that say no, without a referer', headers: { ...browser, ...cookies(0) }, outcome: 'page' },
  {
    who: 'good cookies from another origin',
    headers: { ...page, ...cookies(1, good), origin: 'https://evil.com' },
    outcome: nobody,
  },
  { who: 'no cookies', headers: page, outcome: 'page' },
  { who: 'no cookies, from another page', headers: elsewhere, outcome: 'page' },
  { who: 'a session alone', headers: { ...page, ...cookies(undefined, good) }, outcome: 'page' },
  { who: 'a session and an empty time', headers: { ...page, ...cookies('', good) }, outcome: 'page' },
  { who: 'a session without iat alone', headers: { ...page, ...cookies(undefined, withoutIat) }, outcome: 'page' },
  {
    who: 'an expired session alone',
    headers: { ...page, ...cookies(undefined, expired) },
    outcome: out('jwt expired'),
  },
  { who: 'an expired session', headers: { ...page, ...cookies(1, expired) }, outcome: out('jwt expired') },
  {
    who: 'an expired session for a page',
    headers: { ...page, ...document, ...cookies(1, expired) },
    outcome: out('jwt expired'),
    ours: shown,
  },
  { who: 'a session of garbage', headers: { ...page, ...cookies(1, garbage) }, outcome: garbled, ours: notAToken },
  { who: 'cookies that say no', headers: { ...page, ...cookies(0, good) }, outcome: nobody },
  { who: 'cookies that say no, from another page', headers: { ...elsewhere, ...cookies(0) }, outcome: nobody },
  { who: 'good cookies', headers: { ...page, ...cookies(1, good) }, outcome: 'in' },
  { who: 'good cookies and a negative time', headers: { ...page, ...cookies(-5, good) }, outcome: 'in' },
  {
    who: 'good cookies from its own origin',
    headers: { ...page, ...cookies(1, good), origin: 'http://app.example.com' },
    outcome: 'in',
  },
  { who: 'good cookies, from another page', headers: { ...elsewhere, ...cookies(1, good) }, outcome: 'in' },
  { who: 'a session older than the time', headers: { ...page, ...cookies(now + 5, good) }, outcome: 'page' },
  { who: 'a time that is no number', headers: { ...page, ...cookies('abc', good) }, outcome: 'page' },
  { who: 'a time alone', headers: { ...page, ...cookies(1) }, outcome: 'page' },
  { who: 'a time and an empty session', headers: { ...page, ...cookies(1, '') }, outcome: 'page' },
  { who: 'a session without iat', headers: { ...page, ...cookies(1, withoutIat) }, outcome: 'page' },
]

/** Rows 18 to 25: cookies, with the key of a production instance. */
const inProduction: readonly Visitor[] = [
  { who: 'no cookies', headers: {}, outcome: nobody },
  { who: 'a session alone', headers: cookies(undefined, good), outcome: nobody },
  { who: 'a session and an empty time', headers: cookies('', good), outcome: nobody },
  { who: 'cookies that say no', headers: cookies(0, good), outcome: nobody },
  { who: 'good cookies', headers: cookies(1, good), outcome: 'in' },
  { who: 'good cookies of curl', headers: { 'user-agent': 'curl/8.0', ...cookies(1, good) }, outcome: 'in' },
  { who: 'a session of the very second', headers: cookies(issuedAt, good), outcome: 'in' },
  { who: 'good cookies and a time of 00', headers: cookies('00', good), outcome: 'in' },
  { who: 'a time alone', headers: cookies(1), outcome: 'page' },
  { who: 'a time and an empty session', headers: cookies(1, ''), outcome: 'page' },
  { who: 'a session without iat', headers: cookies(1, withoutIat), outcome: 'page' },
  { who: 'a session older than the time', headers: cookies(issuedAt + 1, good), outcome: 'page' },
  { who: 'a time that is no number', headers: cookies('abc', good), outcome: 'page' },
  ...Object.entries({ 'an early time': 1, 'a late time': now + 5, 'a time that is none': 'abc' }).flatMap(
    ([what, uat]): Visitor[] => [
      { who: `an expired session and ${what}`, headers: cookies(uat, expired), outcome: out('jwt expired') },
      { who: `garbage and ${what}`, headers: cookies(uat, garbage), outcome: garbled, ours: notAToken },
      {
        who: `a stranger's session and ${what}`,
        headers: cookies(uat, stranger),
        outcome: out('invalid signature'),
      },
    ],
  ),
  {
    who: 'an expired session for a page',
    headers: { ...document, ...cookies(1, expired) },
    outcome: out('jwt expired'),
    ours: shown,
  },
  {
    who: 'an expired session for a page, by a browser that does not say what for',
    headers: { accept: 'text/html,*/*;q=0.8', ...cookies(1, expired) },
    outcome: out('jwt expired'),
    ours: shown,
  },
  {
    who: 'an expired session for a script',
    headers: { 'sec-fetch-dest': 'empty', accept: 'text/html', ...cookies(1, expired) },
    outcome: out('jwt expired'),
  },
  {
    who: 'two sessions, the first good',
    headers: { cookie: `__client_uat=1; __session=${good}; __session=${garbage}` },
    outcome: 'in',
  },
  {
    who: 'two sessions, the second good',
    headers: { cookie: `__client_uat=1; __session=${garbage}; __session=${good}` },
    outcome: garbled,
    ours: notAToken,
  },
  {
    who: 'good cookies while the keys cannot be had',
    headers: cookies(1, good),
    outcome: out('Internal Server Error'),
    keys: down,
  },
  {
    who: 'a time alone, while the page cannot be had',
    headers: cookies(1),
    outcome: out('Response code 500 (Internal Server Error)'),
    interstitial: down,
  },
]

/** Row 26: a key in today's form counts as that of a production instance, whatever it says. */
const withNewKey: readonly Visitor[] = [
  { who: 'no cookies', headers: browser, outcome: nobody },
  { who: 'no cookies and curl', headers: { 'user-agent': 'curl/8.0' }, outcome: nobody },
]

type Mode = 'expressWithSession' | 'expressRequireSession'

/** What a visitor gets. */
function seen(outcome: Outcome, mode: Mode, status = 500): object {
  if (outcome === 'in') {
    const body = { session: { id: 'sess_1', userId: 'user_1' }, claims: expect.any(Object) }
    return { status: 200, type: 'application/json', body }
  }
  if (outcome === 'page') return { status: 401, type: 'text/html', body: '<html>one moment</html>' }
  const type = 'application/json'
  if (mode === 'expressWithSession') return { status: 200, type, body: { session: null, claims: null } }
  const error = outcome.out.startsWith('Response code') ? '' : outcome.out
  return { status, type, body: { failed: expect.any(String), error } }
}

/** 2.6.3 gives the error of a signed-out visitor no status. */
function refusedBy(visitor: Visitor, mode: Mode): Differs {
  if (mode === 'expressWithSession' || typeof visitor.outcome === 'string') return {}
  if (typeof visitor.ours?.outcome === 'string') return {}
  if (visitor.interstitial) return { errorName: { 'body.failed': ['Error', 'HttpError'] } }
  return visitor.keys ? { keySetStatus: { status: [500, 503] } } : { strictStatus: { status: [500, 401] } }
}

const visiting = (kind: string, apiKey: string, mode: Mode, visitor: Visitor): Case => {
  const { who, outcome, ours } = visitor
  const given: Visit = { guard: (clerk: Guard) => clerk[mode](), apiKey, keys: keySet, ...visitor }
  const other = ours && {
    ...differences(seen(outcome, mode), seen(ours.outcome ?? outcome, mode)),
    ...(ours.outcome === 'page' && { 'asked.1': [absent, '/v1/internal/interstitial'] }),
    ...(ours.asked && { 'asked.0': ours.asked }),
  }
  return {
    title: `${mode} with ${kind}: ${who}`,
    observe: (subject, recorder) => visit(subject, recorder, given),
    like: seen(outcome, mode),
    differs: { ...refusedBy(visitor, mode), ...(ours && { [ours.as]: other }) },
  }
}

const groups: readonly [kind: string, apiKey: string, visitors: readonly Visitor[]][] = [
  ['the key of a development instance', 'test_key', [...withHeader, ...inDevelopment]],
  ['the key of a production instance', 'live_key', [...withHeader, ...inProduction]],
  ['a key in the new form', 'sk_test_key', withNewKey],
]

export const visitorCases: Case[] = (['expressWithSession', 'expressRequireSession'] as const).flatMap((mode) =>
  groups.flatMap(([kind, apiKey, visitors]) => visitors.map((visitor) => visiting(kind, apiKey, mode, visitor))),
)
