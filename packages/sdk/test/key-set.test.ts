import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { Clerk } from '../src/clerk.js'
import { KeySet } from '../src/token/key-set.js'
import { sendJSON, startServer } from './support/server.js'
import { createSigner } from './support/tokens.js'

const { jwk } = await createSigner('key_1')
const { jwk: next } = await createSigner('key_2')

const hour = 3_600_000

/** A key set on a clock of the test's own, whose server answers with what `keys` is at the moment. */
function create({ maxAge = hour, ...state }: { maxAge?: number; keys: object[] | Error }) {
  const source = { ...state, time: 0, fetches: 0 }
  const fetch = async () => {
    source.fetches += 1
    if (source.keys instanceof Error) throw source.keys
    return { keys: source.keys }
  }
  return { source, set: new KeySet(fetch, maxAge, () => source.time) }
}

const faultOf = (promise: Promise<unknown>) => promise.catch((reason: unknown) => reason)

describe('keys are fetched', () => {
  test('once for a thousand callers at the same time', async () => {
    const { url, requests } = await startServer((response) => setTimeout(() => sendJSON(response, { keys: [jwk] }), 20))
    const clerk = new Clerk({ apiKey: 'k', serverApiUrl: url, issuer: () => true })
    const token = await (await createSigner('key_1')).sign()
    const results = await Promise.all(Array.from({ length: 1000 }, () => faultOf(clerk.verifyToken(token))))
    expect(results.every((result) => result instanceof Error && result.message === 'invalid signature')).toBe(true)
    expect(requests).toHaveLength(1)
  })

  test('twice a minute at most because of unknown ids, however many there are', async () => {
    const { source, set } = create({ keys: [jwk] })
    for (let count = 0; count < 10_000; count += 1) {
      source.time += 5
      expect(await faultOf(set.find(`id_${count}`))).toMatchObject({ name: 'SigningKeyNotFoundError', statusCode: 401 })
    }
    expect(source.fetches).toBe(2)
    expect(await set.find('key_1')).toBeDefined()
    source.time += 60_000
    await faultOf(set.find('unknown'))
    expect(source.fetches).toBe(3)
  })

  test('at once for the key of a rotation, for every caller that names it', async () => {
    const { source, set } = create({ keys: [jwk] })
    await set.find('key_1')
    source.keys = [jwk, next]
    const found = await Promise.all([set.find('key_2'), set.find('key_2'), set.find('key_2')])
    expect(found).toHaveLength(3)
    expect(source.fetches).toBe(2)
  })

  test('when they are too old, which is when a removed key stops to count', async () => {
    const { source, set } = create({ keys: [jwk, next] })
    await set.find('key_1')
    source.keys = [next]
    source.time = hour - 1
    expect(await set.find('key_1')).toBeDefined()
    source.time = hour
    expect(await faultOf(set.find('key_1'))).toMatchObject({ name: 'SigningKeyNotFoundError' })
  })

  test('once for all callers when they are too old', async () => {
    const { source, set } = create({ keys: [jwk] })
    await set.find('key_1')
    source.time = hour
    await Promise.all(Array.from({ length: 1000 }, () => set.find('key_1')))
    expect(source.fetches).toBe(2)
  })

  test('never again for their age when the maximum is 0', async () => {
    const { source, set } = create({ keys: [jwk], maxAge: 0 })
    await set.find('key_1')
    source.time = 1e15
    await set.find('key_1')
    expect(source.fetches).toBe(1)
  })
})

describe('when the server fails', () => {
  test('the keys that are known stay in use, and an unknown one is not called the fault of the token', async () => {
    const { source, set } = create({ keys: [jwk] })
    await set.find('key_1')
    source.keys = new Error('down')
    source.time = hour
    expect(await set.find('key_1')).toBeDefined()
    expect(await faultOf(set.find('key_2'))).toMatchObject({ name: 'JwksError', message: 'down', statusCode: 503 })
  })

  test('nobody waits for it who has a key, once it has failed', async () => {
    const source = { time: 0, fetches: 0 }
    const answers = [
      async () => ({ keys: [jwk] }),
      () => Promise.reject(new Error('down')),
      () => new Promise(() => {}),
    ]
    const fetch = async () => answers[source.fetches++]?.()
    const set = new KeySet(fetch, hour, () => source.time)
    await set.find('key_1')
    source.time = hour
    expect(await set.find('key_1')).toBeDefined()
    source.time = hour + 1000
    expect(await set.find('key_1')).toBeDefined()
    expect(await set.find('key_1')).toBeDefined()
    expect(source.fetches).toBe(3)
  })

  test('an attempt that nobody waited for still replaces the keys', async () => {
    const { source, set } = create({ keys: [jwk] })
    await set.find('key_1')
    source.keys = new Error('down')
    source.time = hour
    await set.find('key_1')
    source.keys = [next]
    source.time = hour + 1000
    await faultOf(set.find('key_1'))
    expect(await faultOf(set.find('key_1'))).toMatchObject({ name: 'SigningKeyNotFoundError' })
    expect(await set.find('key_2')).toBeDefined()
  })

  test('it is asked again after a second, and not before', async () => {
    const { source, set } = create({ keys: new Error('down') })
    expect(await faultOf(set.find('key_1'))).toMatchObject({ name: 'JwksError' })
    source.keys = [jwk]
    source.time = 999
    expect(await faultOf(set.find('key_1'))).toMatchObject({ name: 'JwksError' })
    expect(source.fetches).toBe(1)
    source.time = 1000
    expect(await set.find('key_1')).toBeDefined()
  })

  test('a stalled server costs five seconds at most', { timeout: 10_000 }, async () => {
    const { url } = await startServer(() => {})
    const clerk = new Clerk({ apiKey: 'k', serverApiUrl: url })
    const error = await faultOf(clerk.verifyToken(await (await createSigner('a')).sign()))
    expect(error).toMatchObject({ name: 'JwksError', message: "Timeout awaiting 'request' for 5000ms" })
  })
})

describe('a key counts', () => {
  const ec = { ...generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' }), kid: 'ec' }
  const weak = {
    ...generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey.export({ format: 'jwk' }),
    kid: 'weak',
  }
  const { alg: _, use: __, ...bare } = jwk

  test('without alg and use', async () => {
    expect(await create({ keys: [bare] }).set.find('key_1')).toBeDefined()
  })

  test.each([
    ['is for something else', { ...jwk, use: 'enc' }],
    ['is for another algorithm', { ...jwk, alg: 'RS512' }],
    ['is not RSA', ec],
    ['is too short', weak],
    ['is broken', { ...jwk, n: '!' }],
    ['has no numbers', { kty: 'RSA', kid: 'key_1' }],
  ])('not when it %s', async (_name, key) => {
    const { set } = create({ keys: [key] })
    expect(await faultOf(set.find((key as { kid: string }).kid))).toMatchObject({ name: 'SigningKeyNotFoundError' })
    expect(await faultOf(set.find(undefined))).toMatchObject({ name: 'SigningKeyNotFoundError' })
  })

  test('as the first of two with its id', async () => {
    const first = await create({ keys: [jwk] }).set.find('key_1')
    const both = await create({ keys: [jwk, { ...next, kid: 'key_1' }] }).set.find('key_1')
    expect(both.equals(first)).toBe(true)
  })

  test('for a token without a key id when it is the only one for signatures', async () => {
    expect(await create({ keys: [jwk] }).set.find(undefined)).toBeDefined()
    expect(await create({ keys: [jwk, { ...next, use: 'enc' }] }).set.find(undefined)).toBeDefined()
    for (const keys of [[jwk, next], [jwk, ec], []]) {
      expect(await faultOf(create({ keys }).set.find(undefined))).toMatchObject({ name: 'SigningKeyNotFoundError' })
    }
  })

  test('for no id that is not a text', async () => {
    for (const kid of [5, null, {}, ['key_1']]) {
      expect(await faultOf(create({ keys: [jwk] }).set.find(kid))).toMatchObject({ name: 'SigningKeyNotFoundError' })
    }
  })
})
