import { type KeyObject, verify } from 'node:crypto'
import { isObject } from '../json.js'
import type { ReadySettings } from '../options.js'
import { type Decoded, type JwtPayload, takeApart } from './decode.js'
import { tokenError } from './errors.js'
import { isIssuer } from './issuer.js'

type Rules = Pick<ReadySettings, 'issuer' | 'clockSkewInMs'>

/**
 * The claims of a token that is signed by one of the keys, is of its time, and comes from an accepted issuer.
 *
 * @param now milliseconds since 1970
 */
export async function verifyToken(
  token: string,
  findKey: (kid: unknown) => Promise<KeyObject>,
  rules: Rules,
  now: () => number,
): Promise<JwtPayload> {
  const decoded = takeApart(token)
  if (!decoded) throw tokenError('Error', 'Failed to verify token: it is not a JWT')
  assertAlgorithm(decoded)
  const key = await findKey(decoded.header['kid'])
  assertSignature(decoded, key)
  return acceptedClaims(decoded.payload, rules, now())
}

/** Before any key is looked for, so that a token which could never pass costs no request. */
function assertAlgorithm({ header, signature }: Decoded): void {
  if (signature === '') throw invalid('jwt signature is required')
  // RS256 only: the token does not choose how it is checked.
  if (header['alg'] !== 'RS256') throw invalid('invalid algorithm')
  if (header['crit'] !== undefined) throw invalid('unsupported critical header')
  if (header['b64'] !== undefined && header['b64'] !== true) throw invalid('unsupported payload encoding')
}

function assertSignature({ signed, signature }: Decoded, key: KeyObject): void {
  // The key is passed bare: with a padding beside it the same check takes almost twice as long.
  if (!verify('RSA-SHA256', Buffer.from(signed), key, Buffer.from(signature, 'base64url'))) {
    throw invalid('invalid signature')
  }
}

function acceptedClaims(payload: unknown, rules: Rules, now: number): JwtPayload {
  if (!isObject(payload)) throw tokenError('Error', 'Malformed token')
  const notBefore = time(payload['nbf'], 'nbf')
  if (notBefore !== undefined && notBefore > now + rules.clockSkewInMs) {
    throw tokenError('NotBeforeError', 'jwt not active', { date: new Date(notBefore) })
  }
  const expiry = time(payload['exp'], 'exp')
  if (expiry !== undefined && expiry <= now - rules.clockSkewInMs) {
    throw tokenError('TokenExpiredError', 'jwt expired', { expiredAt: new Date(expiry) })
  }
  const { iss: issuer } = payload
  if (typeof issuer !== 'string' || issuer === '') throw tokenError('Error', 'Malformed token')
  if (!isIssuer(issuer, rules.issuer)) throw tokenError('Error', `Invalid issuer: ${issuer}`)
  return payload
}

/** A claim in seconds as milliseconds. */
function time(claim: unknown, name: string): number | undefined {
  if (claim === undefined) return undefined
  if (typeof claim === 'number' && Number.isFinite(claim)) return claim * 1000
  throw invalid(`invalid ${name} value`)
}

const invalid = (message: string): Error => tokenError('JsonWebTokenError', message)
