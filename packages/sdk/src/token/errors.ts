import { hide } from '../hidden.js'

/** What a bad token is answered with, by name and status; the text never has the token in it. */
function fault(name: string, message: string, details: Readonly<Record<string, unknown>>): Error {
  const error = new Error(message)
  hide(error, { name, ...details })
  return error
}

/** The token itself is at fault: whoever sent it is not signed in. */
export const tokenError = (name: TokenErrorName, message: string, details: object = {}): Error =>
  fault(name, message, { statusCode: 401, ...details })

type TokenErrorName = 'Error' | 'JsonWebTokenError' | 'TokenExpiredError' | 'NotBeforeError' | 'SigningKeyNotFoundError'

/** The token is refused in the words of `jsonwebtoken`, which 2.6.3 was built on. */
export const invalidToken = (message: string): Error => tokenError('JsonWebTokenError', message)

/** The keys cannot be had at the moment, which says nothing of the token. */
export const keySetError = (message: string, cause: unknown): Error =>
  fault('JwksError', message, { statusCode: 503, cause })
