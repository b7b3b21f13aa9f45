import type { JwtPayload } from '../token/decode.js'
import type { SignedOutReason } from './reasons.js'

/** `req.auth` of a request that is signed in. */
export interface SignedInAuthObject {
  readonly sessionId: string
  readonly userId: string
  /** The claims of the token. */
  readonly claims: JwtPayload
  readonly reason?: undefined
  /** The token that the request came with. It is in no other place here, so that printing this shows no secret. */
  readonly getToken: () => Promise<string>
}

/** `req.auth` of a request that is not signed in. */
export interface SignedOutAuthObject {
  readonly sessionId: null
  readonly userId: null
  readonly claims: null
  /** The check that failed. */
  readonly reason: SignedOutReason
  readonly getToken: () => Promise<null>
}

/** Who sent a request. */
export type AuthObject = SignedInAuthObject | SignedOutAuthObject

/** Tells ours from what another library calls `req.auth`. */
class Auth {}

class SignedIn extends Auth implements SignedInAuthObject {
  constructor(
    readonly sessionId: string,
    readonly userId: string,
    readonly claims: JwtPayload,
    readonly getToken: () => Promise<string>,
  ) {
    super()
  }
}

class SignedOut extends Auth implements SignedOutAuthObject {
  readonly sessionId = null
  readonly userId = null
  readonly claims = null
  readonly getToken: () => Promise<null> = noToken

  constructor(readonly reason: SignedOutReason) {
    super()
  }
}

async function noToken(): Promise<null> {
  return null
}

export const signedIn = (sessionId: string, userId: string, claims: JwtPayload, token: string): SignedInAuthObject =>
  new SignedIn(sessionId, userId, claims, async () => token)

export const signedOut = (reason: SignedOutReason): SignedOutAuthObject => new SignedOut(reason)

export const isOwnAuth = (value: unknown): boolean => value instanceof Auth
