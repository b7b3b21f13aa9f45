import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { Clerk } from '../src/clerk.js'
import { clearEnvironment } from './support/environment.js'
import { startJSON } from './support/server.js'
import { createSigner, goodClaims, seconds, unsigned } from './support/tokens.js'

clearEnvironment()

const signer = await createSigner('key_1')
const stranger = await createSigner('key_1')

async function start(options = {}, keys: object = { keys: [signer.jwk] }) {
  const server = await startJSON(keys)
  return { ...server, clerk: new Clerk({ apiKey: 'test_key', serverApiUrl: server.url, ...options }) }
}

async function fault(promise: Promise<unknown>): Promise<Error> {
  return promise.then(
    () => expect.unreachable('the token should have been refused'),
    (reason: Error) => reason,
  )
}

describe('decodeToken', () => {
  const { decodeToken } = Clerk.prototype

  test.each<[unknown, unknown]>([
    [{ sub: 'user_1' }, { sub: 'user_1' }],
    [
      [1, 2],
      [1, 2],
    ],
    ['just text', 'just text'],
  ])('gives the payload %j as it is', (payload, decoded) => {
    expect(decodeToken(unsigned({ alg: 'none' }, payload, ''))).toEqual(decoded)
  })

  test.each([
    ['an empty text', ''],
    ['null', null],
    ['a number', 5],
    ['two parts', 'a.b'],
    ['four parts', 'a.b.c.d'],
    ['a part that ends within a byte', 'e30.e30.A'],
    ['a scheme in front', `Bearer ${unsigned({ alg: 'none' }, {})}`],
    ['a header that is not JSON', 'secret.e30.x'],
    ['a header that is an array', unsigned([], {})],
    ['a payload that is null', unsigned({}, 'null')],
  ])('refuses %s, and does not repeat it', (_, token) => {
    const decode = () => decodeToken(token as string)
    expect(decode).toThrow(/^Failed to decode token: /)
    expect(decode).not.toThrow(/secret|Bearer/)
  })

  test('is a SyntaxError when the payload is said to be JSON and is not', () => {
    const decode = () => decodeToken(unsigned({ typ: 'JWT' }, 'secret'))
    expect(decode).toThrow(SyntaxError)
    expect(decode).not.toThrow(/secret/)
  })
})

describe('verifyToken', () => {
  test('gives the claims of a good token, and asks for the keys once', async () => {
    const { clerk, requests } = await start()
    const claims = goodClaims()
    const token = await signer.sign(claims, { typ: 'whatever' })
    expect(await clerk.verifyToken(token)).toEqual(claims)
    expect(await clerk.verifyToken(token)).toEqual(claims)
    expect(requests).toMatchObject([{ method: 'GET', url: '/v1/jwks', headers: { authorization: 'Bearer test_key' } }])
  })

  const payload = () => ({ ...goodClaims() })
  const header = { alg: 'RS256', kid: 'key_1' }
  test.each<[string, () => string | Promise<string>, string, string | RegExp]>([
    ['no token', () => 'secret', 'Error', /^Failed to verify token: /],
    ['nothing', () => '', 'Error', /^Failed to verify token: /],
    ['no signature', () => unsigned(header, payload(), ''), 'JsonWebTokenError', 'jwt signature is required'],
    ['alg none', () => unsigned({ alg: 'none' }, payload()), 'JsonWebTokenError', 'invalid algorithm'],
    ['alg HS256', () => unsigned({ ...header, alg: 'HS256' }, payload()), 'JsonWebTokenError', 'invalid algorithm'],
    ['alg PS256', () => unsigned({ ...header, alg: 'PS256' }, payload()), 'JsonWebTokenError', 'invalid algorithm'],
    ['alg ES256', () => unsigned({ ...header, alg: 'ES256' }, payload()), 'JsonWebTokenError', 'invalid algorithm'],
    ['alg rs256', () => unsigned({ ...header, alg: 'rs256' }, payload()), 'JsonWebTokenError', 'invalid algorithm'],
    ['alg missing', () => unsigned({ kid: 'key_1' }, payload()), 'JsonWebTokenError', 'invalid algorithm'],
    [
      'alg an array',
      () => unsigned({ ...header, alg: ['RS256'] }, payload()),
      'JsonWebTokenError',
      'invalid algorithm',
    ],
    [
      'crit',
      () => unsigned({ ...header, crit: ['exp'] }, payload()),
      'JsonWebTokenError',
      'unsupported critical header',
    ],
    [
      'b64 false',
      () => unsigned({ ...header, b64: false }, payload()),
      'JsonWebTokenError',
      'unsupported payload encoding',
    ],
  ])('refuses %s without asking for keys', async (_, make, name, message) => {
    const { clerk, requests } = await start()
    const error = await fault(clerk.verifyToken(await make()))
    expect(error).toMatchObject({ name, statusCode: 401 })
    expect(error.message).toMatch(message)
    expect(error.message).not.toContain('secret')
    expect(requests).toEqual([])
  })

  test.each<[string, () => Promise<string>, string, string]>([
    ['a signature of somebody else', () => stranger.sign(), 'JsonWebTokenError', 'invalid signature'],
    [
      'a key in its own header',
      () => stranger.sign(undefined, { jwk: stranger.jwk, jku: 'http://127.0.0.1:1/', x5u: 'http://127.0.0.1:1/' }),
      'JsonWebTokenError',
      'invalid signature',
    ],
    ['exp in this second', () => signer.sign({ ...goodClaims(), exp: seconds() }), 'TokenExpiredError', 'jwt expired'],
    [
      'exp as text',
      () => signer.sign({ ...goodClaims(), exp: '9999999999' }),
      'JsonWebTokenError',
      'invalid exp value',
    ],
    [
      'nbf in the future',
      () => signer.sign({ ...goodClaims(), nbf: seconds() + 5 }),
      'NotBeforeError',
      'jwt not active',
    ],
    ['iat as text', () => signer.sign({ ...goodClaims(), iat: 'now' }), 'JsonWebTokenError', 'invalid iat value'],
    ['nbf as text', () => signer.sign({ ...goodClaims(), nbf: 'now' }), 'JsonWebTokenError', 'invalid nbf value'],
    ['no issuer', () => signer.sign({ sub: 'user_1' }), 'Error', 'Malformed token'],
    [
      'another issuer',
      () => signer.sign({ ...goodClaims(), iss: 'https://evil.com' }),
      'Error',
      'Invalid issuer: https://evil.com',
    ],
    [
      'a key id nobody has',
      () => signer.sign(undefined, { kid: 'nobody' }),
      'SigningKeyNotFoundError',
      "Unable to find a signing key that matches 'nobody'",
    ],
  ])('refuses %s', async (_, make, name, message) => {
    const { clerk } = await start()
    expect(await fault(clerk.verifyToken(await make()))).toMatchObject({ name, message, statusCode: 401 })
  })

  test('tells when a token expired, or will begin', async () => {
    const { clerk } = await start()
    const exp = seconds() - 5
    expect(await fault(clerk.verifyToken(await signer.sign({ ...goodClaims(), exp })))).toMatchObject({
      expiredAt: new Date(exp * 1000),
    })
    const nbf = seconds() + 5
    expect(await fault(clerk.verifyToken(await signer.sign({ ...goodClaims(), nbf })))).toMatchObject({
      date: new Date(nbf * 1000),
    })
  })

  test('accepts a token that has neither exp nor nbf nor iat', async () => {
    const { clerk } = await start()
    expect(await clerk.verifyToken(await signer.sign({ iss: 'https://clerk.example.com' }))).toEqual({
      iss: 'https://clerk.example.com',
    })
  })

  test('lets the clocks differ by clockSkewInMs, at the exact boundary', async () => {
    const now = Date.UTC(2030, 0, 1)
    vi.spyOn(Date, 'now').mockReturnValue(now)
    const { clerk } = await start({ clockSkewInMs: 5000 })
    const at = now / 1000
    const claims = { iss: 'https://clerk.example.com' }
    await clerk.verifyToken(await signer.sign({ ...claims, exp: at - 4, nbf: at + 5 }))
    expect(await fault(clerk.verifyToken(await signer.sign({ ...claims, exp: at - 5 })))).toMatchObject({
      name: 'TokenExpiredError',
    })
    expect(await fault(clerk.verifyToken(await signer.sign({ ...claims, nbf: at + 6 })))).toMatchObject({
      name: 'NotBeforeError',
    })
    vi.restoreAllMocks()
  })

  test.each<[string, object, boolean]>([
    ['https://clerk.example.com', {}, true],
    ['https://happy-cat-1.clerk.accounts.dev', {}, true],
    ['https://clerk-evil.com', {}, false],
    ['https://x.clerk.accounts.dev.evil.com', {}, false],
    ['https://evil.com/x.clerk.accounts.dev', {}, false],
    ['http://clerk.example.com', {}, false],
    ['https://auth.mine', { issuer: 'https://auth.mine' }, true],
    ['https://auth.mine/', { issuer: 'https://auth.mine' }, false],
    ['https://clerk.example.com', { issuer: 'https://auth.mine' }, false],
    ['https://b', { issuer: ['https://a', 'https://b'] }, true],
    ['https://c', { issuer: ['https://a', 'https://b'] }, false],
    ['https://a', { issuer: (issuer: string) => issuer.endsWith('a') }, true],
    ['https://b', { issuer: () => false }, false],
  ])('the issuer %s with %o is accepted: %s', async (iss, options, accepted) => {
    const { clerk } = await start(options)
    const verified = clerk.verifyToken(await signer.sign({ ...goodClaims(), iss }))
    if (accepted) expect(await verified).toMatchObject({ iss })
    else expect(await fault(verified)).toMatchObject({ message: `Invalid issuer: ${iss}`, statusCode: 401 })
  })

  test('takes the issuer from CLERK_ISSUER', async () => {
    vi.stubEnv('CLERK_ISSUER', 'https://env.mine')
    const { clerk } = await start()
    expect(await clerk.verifyToken(await signer.sign({ ...goodClaims(), iss: 'https://env.mine' }))).toBeTruthy()
    expect(await fault(clerk.verifyToken(await signer.sign()))).toMatchObject({ message: /Invalid issuer/ })
  })

  test('reaches the keys of the moment: a changed URL, key or header counts at once', async () => {
    const { clerk } = await start()
    await clerk.verifyToken(await signer.sign())
    const other = await startJSON({ keys: [stranger.jwk] })
    clerk.serverApiUrl = other.url
    clerk.apiKey = 'key_2'
    clerk.httpOptions = { headers: { 'x-a': 'b' } }
    expect(await clerk.verifyToken(await stranger.sign())).toMatchObject({ sub: 'user_1' })
    expect(await fault(clerk.verifyToken(await signer.sign()))).toMatchObject({ message: 'invalid signature' })
    expect(other.requests).toMatchObject([{ headers: { authorization: 'Bearer key_2', 'x-a': 'b' } }])
  })

  test('two instances with the same key id do not share a key', async () => {
    const a = await start()
    const b = await start({}, { keys: [stranger.jwk] })
    await a.clerk.verifyToken(await signer.sign())
    expect(await fault(b.clerk.verifyToken(await signer.sign()))).toMatchObject({ message: 'invalid signature' })
  })

  test.each([
    ['an answer of 500', 500, {}, 'Internal Server Error'],
    ['no set', 200, {}, 'The answer is not a set of keys'],
    ['a page', 200, '<html>', 'The response is not a JSON object or array'],
    ['an array', 200, [], 'The answer is not a set of keys'],
  ])('is a JwksError, and not the fault of the token, at %s', async (_, status, body, message) => {
    const { url, requests } = await startJSON(body, status)
    const error = await fault(new Clerk({ apiKey: 'k', serverApiUrl: url }).verifyToken(await signer.sign()))
    expect(error).toMatchObject({ name: 'JwksError', message, statusCode: 503 })
    expect(requests).toHaveLength(1)
  })
})

test('any text is either refused with status 401, or was signed', async () => {
  const { clerk } = await start()
  const token = await signer.sign()
  const damaged = fc
    .tuple(fc.nat(token.length - 1), fc.string({ minLength: 1, maxLength: 1 }))
    .map(([at, other]) => token.slice(0, at) + other + token.slice(at + 1))
  const parts = fc.tuple(fc.json(), fc.json(), fc.string()).map(([head, body, end]) => unsigned(head, body, end))
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.string(), damaged, parts), async (text) => {
      const outcome: unknown = await clerk.verifyToken(text).catch((reason: unknown) => reason)
      if (outcome instanceof Error) expect(outcome).toMatchObject({ statusCode: 401 })
      // The last character of a signature has bits that mean nothing.
      else expect(text.slice(0, -1)).toBe(token.slice(0, -1))
    }),
    { numRuns: 500 },
  )
})
