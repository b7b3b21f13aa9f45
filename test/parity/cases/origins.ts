import type { Case, Differs } from '../case.js'
import { absent } from '../difference.js'
import { type Visit, visit } from '../middleware.js'
import { keySet, makeToken } from '../tokens.js'

const cookie = `__client_uat=1; __session=${makeToken()}`

type Outcome = 'same' | 'other'

/** A visitor with good cookies: is the Origin of the request that of the application? */
const asking = (title: string, headers: Record<string, string>, outcome: Outcome, differs: Differs = {}): Case => {
  const given: Visit = {
    guard: (clerk) => clerk.expressWithSession(),
    headers: { ...headers, cookie },
    keys: keySet,
  }
  return {
    title,
    observe: async (subject, recorder) => {
      const { status, body, asked } = (await visit(subject, recorder, given)) as Record<string, unknown>
      return { status, outcome: (body as { session?: unknown }).session ? 'same' : 'other', asked }
    },
    like: { status: 200, outcome },
    differs,
  }
}

const nowSame: Differs[keyof Differs] = { outcome: ['other', 'same'], 'asked.0': [absent, '/v1/jwks'] }
const nowOther: Differs[keyof Differs] = { outcome: ['same', 'other'], 'asked.0': ['/v1/jwks', absent] }

const rows: readonly [origin: string | undefined, host: string, Outcome, Differs?][] = [
  [undefined, 'app.com', 'same'],
  ['', 'app.com', 'same'],
  ['http://app.com', 'app.com', 'same'],
  ['https://app.com', 'app.com', 'same'],
  ['https://app.com', 'APP.com', 'same'],
  ['https://app.com:8080', 'app.com:8080', 'same'],
  ['https://app.com', 'app.com:443', 'same'],
  ['http://app.com', 'app.com:80', 'same'],
  ['http://[::1]:8080', '[::1]:8080', 'same'],
  ['http://localhost:3000', 'localhost:3000', 'same'],
  ['null', 'app.com', 'other'],
  ['https://evil.com', 'app.com', 'other'],
  ['https://app.com.evil.com', 'app.com', 'other'],
  ['https://evilapp.com', 'app.com', 'other'],
  ['https://app.com:8080', 'app.com', 'other'],
  ['https://app.com', 'app.com:8080', 'other'],
  ['https://sub.app.com', 'app.com', 'other'],
  ['http://localhost:80', 'localhost:443', 'other'],
  ['https://APP.com', 'app.com', 'other', { originForm: nowSame }],
  ['https://app.com:443', 'app.com', 'other', { originForm: nowSame }],
  ['https://app.com:443', 'app.com:443', 'other', { originForm: nowSame }],
  ['http://app.com:80', 'app.com', 'other', { originForm: nowSame }],
]

const behindProxy = { host: 'internal:3000', origin: 'https://app.com' }

export const originCases: Case[] = [
  ...rows.map(([origin, host, outcome, differs]) =>
    asking(
      `Origin ${origin ?? 'missing'}, Host ${host}`,
      { host, ...(origin !== undefined && { origin }) },
      outcome,
      differs,
    ),
  ),
  asking('a proxy that changes Host and says so', { ...behindProxy, 'x-forwarded-host': 'app.com' }, 'other', {
    forwardedHost: nowSame,
  }),
  asking(
    'two proxies that change Host and say so',
    { ...behindProxy, 'x-forwarded-host': 'app.com, middle.internal' },
    'other',
    { forwardedHost: nowSame },
  ),
  asking(
    'a proxy that changes Host and port and says so',
    { host: 'internal', origin: 'https://app.com:8443', 'x-forwarded-host': 'app.com', 'x-forwarded-port': '8443' },
    'other',
    { forwardedHost: nowSame },
  ),
  asking(
    'a proxy that changes Host to another than the Origin',
    { ...behindProxy, 'x-forwarded-host': 'b.com' },
    'other',
  ),
  asking(
    'a proxy that says another host than Host, which is that of the Origin',
    { host: 'app.com', origin: 'https://app.com', 'x-forwarded-host': 'b.com' },
    'same',
    { forwardedHost: nowOther },
  ),
]
