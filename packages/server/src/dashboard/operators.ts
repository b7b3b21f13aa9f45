import type { Clock } from '../clock.js'
import type { Jwts } from '../tokens/jwt.js'

/** Seconds after which an operator shows a secret key again. */
const lifetime = 60 * 60

const audience = 'dashboard'

/** People who run the instance: who has shown a secret key of it. */
export interface Operators {
  /** What the browser of somebody keeps who has shown a key; `undefined` for a key that is none. */
  admit(secretKey: string): Promise<string | undefined>
  isAdmitted(pass: string): Promise<boolean>
}

interface SecretKeys {
  digestOf(secretKey: string): Promise<string | undefined>
  acceptsDigest(digest: string): Promise<boolean>
}

export function createOperators(jwts: Jwts, instanceId: string, keys: SecretKeys, clock: Clock): Operators {
  const seconds = () => Math.floor(clock() / 1000)
  return {
    async admit(secretKey) {
      const key = await keys.digestOf(secretKey)
      if (key === undefined) return undefined
      return jwts.sign({
        aud: audience,
        exp: seconds() + lifetime,
        iat: seconds(),
        iss: instanceId,
        // A key that is revoked takes with it whoever came in by it.
        key,
      })
    },

    async isAdmitted(pass) {
      const claims = jwts.read(pass)
      if (claims?.['aud'] !== audience || claims['iss'] !== instanceId) return false
      if (typeof claims['exp'] !== 'number' || claims['exp'] <= seconds()) return false
      return keys.acceptsDigest(String(claims['key']))
    },
  }
}
