import { inspect } from 'node:util'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { WebhookRequest } from '../src/webhooks/body.js'
import { assertRecent } from '../src/webhooks/signature.js'
import { verifyWebhook } from '../src/webhooks/verify.js'
import { clearEnvironment } from './support/environment.js'
import { event, fault, refusal, secret, signed } from './support/webhooks.js'

clearEnvironment()
beforeEach(() => {
  vi.stubEnv('CLERK_WEBHOOK_SIGNING_SECRET', secret)
})

describe('verifyWebhook gives the event', () => {
  test.each(['svix', 'webhook'] as const)('that was signed, by the headers of %s', async (prefix) => {
    expect(await verifyWebhook(signed(undefined, { prefix }))).toEqual(event)
  })

  test('with object: event, also where the body does not say it', async () => {
    const { object: _, ...bare } = event
    expect(await verifyWebhook(signed(JSON.stringify(bare)))).toEqual(event)
  })

  test('with data of the type that the caller names', async () => {
    const { data } = await verifyWebhook<{ id: string }>(signed())
    expect(data.id.toUpperCase()).toBe('USER_1')
  })

  test('as often as it is sent: a sender repeats what was not answered, with the same id', async () => {
    const request = signed()
    expect(await verifyWebhook(request)).toEqual(await verifyWebhook(request))
  })

  test('with a __proto__ in it as a plain name', async () => {
    const verified = await verifyWebhook(signed('{"type":"a","data":{"id":"1"},"__proto__":{"polluted":true}}'))
    expect(Object.getPrototypeOf(verified)).toBe(Object.prototype)
    expect(verified).not.toHaveProperty('polluted')
  })
})

describe('the signing secret', () => {
  test('is that of the environment at the call, unless there is an option', async () => {
    const other = `whsec_${Buffer.alloc(32, 'other').toString('base64')}`
    const request = signed(undefined, { secret: other })
    expect(await fault(request, {})).toEqual(refusal('signature_mismatch'))
    expect(await verifyWebhook(request, { signingSecret: other })).toEqual(event)
    vi.stubEnv('CLERK_WEBHOOK_SIGNING_SECRET', other)
    expect(await verifyWebhook(request)).toEqual(event)
    expect(await verifyWebhook(request, null)).toEqual(event)
  })

  test('may lack its prefix', async () => {
    expect(await verifyWebhook(signed(), { signingSecret: secret.replace('whsec_', '') })).toEqual(event)
  })

  test('is missed when there is none, and an option that is empty is none', async () => {
    expect(await fault(signed(), { signingSecret: '' })).toEqual(refusal('secret_missing', 500))
    vi.stubEnv('CLERK_WEBHOOK_SIGNING_SECRET', undefined)
    const { message } = await fault(signed(), {})
    expect(message).toMatch(/set CLERK_WEBHOOK_SIGNING_SECRET or pass \{ signingSecret \}/)
    vi.stubEnv('CLERK_WEBHOOK_SIGNING_SECRET', '')
    expect(await fault(signed(), {})).toEqual(refusal('secret_missing', 500))
  })

  const bytes = Buffer.alloc(25, 0xff)
  test.each([
    ['only the prefix', 'whsec_'],
    ['23 bytes', `whsec_${Buffer.alloc(23, 'short').toString('base64')}`],
    ['a space at the end', `${secret} `],
    ['a line break at the end', `${secret}\n`],
    ['quotes', `"${secret}"`],
    ['the prefix twice', `whsec_${secret}`],
    ['another prefix', secret.replace('whsec_', 'whpk_')],
    ['the prefix in capitals', secret.replace('whsec_', 'WHSEC_')],
    ['base64url', `whsec_${bytes.toString('base64url')}`],
    ['no padding', `whsec_${bytes.toString('base64').replace(/=+$/, '')}`],
    ['too much padding', `${secret}=`],
    ['hexadecimal of an odd length', `whsec_${'ab'.repeat(20)}a`],
    ['a key of the API', 'sk_test_ZGVtbyBrZXkgb2YgYW4gaW5zdGFuY2U'],
    ['something else than a text', 5 as unknown as string],
  ])('is refused as malformed, and not shown, with %s', async (_, signingSecret) => {
    const error = await fault(signed(), { signingSecret })
    expect(error).toEqual(refusal('secret_malformed', 500))
    expect(error.message).toBe(
      'The signing secret of the webhook is malformed: it must be whsec_ and the base64 of 24 bytes or more, as the dashboard shows it, without spaces, line breaks or quotes.',
    )
  })
})

describe('the time of an event', () => {
  const now = Date.UTC(2030, 0, 1)
  const at = (seconds: number | string) => () =>
    assertRecent({ id: 'msg_1', timestamp: String(seconds), signature: '' }, now)

  test.each([0, -300, 300])('may be %d seconds from now', (distance) => {
    expect(at(now / 1000 + distance)).not.toThrow()
  })

  test.each([-301, 301, -1e6, 1e6])('may not be %d seconds from now, and both times are told', (distance) => {
    const sent = new Date(now + distance * 1000).toISOString()
    expect(at(now / 1000 + distance)).toThrow(refusal('timestamp_out_of_tolerance'))
    expect(at(now / 1000 + distance)).toThrow(new RegExp(`sent at ${sent}, .* from now, 2030-01-01T00:00:00.000Z`))
  })

  test.each(['0', '999999999999'])('may not be %s, however far that is', (timestamp) => {
    expect(at(timestamp)).toThrow(refusal('timestamp_out_of_tolerance'))
  })

  const seconds = now / 1000
  test.each([
    ...['NaN', 'now', '-1', '+1', '1e9', '0x5e0be100', 'Infinity', '1,2', ` ${seconds}`, `${seconds}.5`, `${seconds}s`],
    ...[String(now), '9'.repeat(400), '٣'],
  ])('may not be %s', (timestamp) => {
    expect(at(timestamp)).toThrow(refusal('headers_malformed'))
  })

  test('is that of the clock', async () => {
    expect(await fault(signed(undefined, { at: Date.now() - 310_000 }))).toEqual(refusal('timestamp_out_of_tolerance'))
    expect(await fault(signed(undefined, { at: Date.now() + 310_000 }))).toEqual(refusal('timestamp_out_of_tolerance'))
    expect(await verifyWebhook(signed(undefined, { at: Date.now() - 290_000 }))).toEqual(event)
  })
})

describe('the headers', () => {
  const at = Date.now()
  const request = signed(undefined, { at })
  const { headers } = request
  const verify = (given: WebhookRequest['headers']) => verifyWebhook({ ...request, headers: given })

  test('may be in any case, in a list of one, or of the Fetch API', async () => {
    const upper = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]))
    const lists = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]))
    for (const given of [upper, lists, new Headers(headers)]) expect(await verify(given)).toEqual(event)
  })

  test('that are missing are named', async () => {
    const { 'svix-signature': _, ...rest } = headers
    expect(await fault({ headers: rest, body: request.body })).toEqual(refusal('headers_missing'))
    for (const empty of ['', undefined, []]) {
      const { message } = await fault({ ...request, headers: { ...headers, 'svix-signature': empty } })
      expect(message).toBe('The request lacks headers of a webhook: svix-signature or webhook-signature.')
    }
    for (const given of [{}, new Headers(), undefined as unknown as object]) {
      const { message } = await fault({ ...request, headers: given as Headers })
      expect(message).toContain('svix-id or webhook-id, svix-timestamp or webhook-timestamp, svix-signature or')
    }
    expect(await fault(undefined as unknown as WebhookRequest)).toEqual(refusal('headers_missing'))
  })

  test('may be there under both names when they agree, and never when they do not', async () => {
    const both = { ...headers, ...signed(undefined, { at, prefix: 'webhook' }).headers }
    expect(await verify(both)).toEqual(event)
    for (const name of ['id', 'timestamp', 'signature']) {
      for (const prefix of ['svix', 'webhook']) {
        const odd = { ...both, [`${prefix}-${name}`]: 'another' }
        const error = await fault({ ...request, headers: odd })
        expect(error).toEqual(refusal('headers_malformed'))
        expect(error.message).toContain(`svix-${name} or webhook-${name}`)
      }
    }
  })

  test.each<[string, Record<string, unknown>]>([
    ['two values', { 'svix-id': ['msg_1', 'msg_2'] }],
    ['a value in each case', { 'Svix-Id': 'msg_2' }],
    ['a number', { 'svix-timestamp': Number(headers['svix-timestamp']) }],
    ['an object', { 'svix-id': { toString: () => 'msg_1' } }],
  ])('are refused with %s', async (_, change) => {
    const given = { ...headers, ...change } as WebhookRequest['headers']
    expect(await fault({ ...request, headers: given })).toEqual(refusal('headers_malformed'))
  })

  test('that the sender repeated are refused, as Node joins them', async () => {
    const joined = new Headers(headers)
    joined.append('svix-id', 'msg_2')
    expect(await fault({ ...request, headers: joined })).toEqual(refusal('signature_mismatch'))
  })
})

test('a WebhookError shows neither the body nor the secret', async () => {
  const request = signed(JSON.stringify({ ...event, data: { ...event.data, password: 'hunter2' } }))
  const headers = { ...request.headers, 'svix-id': 'msg_2' }
  const error = await fault({ ...request, headers })
  expect(Object.keys(error)).toEqual(['code', 'statusCode'])
  const shown = inspect(error, { showHidden: true, depth: 9 }) + JSON.stringify(error)
  for (const private_ of ['hunter2', secret, secret.slice(6)]) expect(shown).not.toContain(private_)
})
