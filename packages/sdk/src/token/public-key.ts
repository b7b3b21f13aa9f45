import type { KeyObject } from 'node:crypto'
import { builtins } from '../builtins.js'
import { isObject } from '../json.js'

/** The shortest RSA key that counts, in bits. */
const shortestKey = 2048

/** How a public key can be written, by the words of its armour. */
const formats: ReadonlyMap<string, (der: Buffer) => KeyObject> = new Map([
  ['PUBLIC KEY', (key: Buffer) => builtins.crypto.createPublicKey({ key, format: 'der', type: 'spki' })],
  ['RSA PUBLIC KEY', (key: Buffer) => builtins.crypto.createPublicKey({ key, format: 'der', type: 'pkcs1' })],
  ['CERTIFICATE', (der: Buffer) => new builtins.crypto.X509Certificate(der).publicKey],
])

const armour = /^-----BEGIN ([A-Z0-9 ]+)-----([^-]*)-----END \1-----$/
const base64 = /^[A-Za-z0-9+/]+={0,2}$/

const faults = {
  private:
    'jwtKey (CLERK_JWT_KEY) is a private key, but must be the public one: whoever has the private one can sign tokens.',
  unknown:
    'jwtKey (CLERK_JWT_KEY) is not a public key: it must be PEM (BEGIN PUBLIC KEY, BEGIN RSA PUBLIC KEY or BEGIN CERTIFICATE), or the base64 inside of a PUBLIC KEY.',
  weak: `jwtKey (CLERK_JWT_KEY) must be an RSA key of ${shortestKey} bits or more: tokens are signed with RS256.`,
}

/**
 * The key in a PEM text, however its lines are broken: by any line break, by `\n` in two characters, or not at all. The
 * base64 of a `PUBLIC KEY` may be bare.
 *
 * @throws Error when it is not a public key that RS256 can be checked with. The message never shows any of it.
 */
export function keyFromPEM(text: unknown): KeyObject {
  if (typeof text !== 'string') throw new Error(faults.unknown)
  const pem = text.replace(/\\[nr]/g, '\n').trim()
  if (pem.includes('PRIVATE KEY-----')) throw new Error(faults.private)
  const [, name = 'PUBLIC KEY', lines = pem] = armour.exec(pem) ?? []
  const body = lines.replace(/\s/g, '')
  const der = Buffer.from(base64.test(body) ? body : '', 'base64')
  const key = attempt(() => formats.get(name)?.(der))
  if (key) return strong(key)
  throw new Error(isPrivate(der) ? faults.private : faults.unknown)
}

function strong(key: KeyObject): KeyObject {
  if (isStrong(key)) return key
  throw new Error(faults.weak)
}

/** The key of an entry of a key set, when it is one that RS256 can be checked with. */
export function keyFromJWK(jwk: unknown): KeyObject | undefined {
  if (!isObject(jwk)) return undefined
  const { kty, alg, n, e } = jwk
  if (kty !== 'RSA' || (alg !== undefined && alg !== 'RS256') || typeof n !== 'string' || typeof e !== 'string') {
    return undefined
  }
  const key = attempt(() => builtins.crypto.createPublicKey({ key: { kty, n, e }, format: 'jwk' }))
  return key && isStrong(key) ? key : undefined
}

const isStrong = ({ asymmetricKeyType, asymmetricKeyDetails }: KeyObject): boolean =>
  asymmetricKeyType === 'rsa' && (asymmetricKeyDetails?.modulusLength ?? 0) >= shortestKey

const isPrivate = (key: Buffer): boolean =>
  (['pkcs8', 'pkcs1', 'sec1'] as const).some((type) =>
    attempt(() => builtins.crypto.createPrivateKey({ key, format: 'der', type })),
  )

function attempt<Result>(read: () => Result): Result | undefined {
  try {
    return read()
  } catch {
    return undefined
  }
}
