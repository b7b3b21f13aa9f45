import { randomBytes } from 'node:crypto'
import type { Clock } from '../clock.js'
import type { Claims, Jwts } from './jwt.js'

/** Seconds a token is good for unless its caller says otherwise: it cannot be revoked before. */
const lifetime = 60
/** Seconds a token is valid before it was issued, for verifiers whose clocks are behind. */
const leeway = 10
/** The API version from which on tokens have the second form. */
const secondForm = '2025-04-10'
export interface TokenSubject {
  sessionId: string
  userId: string
  apiVersion: string
  /** The origin of the site the token is for: verifiers can be told to take no other. */
  authorizedParty?: string | undefined
  /** Minutes since the first and the second factor were checked, -1 for never. */
  factorAges: readonly [number, number]
  expiresInSeconds?: number | undefined
}

/** Issues session tokens and checks those it issued. */
export interface SessionTokens {
  issue(subject: TokenSubject): Promise<string>
  /** The session a token proves, while it is valid; `undefined` for any token that proves none. */
  sessionOf(token: string): string | undefined
  /** What a token claims that we issued, and that may have expired; it may be a token of another kind. */
  claimsOf(token: string): Claims | undefined
}

export function createSessionTokens(jwts: Jwts, issuer: string, clock: Clock): SessionTokens {
  const seconds = () => Math.floor(clock() / 1000)

  const claimsOf = (token: string) => {
    const claims = jwts.read(token)
    return claims?.['iss'] === issuer ? claims : undefined
  }

  return {
    issue({ sessionId, userId, apiVersion, authorizedParty, factorAges, expiresInSeconds = lifetime }) {
      const now = seconds()
      return jwts.sign({
        ...(authorizedParty !== undefined && { azp: authorizedParty }),
        exp: now + expiresInSeconds,
        fva: factorAges,
        iat: now,
        iss: issuer,
        ...(apiVersion >= secondForm && { jti: tokenId() }),
        nbf: now - leeway,
        sid: sessionId,
        ...(apiVersion >= secondForm && { sts: 'active' }),
        sub: userId,
        ...(apiVersion >= secondForm && { v: 2 }),
      })
    },

    claimsOf,

    sessionOf(token) {
      const { exp, sid } = claimsOf(token) ?? {}
      // Tickets and tokens made to a template are signed by the same keys, and prove no session.
      if (typeof exp !== 'number' || typeof sid !== 'string') return undefined
      return exp > seconds() ? sid : undefined
    },
  }
}

/** What a token is told apart by (`jti`). */
export const tokenId = () => randomBytes(10).toString('hex')
