import { verifyWebhook as verifyWithBackend } from '@clerk/backend/webhooks'
import fc from 'fast-check'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { verifyWebhook } from '../src/webhooks/verify.js'
import { event, secret, signed } from './support/webhooks.js'

/** A request as standardwebhooks takes it. */
interface Attempt {
  secret: string
  id: string
  timestamp: string
  signature: string
  body: string
}

/** What this package is stricter in than standardwebhooks, by design. */
const rules: ((attempt: Attempt) => boolean)[] = [
  // A time is in seconds, with nothing around it: they sign what their parser makes of the header, and not the header.
  ({ timestamp }) => /^[1-9]\d{0,11}$/.test(timestamp),
  // A body has an event in it: they take any JSON, and nothing at all.
  ({ body: text }) => isEvent(text),
  // A secret is base64 as it is written, and has the length that the standard asks for.
  ({ secret: by }) => {
    const base64 = by.replace(/^whsec_/, '')
    const key = Buffer.from(base64, 'base64')
    return key.length >= 24 && key.toString('base64') === base64
  },
]

/** A signature ends where it ends: they pass over a second comma, and what comes after it. */
const plain = (signature: string): string =>
  signature
    .split(' ')
    .filter((entry) => entry.split(',').length === 2)
    .join(' ')

function isEvent(text: string): boolean {
  try {
    const { type, data: about } = JSON.parse(text)
    return typeof type === 'string' && typeof about === 'object' && about !== null && !Array.isArray(about)
  } catch {
    return false
  }
}

const oneOf = <Value>(...values: Value[]) => fc.constantFrom(...values)
const pieces = (good: string) =>
  fc
    .array(
      fc.oneof(
        { weight: 3, arbitrary: fc.constant(good) },
        { weight: 2, arbitrary: oneOf(' ', ' ', ',', 'v1,', 'v1a,', 'v2,', '=', '\t', ', ') },
        { weight: 1, arbitrary: oneOf(good.slice(3), good.toLowerCase(), good.slice(0, -1), `v1,${'A'.repeat(43)}=`) },
        { weight: 1, arbitrary: fc.string({ maxLength: 5 }) },
      ),
      { maxLength: 5 },
    )
    .map((parts) => parts.join(''))

const signingSecret = fc.oneof(
  fc.uint8Array({ minLength: 20, maxLength: 64 }).map((bytes) => `whsec_${Buffer.from(bytes).toString('base64')}`),
  oneOf(secret, secret.slice(6)),
)
const id = fc.oneof(
  fc.constant('msg_1'),
  fc.string({ minLength: 1 }).filter((text) => text.trim() !== ''),
)
const data = fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.constant(null)))
const body = fc.oneof(
  { weight: 8, arbitrary: data.map((given) => JSON.stringify({ object: 'event', type: 'user.created', data: given })) },
  { weight: 1, arbitrary: fc.json() },
  { weight: 1, arbitrary: oneOf('', '{"type":"a","data":{}', '\uFEFF{"type":"a","data":{}}', '{"type":"a"}') },
)
const offset = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: -290, max: 290 }) },
  { weight: 1, arbitrary: oneOf(-1e6, -310, 310, 1e6) },
)

/** What is done to a request after it was signed. Most are left alone, so that both verdicts are common. */
const change = (given: Attempt): fc.Arbitrary<Partial<Attempt>> =>
  fc.oneof(
    { weight: 3, arbitrary: fc.constant({}) },
    { weight: 3, arbitrary: pieces(given.signature).map((signature) => ({ signature })) },
    { weight: 1, arbitrary: fc.record({ id }) },
    { weight: 1, arbitrary: fc.record({ body }) },
    { weight: 1, arbitrary: fc.record({ secret: signingSecret }) },
    {
      weight: 1,
      arbitrary: oneOf<(time: string) => string>(
        (time) => `${time}.0`,
        (time) => `${time}abc`,
        (time) => ` ${time}`,
        (time) => `0${time}`,
        (time) => `${time}000`,
        (time) => `-${time}`,
        () => 'NaN',
        () => '',
        (time) => String(Number(time) + 1),
      ).map((write) => ({ timestamp: write(given.timestamp) })),
    },
  )

const attempts = fc
  .record({ secret: signingSecret, id, body, offset })
  .map(({ offset: seconds, ...request }): Attempt => {
    const sent = new Date(Date.now() + seconds * 1000)
    const signature = new Webhook(request.secret).sign(request.id, sent, request.body)
    return { ...request, timestamp: String(Math.floor(sent.getTime() / 1000)), signature }
  })
  .chain((attempt) => change(attempt).map((changes) => ({ ...attempt, ...changes })))

const headersOf = ({ id: name, timestamp, signature }: Attempt) => ({
  'webhook-id': name,
  'webhook-timestamp': timestamp,
  'webhook-signature': signature,
})

/** The event, when standardwebhooks accepts it and the rules do. */
function expected(attempt: Attempt): unknown {
  if (!rules.every((isKept) => isKept(attempt))) return undefined
  try {
    const headers = headersOf({ ...attempt, signature: plain(attempt.signature) })
    return { ...(new Webhook(attempt.secret).verify(attempt.body, headers) as object), object: 'event' }
  } catch {
    return undefined
  }
}

const total = 10_000

test(`of ${total} mutated requests exactly those are accepted that standardwebhooks accepts`, async () => {
  const counts = { accepted: 0, refused: 0 }
  await fc.assert(
    fc.asyncProperty(attempts, async (attempt) => {
      const request = { headers: headersOf(attempt), body: attempt.body }
      const got: unknown = await verifyWebhook(request, { signingSecret: attempt.secret }).catch(() => undefined)
      expect(got).toEqual(expected(attempt))
      counts[got === undefined ? 'refused' : 'accepted'] += 1
    }),
    { numRuns: total, seed: 20_300_101 },
  )
  // Both verdicts are common enough to mean something.
  expect(counts.accepted).toBeGreaterThan(total / 5)
  expect(counts.refused).toBeGreaterThan(total / 5)
})

test('a Request gives the event that verifyWebhook of the later official versions gives', async () => {
  const attributes = { http_request: { client_ip: '192.0.2.1', user_agent: 'curl' } }
  const { headers, body: text } = signed(JSON.stringify({ ...event, event_attributes: attributes }))
  const request = () => new Request('http://localhost/', { method: 'POST', headers, body: text })
  const verified = await verifyWebhook(request(), { signingSecret: secret })
  expect(verified).toEqual({ ...event, event_attributes: attributes })
  expect(verified).toEqual(await verifyWithBackend(request(), { signingSecret: secret }))
})
