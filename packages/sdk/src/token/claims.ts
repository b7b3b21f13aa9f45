import { isObject } from '../json.js'
import type { Settings } from '../options.js'
import type { JwtPayload } from './decode.js'
import { tokenError } from './errors.js'
import { isIssuer } from './issuer.js'

type Rules = Pick<Settings, 'issuer' | 'clockSkewInMs' | 'audience' | 'authorizedParties'>

/**
 * The claims of a payload that the rules accept at this moment.
 *
 * @param now milliseconds since 1970
 */
export function acceptedClaims(payload: unknown, rules: Rules, now: number): JwtPayload {
  if (!isObject(payload)) throw tokenError('not-claims', 'Malformed token')
  assertTimes(payload, rules.clockSkewInMs, now)
  assertAudience(payload['aud'], rules.audience)
  assertIssuer(payload['iss'], rules.issuer)
  assertAuthorizedParty(payload['azp'], rules.authorizedParties)
  return payload
}

function assertTimes({ nbf, exp, iat }: JwtPayload, skew: number, now: number): void {
  const notBefore = time(nbf, 'nbf')
  if (notBefore !== undefined && notBefore > now + skew) {
    throw tokenError('not-yet-valid', 'jwt not active', { date: new Date(notBefore) })
  }
  const expiry = time(exp, 'exp')
  if (expiry !== undefined && expiry <= now - skew) {
    throw tokenError('expired', 'jwt expired', { expiredAt: new Date(expiry) })
  }
  time(iat, 'iat')
}

/** A claim in seconds as milliseconds. */
function time(claim: unknown, name: string): number | undefined {
  if (claim === undefined) return undefined
  if (typeof claim === 'number' && Number.isFinite(claim)) return claim * 1000
  throw tokenError('invalid-time', `invalid ${name} value`)
}

/** A token for several audiences is for each of them. One that does not say is for none. */
function assertAudience(claim: unknown, expected: Rules['audience']): void {
  if (!expected || [claim].flat().some((audience) => isOneOf(expected, audience))) return
  throw tokenError('wrong-audience', `jwt audience invalid. expected: ${expected.join(' or ')}`)
}

function assertIssuer(claim: unknown, expected: Rules['issuer']): void {
  if (typeof claim !== 'string' || claim === '') throw tokenError('wrong-issuer', 'Malformed token')
  if (!isIssuer(claim, expected)) throw tokenError('wrong-issuer', `Invalid issuer: ${claim}`)
}

/** @throws JsonWebTokenError when parties are expected and the claim is none of them, or is absent. */
export function assertAuthorizedParty(claim: unknown, expected: Rules['authorizedParties']): void {
  if (!expected || isOneOf(expected, claim)) return
  throw tokenError('wrong-party', `jwt authorized party invalid. expected: ${expected.join(' or ')}`)
}

const isOneOf = (texts: readonly unknown[], claim: unknown): boolean => texts.includes(claim)
