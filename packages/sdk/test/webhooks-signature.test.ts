import { createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { verifyWebhook } from '../src/webhooks/verify.js'
import { event, fault, refusal, secret, signed } from './support/webhooks.js'

/** Other base64 of the same bytes: the two lowest bits of the last character are not read. */
function otherwise(base64: string): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
  return base64.replace(/.=$/, (end) => `${alphabet[alphabet.indexOf(end.charAt(0)) ^ 1]}=`)
}

describe('a signature', () => {
  const request = signed()
  const { 'svix-signature': good = '', ...unsigned } = request.headers
  const base64 = good.slice('v1,'.length)
  const verify = (signature: string) =>
    verifyWebhook({ ...request, headers: { ...unsigned, 'svix-signature': signature } }, { signingSecret: secret })

  test.each([
    ['after a wrong one', `v1,${'A'.repeat(43)}= ${good}`],
    ['before a wrong one', `${good} v1,wrong`],
    ['twice', `${good} ${good}`],
    ['among other versions', `v1a,${base64} ${good} v2,${base64}`],
    ['among empty ones', `  v1, ${good} , `],
  ])('is found %s', async (_, signature) => {
    expect(await verify(signature)).toEqual(event)
  })

  test('has one base64 only that is right', () => {
    const bytes = (signature: string) => Buffer.from(signature.slice('v1,'.length), 'base64')
    expect(otherwise(good)).not.toBe(good)
    expect(bytes(otherwise(good))).toEqual(bytes(good))
  })

  const key = (text: string) => Buffer.from(text, 'base64')
  const hmac = (secretKey: Buffer, text: string, algorithm = 'sha256') =>
    `v1,${createHmac(algorithm, secretKey).update(text).digest('base64')}`
  const { 'svix-id': id, 'svix-timestamp': timestamp } = request.headers
  const content = `${id}.${timestamp}.${request.body}`

  test.each([
    ['without a version', base64],
    ['of version v1a', `v1a,${base64}`],
    ['of version v2', `v2,${base64}`],
    ['of version V1', `V1,${base64}`],
    ['that is empty', 'v1,'],
    ['that is only a version', 'v1'],
    ['that is only a comma', ','],
    ['that is several empty ones', 'v1, v1, v1,'],
    ['that is undefined in words', 'v1,undefined'],
    ['that is cut', good.slice(0, -4)],
    ['without its padding', good.replace('=', '')],
    ['with more padding', `${good}=`],
    ['with something after it', `${good},x`],
    ['in the wrong case', good.toLowerCase()],
    ['in base64url', `v1,${Buffer.from(base64, 'base64').toString('base64url')}`],
    ['in hexadecimal', `v1,${Buffer.from(base64, 'base64').toString('hex')}`],
    ['in other base64 of the same bytes', otherwise(good)],
    ['of another request, as joined by a comma', `v1,${'A'.repeat(43)}=,${good}`],
    ['by an empty secret', hmac(Buffer.alloc(0), content)],
    ['by the text of the secret instead of its bytes', hmac(Buffer.from(secret), content)],
    ['by half of the secret', hmac(key(secret.slice(6, 22)), content)],
    ['of the body alone', hmac(key(secret.slice(6)), request.body)],
    ['without the id', hmac(key(secret.slice(6)), `${timestamp}.${request.body}`)],
    ['with SHA-1', hmac(key(secret.slice(6)), content, 'sha1')],
    ['with SHA-512', hmac(key(secret.slice(6)), content, 'sha512')],
  ])('%s is refused', async (_, signature) => {
    await expect(verify(signature)).rejects.toEqual(refusal('signature_mismatch'))
  })

  test.each([
    ['another id', { headers: { ...request.headers, 'svix-id': 'msg_2' } }],
    ['another time', { headers: { ...request.headers, 'svix-timestamp': String(Number(timestamp) - 1) } }],
    ['another body', { body: request.body.replace('user_1', 'user_2') }],
    ['a space in the body', { body: `${request.body} ` }],
    ['the same JSON, written anew', { body: JSON.stringify(event, null, 2) }],
    ['no body', { body: '' }],
    ['a part of the body in the time', { headers: { ...request.headers, 'svix-id': `${id}.${timestamp}` } }],
  ])('is refused with %s', async (_, change) => {
    expect(await fault({ ...request, ...change })).toEqual(refusal('signature_mismatch'))
  })
})
