import { randomBytes, sign, verify } from 'node:crypto'
import { promisify } from 'node:util'
import type { Clock } from '../clock.js'
import type { SigningKey } from './signing-key.js'

/** Seconds a token is good for unless its caller says otherwise: it cannot be revoked before. */
const lifetime = 60
/** Seconds a token is valid before it was issued, for verifiers whose clocks are behind. */
const leeway = 10
/** The API version from which on tokens have the second form. */
const secondForm = '2025-04-10'
/** Minutes since the first and the second factor were checked; -1 is never, as in a session nobody signed in to. */
const factorsNeverChecked = [-1, -1]

export interface TokenSubject {
  sessionId: string
  userId: string
  apiVersion: string
  expiresInSeconds?: number | undefined
}

/** Issues session tokens (JWT, RFC 7519, signed RS256) and checks those it issued. */
export interface SessionTokens {
  issue(subject: TokenSubject): Promise<string>
  /** The session a token proves, while it is valid; `undefined` for any token that proves none. */
  sessionOf(token: string): string | undefined
}

export function createSessionTokens(key: SigningKey, issuer: string, clock: Clock): SessionTokens {
  const header = encode({ alg: 'RS256', kid: key.kid, typ: 'JWT' })
  const seconds = () => Math.floor(clock() / 1000)

  return {
    async issue({ sessionId, userId, apiVersion, expiresInSeconds = lifetime }) {
      const now = seconds()
      const claims = {
        exp: now + expiresInSeconds,
        fva: factorsNeverChecked,
        iat: now,
        iss: issuer,
        ...(apiVersion >= secondForm && { jti: tokenId() }),
        nbf: now - leeway,
        sid: sessionId,
        ...(apiVersion >= secondForm && { sts: 'active' }),
        sub: userId,
        ...(apiVersion >= secondForm && { v: 2 }),
      }
      const content = `${header}.${encode(claims)}`
      // In the thread pool: a signature takes about a millisecond, in which nobody else would be answered.
      const signature = await promisify(sign)('RSA-SHA256', Buffer.from(content), key.privateKey)
      return `${content}.${signature.toString('base64url')}`
    },

    sessionOf(token) {
      const [head, body, signature, ...rest] = token.split('.')
      if (head !== header || body === undefined || signature === undefined || rest.length > 0) return undefined
      const content = Buffer.from(`${head}.${body}`)
      if (!verify('RSA-SHA256', content, key.publicKey, Buffer.from(signature, 'base64url'))) return undefined
      const claims = JSON.parse(Buffer.from(body, 'base64url').toString()) as { exp: number; sid: string }
      return claims.exp > seconds() ? claims.sid : undefined
    },
  }
}

const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
const tokenId = () => randomBytes(10).toString('hex')
