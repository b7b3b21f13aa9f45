/** Headers of a request, by name. */
export interface RequestHeaders {
  [name: string]: string | readonly string[] | undefined
}

/** What the headers of a request say of its sender, before anything is verified. */
export type Decision = { readonly token: string } | { readonly signedOut: string }

/** Why somebody is signed out, in words for a log. */
export const reasons = {
  noToken: 'the request has no Authorization header',
  notAToken: 'the Authorization header does not carry a JWT',
  noSession: 'the token names no user or no session',
} as const

/** `Bearer <token>`, in any case and with any number of spaces, or the bare token. */
const credentials = /^(?:bearer +)?(\S+)$/i

/** Where a request's token is found. An Authorization header decides, whatever else the request carries. */
export function decide(headers: RequestHeaders): Decision {
  // Node gives names in lower case; requests that were made by hand may not.
  const authorization = headers['authorization'] ?? headers['Authorization']
  if (authorization === undefined) return { signedOut: reasons.noToken }
  const token = typeof authorization === 'string' ? credentials.exec(authorization.trim())?.[1] : undefined
  return token === undefined ? { signedOut: reasons.notAToken } : { token }
}
