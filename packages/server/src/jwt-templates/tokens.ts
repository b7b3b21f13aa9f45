import type { Clock } from '../clock.js'
import { signWith } from '../tokens/custom-signature.js'
import type { Claims, Jwts } from '../tokens/jwt.js'
import { tokenId } from '../tokens/session-token.js'
import type { StoredUser } from '../users/store.js'
import { userView } from '../users/view.js'
import { fillIn, shortcodeValues } from './shortcodes.js'
import type { JWTTemplateStore } from './store.js'

/** Mints tokens for other services: they speak of a user, and prove no session. */
export interface TemplateTokens {
  /** @throws ApiError `resource_not_found` when there is no template of that name, or no such user (any more) */
  issue(template: string, userId: string, expiresInSeconds?: number): Promise<string>
}

interface Users {
  /** @throws ApiError `resource_not_found` */
  get(id: string): Promise<StoredUser>
}

export function createTemplateTokens(
  templates: JWTTemplateStore,
  users: Users,
  jwts: Jwts,
  issuer: string,
  clock: Clock,
): TemplateTokens {
  return {
    async issue(name, userId, expiresInSeconds) {
      const template = await templates.named(name)
      const user = userView(await users.get(userId), clock())
      const now = Math.floor(clock() / 1000)
      const claims: Claims = {
        ...(fillIn(JSON.parse(template.claims), shortcodeValues(user)) as Claims),
        exp: now + (expiresInSeconds ?? template.lifetime),
        iat: now,
        iss: issuer,
        jti: tokenId(),
        nbf: now - template.allowed_clock_skew,
        sub: user.id,
      }
      const { signing_algorithm, signing_key } = template
      return signing_key === null ? jwts.sign(claims) : signWith(signing_algorithm, signing_key, claims)
    },
  }
}
