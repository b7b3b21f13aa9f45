import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import { describe, expect, test, vi } from 'vitest'
import { Clerk } from '../src/clerk.js'
import { clearEnvironment } from './support/environment.js'
import { startJSON } from './support/server.js'
import { createSigner, goodClaims, unsigned } from './support/tokens.js'

clearEnvironment()

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 })
const other = generateKeyPairSync('rsa', { modulusLength: 2048 })
const spki = pem(pair.publicKey, 'spki')
const body = spki.replace(/-----.*-----|\n/g, '')

function pem(key: KeyObject, type: 'spki' | 'pkcs1' | 'pkcs8' | 'sec1'): string {
  // Node's types have one overload for public and one for private keys.
  return key.export({ format: 'pem', type: type as 'spki' }).toString()
}

const armoured = (name: string, der: Buffer) =>
  `-----BEGIN ${name}-----\n${der.toString('base64')}\n-----END ${name}-----`

function signed(key: KeyObject = pair.privateKey, header: object = {}, claims: object = {}): string {
  const text = unsigned({ alg: 'RS256', ...header }, { ...goodClaims(), ...claims }, '')
  return text + sign('RSA-SHA256', Buffer.from(text.slice(0, -1)), key).toString('base64url')
}

/** A certificate of the key for itself, with nothing in it that need not be. */
function certificate(): string {
  const node = (tag: number, ...parts: Buffer[]): Buffer => {
    const content = Buffer.concat(parts)
    return Buffer.concat([Buffer.from([tag, 0x82, content.length >> 8, content.length & 255]), content])
  }
  const algorithm = Buffer.from('300d06092a864886f70d01010b0500', 'hex')
  const date = (text: string) => node(0x17, Buffer.from(text))
  const name = node(0x30)
  const key = pair.publicKey.export({ format: 'der', type: 'spki' })
  const serial = Buffer.from('020101', 'hex')
  const facts = node(0x30, serial, algorithm, name, node(0x30, date('200101000000Z'), date('491231235959Z')), name, key)
  const signature = node(0x03, Buffer.from([0]), sign('RSA-SHA256', facts, pair.privateKey))
  return armoured('CERTIFICATE', node(0x30, facts, algorithm, signature))
}

const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => 'accepted',
    (reason: unknown) => reason,
  )

describe('jwtKey', () => {
  test.each([
    ['as PEM', spki],
    ['as PEM of RSA', pem(pair.publicKey, 'pkcs1')],
    ['as a certificate', certificate()],
    ['with line breaks in two characters', spki.replaceAll('\n', '\\n')],
    ['with line breaks of Windows', spki.replaceAll('\n', '\r\n')],
    ['with those in four characters', spki.replaceAll('\n', '\\r\\n')],
    ['with space around it', ` \n\t${spki}\n `],
    ['with a byte order mark', `\uFEFF${spki}`],
    ['in one line', spki.replaceAll('\n', ' ')],
    ['as its base64', body],
    ['as its base64 in lines', spki.split('\n').slice(1, -2).join('\n')],
  ])('is understood %s', async (_, jwtKey) => {
    const clerk = new Clerk('k', { jwtKey })
    expect(await clerk.verifyToken(signed())).toMatchObject({ sub: 'user_1' })
    expect(await refusal(clerk.verifyToken(signed(other.privateKey)))).toMatchObject({ message: 'invalid signature' })
  })

  const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const short = generateKeyPairSync('rsa', { modulusLength: 1024 })
  const pss = generateKeyPairSync('rsa-pss', { modulusLength: 2048 })
  test.each<[string, unknown, RegExp]>([
    ['a private key', pem(pair.privateKey, 'pkcs8'), /is a private key/],
    ['a private key of RSA', pem(pair.privateKey, 'pkcs1'), /is a private key/],
    ['a private key of another kind', pem(ec.privateKey, 'sec1'), /is a private key/],
    ['a private key after the public one', spki + pem(pair.privateKey, 'pkcs8'), /is a private key/],
    [
      'a private key without armour',
      pair.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64'),
      /is a private key/,
    ],
    [
      'a private key in the armour of a public one',
      armoured('PUBLIC KEY', pair.privateKey.export({ format: 'der', type: 'pkcs1' })),
      /is a private key/,
    ],
    ['a short key', pem(short.publicKey, 'spki'), /must be an RSA key of 2048 bits or more/],
    ['a key of another kind', pem(ec.publicKey, 'spki'), /must be an RSA key of 2048 bits or more/],
    ['a key for another algorithm', pem(pss.publicKey, 'spki'), /must be an RSA key of 2048 bits or more/],
    ['two keys', spki + pem(other.publicKey, 'spki'), /is not a public key/],
    ['half a key', spki.slice(0, 200), /is not a public key/],
    ['armour that does not match', spki.replace('END PUBLIC', 'END RSA PUBLIC'), /is not a public key/],
    ['armour of something else', armoured('CONSTRUCTOR', Buffer.from(body, 'base64')), /is not a public key/],
    ['the secret key', 'sk_test_abcdefghijklmnopqrstuvwxyz', /is not a public key/],
    ['a key object', pair.publicKey, /is not a public key/],
  ])('cannot be %s, which is told without showing it', (_, jwtKey, message) => {
    const create = () => new Clerk('k', { jwtKey: jwtKey as string })
    expect(create).toThrow(message)
    expect(create).not.toThrow(/MI[A-Za-z0-9+/]{6}|sk_test/)
  })

  test('needs no request, whatever key the token names', async () => {
    const { url, requests } = await startJSON({ keys: [] })
    const clerk = new Clerk('k', { jwtKey: spki, serverApiUrl: url })
    for (const kid of ['ins_1', 'ins_2', 5, undefined]) {
      expect(await clerk.verifyToken(signed(pair.privateKey, { kid }))).toMatchObject({ sub: 'user_1' })
    }
    expect(requests).toEqual([])
  })

  test('is never the secret of a symmetric algorithm', async () => {
    const text = unsigned({ alg: 'HS256' }, goodClaims(), '').slice(0, -1)
    for (const jwtKey of [spki, ` ${spki}`]) {
      const token = `${text}.${createHmac('sha256', jwtKey).update(text).digest('base64url')}`
      expect(await refusal(new Clerk('k', { jwtKey }).verifyToken(token))).toMatchObject({
        message: 'invalid algorithm',
      })
    }
  })

  test('comes from CLERK_JWT_KEY when it is no option', async () => {
    vi.stubEnv('CLERK_JWT_KEY', spki.replaceAll('\n', '\\n'))
    expect(await new Clerk('k').verifyToken(signed())).toMatchObject({ sub: 'user_1' })
    const clerk = new Clerk('k', { jwtKey: pem(other.publicKey, 'spki') })
    expect(await refusal(clerk.verifyToken(signed()))).toMatchObject({ message: 'invalid signature' })
    vi.stubEnv('CLERK_JWT_KEY', 'nonsense')
    expect(() => new Clerk('k')).toThrow(/CLERK_JWT_KEY/)
  })

  test('counts from when it is set, and gives way to the published keys when it is taken back', async () => {
    const signer = await createSigner('key_1')
    const { url } = await startJSON({ keys: [signer.jwk] })
    const clerk = new Clerk('k', { serverApiUrl: url })
    await clerk.verifyToken(await signer.sign())
    clerk.jwtKey = spki
    expect(clerk.jwtKey).toBe(spki)
    expect(await clerk.verifyToken(signed())).toMatchObject({ sub: 'user_1' })
    expect(await refusal(clerk.verifyToken(await signer.sign()))).toMatchObject({ message: 'invalid signature' })
    expect(() => {
      clerk.jwtKey = pem(pair.privateKey, 'pkcs8')
    }).toThrow(/is a private key/)
    expect(clerk.jwtKey).toBe(spki)
    clerk.jwtKey = undefined
    expect(await clerk.verifyToken(await signer.sign())).toMatchObject({ sub: 'user_1' })
  })
})

const party = 'https://app.example.com'
const parties = [party, 'http://localhost:3000']

describe('a token', () => {
  test.each<[object, object, true | string]>([
    [{}, {}, true],
    [{}, { aud: 'anything', azp: 'anything' }, true],
    [{ audience: 'a' }, { aud: 'a' }, true],
    [{ audience: 'a' }, { aud: ['b', 'a'] }, true],
    [{ audience: ['a', 'b'] }, { aud: ['c', 'b'] }, true],
    [{ audience: 'a' }, {}, 'jwt audience invalid. expected: a'],
    [{ audience: 'a' }, { aud: '' }, 'jwt audience invalid. expected: a'],
    [{ audience: 'a' }, { aud: [] }, 'jwt audience invalid. expected: a'],
    [{ audience: 'a' }, { aud: [['a']] }, 'jwt audience invalid. expected: a'],
    [{ audience: 'a' }, { aud: { 0: 'a' } }, 'jwt audience invalid. expected: a'],
    [{ audience: ['a', 'b'] }, { aud: 'A' }, 'jwt audience invalid. expected: a or b'],
    [{ audience: 'abc' }, { aud: 'ab' }, 'jwt audience invalid. expected: abc'],
    [{ audience: '5' }, { aud: 5 }, 'jwt audience invalid. expected: 5'],
    [{ authorizedParties: parties }, { azp: party }, true],
    [{ authorizedParties: parties }, { azp: 'http://localhost:3000' }, true],
    ...[
      undefined,
      null,
      '',
      5,
      [party],
      `${party}/`,
      `${party}.evil.com`,
      `${party}:443`,
      'https://APP.example.com',
    ].map((azp): [object, object, string] => [
      { authorizedParties: parties },
      { azp },
      `jwt authorized party invalid. expected: ${party} or http://localhost:3000`,
    ]),
  ])('with the options %j and the claims %j: %s', async (options, claims, verdict) => {
    const clerk = new Clerk('k', { jwtKey: spki, ...options })
    const verified = clerk.verifyToken(signed(pair.privateKey, {}, claims))
    if (verdict === true) expect(await verified).toMatchObject(claims)
    else expect(await refusal(verified)).toMatchObject({ name: 'JsonWebTokenError', message: verdict, statusCode: 401 })
  })

  test('is held against the lists as they were given, not as they were changed', async () => {
    const authorizedParties = [party]
    const clerk = new Clerk('k', { jwtKey: spki, authorizedParties })
    authorizedParties.push('https://evil.com')
    const token = signed(pair.privateKey, {}, { azp: 'https://evil.com' })
    expect(await refusal(clerk.verifyToken(token))).toMatchObject({ statusCode: 401 })
  })
})

describe('the options', () => {
  test.each([
    ...['', null, 5, {}, [], [''], ['a', 5], [['a']], Array(1), /a/].map((value) => ['audience', value]),
    ...['', 'a', null, 5, {}, [], [''], ['a', undefined], Array(1)].map((value) => ['authorizedParties', value]),
    ...[null, 5, {}, [], [''], Array(1)].map((value) => ['issuer', value]),
    ...[-1, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 1_000_001, '5', null].map((value) => ['tokenCacheSize', value]),
  ])('%s cannot be %o', (name, value) => {
    expect(() => new Clerk('k', { [String(name)]: value })).toThrow(new RegExp(`^${name} must be `))
  })

  test('that are undefined are not given', () => {
    const nothing = { audience: undefined, authorizedParties: undefined, tokenCacheSize: undefined, jwtKey: undefined }
    expect(() => new Clerk('k', nothing)).not.toThrow()
  })
})
