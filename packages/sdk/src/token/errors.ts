import { hide } from '../hidden.js'

/** What can be wrong with a token, and the name of the error that says so: those of the libraries under 2.6.3. */
const names = {
  'not-a-jwt': 'Error',
  'wrong-algorithm': 'JsonWebTokenError',
  'unsupported-header': 'JsonWebTokenError',
  'unknown-key': 'SigningKeyNotFoundError',
  'wrong-signature': 'JsonWebTokenError',
  'not-claims': 'Error',
  'invalid-time': 'JsonWebTokenError',
  'not-yet-valid': 'NotBeforeError',
  expired: 'TokenExpiredError',
  'wrong-audience': 'JsonWebTokenError',
  'wrong-issuer': 'Error',
  'wrong-party': 'JsonWebTokenError',
} as const

export type TokenFault = keyof typeof names

/** What a bad token is answered with, by name and status; the text never has the token in it. */
function fault(name: string, message: string, details: Readonly<Record<string, unknown>>): Error {
  const error = new Error(message)
  hide(error, { name, ...details })
  return error
}

/** The token itself is at fault: whoever sent it is not signed in. The `reason` is for programs, the message for people. */
export const tokenError = (reason: TokenFault, message: string, details: object = {}): Error =>
  fault(names[reason], message, { statusCode: 401, reason, ...details })

/** The keys cannot be had at the moment, which says nothing of the token. */
export const keySetError = (message: string, cause: unknown): Error =>
  fault('JwksError', message, { statusCode: 503, reason: 'keys-unavailable', cause })
