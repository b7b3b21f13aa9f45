import { hide } from '../hidden.js'
import type { TokenFault } from '../token/errors.js'

/** What a request can lack, beyond the faults of a token. */
type RequestFault =
  | 'no-token'
  | 'not-a-browser'
  | 'cross-origin'
  | 'no-referer'
  | 'foreign-referer'
  | 'no-client-uat'
  | 'signed-out'
  | 'no-session-cookie'
  | 'stale-session-cookie'
  | 'no-session'
  | 'keys-unavailable'
  | 'not-verified'

/** Why a request is not signed in. */
export type SignedOutReason = RequestFault | TokenFault

const words: Readonly<Record<SignedOutReason, string>> = {
  'no-token': 'there is no Authorization header, and no cookie of a session',
  'not-a-browser': 'there is no Authorization header, and a development key takes cookies from browsers only',
  'cross-origin': 'there is no Authorization header, which a page of another origin needs',
  'no-referer': 'a development key takes cookies only from who comes from a page',
  'foreign-referer': 'a development key takes cookies only from who comes from a page of the same origin',
  'no-client-uat': 'there is no Authorization header, and no __client_uat cookie beside the __session cookie',
  'signed-out': 'the __client_uat cookie says that nobody is signed in',
  'no-session-cookie':
    'there is no __session cookie, though the __client_uat cookie may say that somebody is signed in',
  'stale-session-cookie': 'the __session cookie was not issued since the time that the __client_uat cookie gives',
  'no-session': 'the token names no user or no session',
  'keys-unavailable': 'the public keys could not be fetched: the apiKey or the serverApiUrl may be wrong',
  'not-verified': 'the token could not be verified, as the error says',
  'not-a-jwt': 'the token is not a JWT',
  'wrong-algorithm': 'the token is not signed with RS256',
  'unsupported-header': 'the header of the token asks for something that is not supported',
  'unknown-key': 'the token is signed with a key that this instance does not have',
  'wrong-signature': 'the signature of the token is not of this instance',
  'not-claims': 'the token carries no claims',
  'invalid-time': 'a time in the token is not a number',
  'not-yet-valid': 'the token is not valid yet',
  expired: 'the token has expired',
  'wrong-audience': 'the token is not for the audience that was configured',
  'wrong-issuer': 'the token is of an issuer that is not accepted',
  'wrong-party': 'the token was made for a page that is not one of the authorizedParties',
}

/** Errors that others throw in place of ours: jsonwebtoken and jwks-rsa, on which 2.6.3 was built. */
const byName: ReadonlyMap<string, SignedOutReason> = new Map([
  ['TokenExpiredError', 'expired'],
  ['NotBeforeError', 'not-yet-valid'],
  ['SigningKeyNotFoundError', 'unknown-key'],
  ['JwksError', 'keys-unavailable'],
])

/** Which check an error stands for. */
export function reasonOf(error: Error & { reason?: unknown }): SignedOutReason {
  const { reason, name } = error
  return isReason(reason) ? reason : (byName.get(name) ?? 'not-verified')
}

const isReason = (value: unknown): value is SignedOutReason => typeof value === 'string' && Object.hasOwn(words, value)

/** The reason in words, for a log. */
export const inWords = (reason: SignedOutReason): string => words[reason]

/** What a signed-out request is refused with, unless there is a better error: 401 by `statusCode` and `status`. */
export function unauthenticated(reason: SignedOutReason, cause?: unknown): Error {
  const error = new Error('Unauthenticated')
  hide(error, { statusCode: 401, status: 401, reason, ...(cause !== undefined && { cause }) })
  return error
}

/** Also of an Error from another realm, such as a test environment's. */
export const isError = (value: unknown): value is Error =>
  value instanceof Error || Object.prototype.toString.call(value) === '[object Error]'

/** What was thrown, when it is an Error. */
export const asError = (thrown: unknown): Error => (isError(thrown) ? thrown : unauthenticated('not-verified', thrown))
