import { createHmac, createPrivateKey, type KeyObject, sign } from 'node:crypto'
import { promisify } from 'node:util'
import type { JWTTemplateJSON } from '@clerk-server/contract'
import { ApiError } from '../errors.js'
import { type Claims, compactJwt } from './jwt.js'

export type SigningAlgorithm = JWTTemplateJSON['signing_algorithm']

/** RFC 7518 §3.2 and §3.3. The key of an HMAC must have as many bytes as its hash: shorter ones can be searched for. */
const algorithms: Record<SigningAlgorithm, { family: 'HMAC' | 'RSA'; hash: string; bytes: number }> = {
  HS256: { family: 'HMAC', hash: 'sha256', bytes: 32 },
  HS384: { family: 'HMAC', hash: 'sha384', bytes: 48 },
  HS512: { family: 'HMAC', hash: 'sha512', bytes: 64 },
  RS256: { family: 'RSA', hash: 'sha256', bytes: 256 },
  RS384: { family: 'RSA', hash: 'sha384', bytes: 256 },
  RS512: { family: 'RSA', hash: 'sha512', bytes: 256 },
}

/** Signs a token with a key that is not the instance's, for a service that knows that key. */
export function signWith(algorithm: SigningAlgorithm, key: string, claims: Claims): Promise<string> {
  const { family, hash } = algorithms[algorithm]
  return compactJwt({ alg: algorithm, typ: 'JWT' }, claims, (content) =>
    family === 'HMAC'
      ? createHmac(hash, key).update(content).digest()
      : promisify(sign)(hash, content, createPrivateKey(key)),
  )
}

/**
 * Refuses a key that cannot sign, or that is too weak to.
 *
 * @throws ApiError `form_param_value_invalid`, which does not repeat the key
 */
export function checkSigningKey(algorithm: SigningAlgorithm, key: string): void {
  const { family, bytes } = algorithms[algorithm]
  if (family === 'HMAC' && Buffer.byteLength(key) < bytes) {
    throw invalid(`must have at least ${bytes} bytes for ${algorithm}`)
  }
  if (family === 'RSA' && !isStrong(privateKey(key), bytes)) {
    throw invalid(
      `must be a private RSA key in PEM, without a password, of at least ${bytes * 8} bits for ${algorithm}`,
    )
  }
}

const invalid = (message: string) => new ApiError('form_param_value_invalid', { param: 'signing_key', message })

const isStrong = (key: KeyObject | undefined, bytes: number) =>
  key?.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= bytes * 8

function privateKey(pem: string): KeyObject | undefined {
  try {
    return createPrivateKey(pem)
  } catch {
    return undefined
  }
}
