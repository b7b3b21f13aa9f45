import type { ErrorCode } from '@clerk-server/contract'
import { ApiError } from '../errors.js'
import type { Claims } from '../tokens/jwt.js'

/** Seconds that the clock of whoever found the token expired may be ahead of ours. */
const leeway = 10
/** Seconds after its expiry in which a token can still be traded: a browser that was away for longer makes a handshake. */
const oldest = 24 * 60 * 60

interface Attempt {
  /** What the expired token claims; nothing, if it is none of ours. */
  claims: Claims | undefined
  sessionId: string
  /** Of the request that the expired token came with. */
  origin: string
  /** Seconds since 1970. */
  now: number
}

/** Why a token is not traded for a new one: the first row that holds is what the caller is told. */
const refusals: readonly (readonly [ErrorCode, (attempt: Attempt & { claims: Claims }) => boolean])[] = [
  ['expired_session_token_missing_sid', ({ claims }) => typeof claims['sid'] !== 'string'],
  ['refresh_sid_mismatch', ({ claims, sessionId }) => claims['sid'] !== sessionId],
  ['session_refresh_expired_session_token_missing_iat', ({ claims }) => typeof claims['iat'] !== 'number'],
  ['expired_session_token_missing_azp', ({ claims }) => typeof claims['azp'] !== 'string'],
  ['refresh_request_origin_invalid', ({ origin }) => !isOrigin(origin)],
  ['refresh_request_origin_azp_mismatch', ({ claims, origin }) => claims['azp'] !== origin],
  ['session_refresh_session_token_ineligible', ({ claims, now }) => expiry(claims) > now + leeway],
  ['session_refresh_expired_session_token_too_old', ({ claims, now }) => expiry(claims) < now - oldest],
]

/**
 * Makes sure that an expired token, together with a refresh token, may be traded for new ones.
 *
 * @throws ApiError with the code of the first thing that is wrong, all of them 401
 */
export function checkRefresh({ claims, ...attempt }: Attempt): void {
  if (!claims || typeof claims['exp'] !== 'number') throw new ApiError('expired_session_token_invalid')
  const [code] = refusals.find(([, holds]) => holds({ claims, ...attempt })) ?? []
  if (code !== undefined) throw new ApiError(code)
}

const expiry = (claims: Claims) => claims['exp'] as number

function isOrigin(text: string): boolean {
  return /^https?:/.test(text) && URL.canParse(text) && new URL(text).origin === text
}
