import { createHmac } from 'node:crypto'
import { Readable } from 'node:stream'
import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { verifyWebhook } from '../src/webhooks/verify.js'
import { event, fault, refusal, secret, signed } from './support/webhooks.js'

describe('the body', () => {
  const { headers, body } = signed()
  const buffer = Buffer.from(body)
  const inTheMiddle = new Uint8Array(Buffer.concat([Buffer.from('xx'), buffer, Buffer.from('xx')]))
  // One byte a chunk: characters of several bytes come in parts.
  const chunks = () => Array.from(buffer, (byte) => Buffer.from([byte]))
  const request = () => new Request('http://localhost/', { method: 'POST', headers, body })

  test.each<[string, () => unknown]>([
    ['a text', () => body],
    ['a Buffer', () => buffer],
    ['bytes in the middle of others', () => inTheMiddle.subarray(2, 2 + buffer.length)],
    ['an ArrayBuffer', () => inTheMiddle.buffer.slice(2, 2 + buffer.length)],
    ['a stream of Node', () => Readable.from(chunks(), { objectMode: false })],
    ['a stream of Node with an encoding', () => Readable.from(chunks(), { objectMode: false }).setEncoding('utf8')],
    ['a stream of the web', () => request().body],
  ])('may be %s', async (_, given) => {
    expect(await verifyWebhook({ headers, body: given() }, { signingSecret: secret })).toEqual(event)
  })

  test('of a Request is read, and that of its clone is not', async () => {
    const original = request()
    const clone = original.clone()
    expect(await verifyWebhook(original, { signingSecret: secret })).toEqual(event)
    expect(original.bodyUsed).toBe(true)
    expect(await clone.json()).toEqual(event)
  })

  test.each<[string, unknown, RegExp]>([
    ['an object', event, /it was parsed before/],
    ['an empty object', {}, /it was parsed before/],
    ['a list', [event], /it was parsed before/],
    ['a boolean', false, /it was parsed before/],
    ['undefined', undefined, /there is none/],
    ['null', null, /there is none/],
  ])('that is %s is not raw, and it is said how to get what is', async (_, given, reason) => {
    const error = await fault({ headers, body: given })
    expect(error).toEqual(refusal('body_not_raw', 500))
    expect(error.message).toMatch(reason)
    expect(error.message).toContain("express.raw({ type: 'application/json' })")
    expect(error.message).toContain('export const config = { api: { bodyParser: false } }')
  })

  test('that was read, or is being read, is not raw any more', async () => {
    const used = request()
    await used.text()
    const locked = request()
    locked.body?.getReader()
    const drained = Readable.from([buffer], { objectMode: false })
    for await (const _ of drained);
    for (const given of [used, locked, { headers, body: drained }]) {
      const error = await fault(given)
      expect(error).toEqual(refusal('body_not_raw', 500))
      expect(error.message).toContain('it was read before')
    }
  })

  test('may have 1 MiB as a stream, and not a byte more', async () => {
    const mebibyte = 1024 * 1024
    const most = signed(JSON.stringify({ type: 'a', data: { text: 'x'.repeat(mebibyte - 31) } }))
    expect(most.body).toHaveLength(mebibyte)
    const stream = (text: string) => ({ ...most, body: new Response(text).body })
    expect(await verifyWebhook(stream(most.body), { signingSecret: secret })).toHaveProperty('type', 'a')
    expect(await fault(stream(`${most.body} `))).toEqual(refusal('body_too_large', 413))
    const announced = { ...most.headers, 'content-length': String(mebibyte + 1) }
    const unread = Readable.from([most.body])
    expect(await fault({ headers: announced, body: unread })).toEqual(refusal('body_too_large', 413))
    expect(unread.readableDidRead).toBe(false)
  })

  test('that breaks off is told with its cause', async () => {
    const reason = new Error('aborted')
    const broken = Readable.from(
      (async function* () {
        yield buffer.subarray(0, 10)
        throw reason
      })(),
    )
    const error = await fault({ headers, body: broken })
    expect(error).toEqual(refusal('body_incomplete'))
    expect(error.cause).toBe(reason)
  })

  test.each([
    ['nothing', ''],
    ['no JSON', 'private'],
    ['JSON behind a byte order mark', `\uFEFF${body}`],
    ['a text', '"private"'],
    ['null', 'null'],
    ['a list', JSON.stringify([event])],
    ['an object without a type', '{"data":{}}'],
    ['a type that is no text', '{"type":5,"data":{}}'],
    ['no data', '{"type":"user.created"}'],
    ['data that is no object', '{"type":"user.created","data":"private"}'],
  ])('that has %s in it is no event, though it was signed', async (_, text) => {
    const error = await fault(signed(text))
    expect(error).toEqual(refusal('body_malformed'))
    expect(inspect(error, { showHidden: true })).not.toContain('private')
  })

  test('that is not UTF-8 is no event, though it was signed', async () => {
    const bytes = Buffer.concat([Buffer.from('{"type":"a","data":{"text":"'), Buffer.from([0xff]), Buffer.from('"}}')])
    const hmac = createHmac('sha256', Buffer.from(secret.slice(6), 'base64'))
    const digest = hmac.update(`msg_1.${headers['svix-timestamp']}.`).update(bytes).digest('base64')
    const error = await fault({ headers: { ...headers, 'svix-signature': `v1,${digest}` }, body: bytes })
    expect(error).toEqual(refusal('body_malformed'))
  })
})
