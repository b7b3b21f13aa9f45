import { generateKeyPairSync, verify } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { Clerk } from '../src/clerk.js'
import { clearEnvironment } from './support/environment.js'
import { sendJSON, startJSON, startServer } from './support/server.js'
import { createSigner, goodClaims, type Signer, seconds } from './support/tokens.js'

// Real, and counted: how often a signature is worked out is what is in question.
vi.mock('node:crypto', { spy: true })

clearEnvironment()
beforeEach(() => {
  vi.mocked(verify).mockClear()
})

const signer = await createSigner('key_1')
const next = await createSigner('key_2')
const stranger = await createSigner('key_1')
const jwtKey = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'pem', type: 'spki' })

/** A server whose keys can be changed, and an instance that uses them. */
async function start(options = {}) {
  const published: { keys: Signer['jwk'][] } = { keys: [signer.jwk] }
  const { url } = await startServer((response) => sendJSON(response, published))
  return { published, clerk: new Clerk('k', { serverApiUrl: url, ...options }) }
}

const checks = () => vi.mocked(verify).mock.calls.length

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (reason: unknown) => reason,
  )

describe('a signature is worked out', () => {
  test('once for a token that is used again', async () => {
    const { clerk } = await start()
    const token = await signer.sign()
    for (let use = 0; use < 5; use += 1) expect(await clerk.verifyToken(token)).toMatchObject({ sub: 'user_1' })
    expect(checks()).toBe(1)
  })

  test.each([
    ['tokenCacheSize is 0', { tokenCacheSize: 0 }, goodClaims()],
    ['the token never expires', {}, { iss: 'https://clerk.example.com' }],
  ])('every time when %s', async (_, options, claims) => {
    const { clerk } = await start(options)
    const token = await signer.sign(claims)
    for (let use = 0; use < 3; use += 1) await clerk.verifyToken(token)
    expect(checks()).toBe(3)
  })

  test('every time for a token that is refused', async () => {
    const { clerk } = await start()
    const token = await stranger.sign()
    for (let use = 0; use < 3; use += 1) {
      expect(await refusal(clerk.verifyToken(token))).toMatchObject({ message: 'invalid signature' })
    }
    expect(checks()).toBe(3)
  })

  test('again for what was not used for longest when there are too many', async () => {
    const { clerk } = await start({ tokenCacheSize: 2 })
    const [a, b, c] = await Promise.all(['a', 'b', 'c'].map((jti) => signer.sign({ ...goodClaims(), jti })))
    for (const token of [a, b, a, c, a]) await clerk.verifyToken(String(token))
    expect(checks()).toBe(3)
    await clerk.verifyToken(String(b))
    expect(checks()).toBe(4)
  })

  test('again in another instance', async () => {
    const token = await signer.sign()
    for (const { clerk } of [await start(), await start()]) await clerk.verifyToken(token)
    expect(checks()).toBe(2)
  })

  test.each<[string, (clerk: Clerk) => void]>([
    [
      'apiKey',
      (clerk) => {
        clerk.apiKey = 'k2'
      },
    ],
    [
      'apiVersion',
      (clerk) => {
        clerk.apiVersion = 'v2'
      },
    ],
    [
      'httpOptions',
      (clerk) => {
        clerk.httpOptions = { retry: 0 }
      },
    ],
    [
      'serverApiUrl, even to what it was',
      (clerk) => {
        clerk.serverApiUrl = String(clerk.serverApiUrl)
      },
    ],
  ])('again after a change of %s', async (_, change) => {
    const { clerk } = await start()
    const token = await signer.sign()
    await clerk.verifyToken(token)
    change(clerk)
    await clerk.verifyToken(token)
    expect(checks()).toBe(2)
  })
})

describe('a token that was verified is refused', () => {
  test('when its key is gone', async () => {
    const { clerk, published } = await start()
    const token = await signer.sign()
    await clerk.verifyToken(token)
    published.keys = [next.jwk]
    await clerk.verifyToken(await next.sign())
    expect(await refusal(clerk.verifyToken(token))).toMatchObject({ name: 'SigningKeyNotFoundError', statusCode: 401 })
  })

  test('when its key id means another key', async () => {
    const { clerk, published } = await start()
    const token = await signer.sign()
    await clerk.verifyToken(token)
    published.keys = [stranger.jwk, next.jwk]
    await clerk.verifyToken(await next.sign())
    expect(await refusal(clerk.verifyToken(token))).toMatchObject({ message: 'invalid signature' })
  })

  test.each<[string, (clerk: Clerk) => unknown]>([
    [
      'jwtKey is set',
      (clerk) => {
        clerk.jwtKey = String(jwtKey)
      },
    ],
    [
      'serverApiUrl leads to other keys',
      async (clerk) => {
        clerk.serverApiUrl = (await startJSON({ keys: [stranger.jwk] })).url
      },
    ],
  ])('when %s', async (_, change) => {
    const { clerk } = await start()
    const token = await signer.sign()
    await clerk.verifyToken(token)
    await change(clerk)
    expect(await refusal(clerk.verifyToken(token))).toMatchObject({ message: 'invalid signature' })
  })

  test('in the very second in which it expires, and before it begins', async () => {
    const { clerk } = await start()
    const at = seconds()
    const token = await signer.sign({ ...goodClaims(), nbf: at - 5, exp: at + 5 })
    const timeIs = (second: number) => vi.spyOn(Date, 'now').mockReturnValue(second * 1000)
    await clerk.verifyToken(token)
    for (const [second, outcome] of [
      [at + 4, 'accepted'],
      [at + 5, { name: 'TokenExpiredError', statusCode: 401 }],
      [at - 6, { name: 'NotBeforeError', statusCode: 401 }],
      [at, 'accepted'],
    ] as const) {
      timeIs(second)
      const outcomeNow = await refusal(clerk.verifyToken(token))
      if (outcome === 'accepted') expect(outcomeNow).toBe(outcome)
      else expect(outcomeNow).toMatchObject(outcome)
    }
    vi.restoreAllMocks()
  })

  test('when its issuer is no longer accepted', async () => {
    let isTrusted = true
    const { clerk } = await start({ issuer: () => isTrusted })
    const token = await signer.sign()
    await clerk.verifyToken(token)
    isTrusted = false
    expect(await refusal(clerk.verifyToken(token))).toMatchObject({ message: /^Invalid issuer/, statusCode: 401 })
  })

  test.each([
    ['signature', 2],
    ['payload', 1],
    ['header', 0],
  ])('when it is shown with another %s', async (_, index) => {
    const { clerk, published } = await start()
    published.keys = [signer.jwk, next.jwk]
    const token = await signer.sign()
    const other = await next.sign({ ...goodClaims(), sub: 'user_2' })
    await clerk.verifyToken(token)
    await clerk.verifyToken(other)
    const mixed = token.split('.').map((part, place) => (place === index ? other.split('.')[index] : part))
    expect(await refusal(clerk.verifyToken(mixed.join('.')))).toMatchObject({ message: 'invalid signature' })
  })
})

test('whoever changes the claims changes them for nobody else', async () => {
  const { clerk } = await start()
  const claims = { ...goodClaims(), org: { roles: ['member'] } }
  const token = await signer.sign(claims)
  for (let use = 0; use < 3; use += 1) {
    const mine = (await clerk.verifyToken(token)) as typeof claims
    expect(mine).toEqual(claims)
    mine.org.roles.push('admin')
    mine.sub = 'user_2'
  }
})
