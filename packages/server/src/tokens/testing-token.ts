import type { Clock } from '../clock.js'
import type { Jwts } from './jwt.js'

/** Seconds. */
const lifetime = 60 * 60

/** Issues tokens that let an automated test pass bot protection for an hour. Nothing is kept of them: the signature tells. */
export interface TestingTokens {
  /** @returns the token, and when it ends, in seconds since 1970 */
  issue(): Promise<{ token: string; expiresAt: number }>
}

export function createTestingTokens(jwts: Jwts, instanceId: string, clock: Clock): TestingTokens {
  return {
    async issue() {
      const now = Math.floor(clock() / 1000)
      const expiresAt = now + lifetime
      // Without what a session token has, as tickets are.
      return { token: await jwts.sign({ aud: 'testing', exp: expiresAt, iat: now, iss: instanceId }), expiresAt }
    },
  }
}
