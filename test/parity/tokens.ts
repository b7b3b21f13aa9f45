import { constants, createHmac, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'

/** A key pair, and the public key as a set lists it. */
export interface SigningKey {
  privateKey: KeyObject
  jwk: Record<string, unknown>
}

export function createKey(kid: string, modulusLength = 2048): SigningKey {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength })
  return { privateKey, jwk: { ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' } }
}

/** The key that tokens are signed with, and the set that has it. */
export const key: SigningKey = createKey('key_1')
export const keySet = { json: { keys: [key.jwk] } }

/** Somebody else's key, under the same id. */
export const strangersKey: SigningKey = createKey('key_1')

export const seconds = (): number => Math.floor(Date.now() / 1000)

/** Claims of a session token that is good for ten minutes. */
export const goodClaims = (): Record<string, unknown> => ({
  iss: 'https://clerk.example.com',
  sub: 'user_1',
  sid: 'sess_1',
  iat: seconds() - 10,
  exp: seconds() + 600,
})

/** How a token is made. An object is written as JSON; a text, or bytes, stand in it as they are. */
export interface Making {
  /** Beside `alg`, `typ` and `kid`; a text in place of all. */
  header?: object | string
  /** Default: good claims. */
  payload?: object | string | Buffer
  /** Default: the one key there is. */
  key?: SigningKey
  /** `alg` of the header, and how it is signed. Default: RS256. */
  alg?: keyof typeof signatures
}

const signatures = {
  RS256: (text: string, key: KeyObject) => sign('RSA-SHA256', Buffer.from(text), key),
  RS384: (text: string, key: KeyObject) => sign('RSA-SHA384', Buffer.from(text), key),
  RS512: (text: string, key: KeyObject) => sign('RSA-SHA512', Buffer.from(text), key),
  PS256: (text: string, key: KeyObject) =>
    sign('RSA-SHA256', Buffer.from(text), { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }),
  // The old trick: the public key as the secret of another algorithm.
  HS256: (text: string, key: KeyObject) =>
    createHmac('sha256', createPublicKey(key).export({ format: 'pem', type: 'spki' }))
      .update(text)
      .digest(),
  none: () => Buffer.alloc(0),
}

export function makeToken(making: Making = {}): string {
  const { key: signer = key, alg = 'RS256', header = {}, payload = goodClaims() } = making
  const whole = typeof header === 'string' ? header : { alg, typ: 'JWT', kid: signer.jwk['kid'], ...header }
  const text = [whole, payload].map(part).join('.')
  return `${text}.${signatures[alg](text, signer.privateKey).toString('base64url')}`
}

/** A good token but for these claims. */
export const claiming = (claims: object): string => makeToken({ payload: { ...goodClaims(), ...claims } })

function part(value: object | string | Buffer): string {
  const bytes = typeof value === 'string' || Buffer.isBuffer(value) ? value : JSON.stringify(value)
  return Buffer.from(bytes).toString('base64url')
}
