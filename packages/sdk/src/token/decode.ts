import { hide } from '../hidden.js'
import { isObject, type JSONObject } from '../json.js'
import { tokenError } from './errors.js'

/** The claims of a token. Those of the API's session tokens are named; there may be others. */
export interface JwtPayload {
  /** Who issued the token. */
  iss?: string
  /** The id of the user. */
  sub?: string
  /** The id of the session. */
  sid?: string
  aud?: string | string[]
  /** The origin of the page that the token was made for. */
  azp?: string
  /** Not good from this second since 1970 on. */
  exp?: number
  /** Not good before this second since 1970. */
  nbf?: number
  /** The second since 1970 in which it was issued. */
  iat?: number
  jti?: string
  [claim: string]: unknown
}

/** A token taken apart, with nothing of it verified. */
export interface Decoded {
  readonly header: JSONObject
  readonly payload: unknown
  /** What the signature is of. */
  readonly signed: string
  readonly signature: string
}

/** Three parts in base64url, of which only the signature may be empty. */
const shape = /^([\w-]+)\.([\w-]+)\.([\w-]*)$/

/**
 * Takes a token apart. Gives `undefined` when it is none.
 *
 * @throws SyntaxError when its header says `typ: JWT` but its payload is not JSON.
 */
export function takeApart(token: unknown): Decoded | undefined {
  const parts = typeof token === 'string' ? shape.exec(token) : null
  if (!parts) return undefined
  const [, head = '', body = '', signature = ''] = parts
  if ([head, body, signature].some(isCutShort)) return undefined
  const header = headerOf(head)
  if (!isObject(header)) return undefined
  return { header, payload: payloadOf(body, header['typ'] === 'JWT'), signed: `${head}.${body}`, signature }
}

/** The header that was read last. It is the same text in most tokens. */
let latest: { readonly text: string; readonly header: unknown } | undefined

function headerOf(text: string): unknown {
  if (latest?.text !== text) latest = { text, header: parsed(text) }
  return latest.header
}

function payloadOf(body: string, mustBeJSON: boolean): unknown {
  const json = parsed(body)
  if (json !== undefined) return json
  if (mustBeJSON) throw notJSON()
  return bytes(body).toString()
}

/**
 * The payload of a token, with nothing verified: who shows it may be anybody. Usually an object of claims; when the
 * token carries something else, that, as it is.
 *
 * @throws Error when it is not a JWT. @throws SyntaxError when its payload should be JSON and is not.
 */
export function decodeToken(token: string): JwtPayload {
  const payload = takeApart(token)?.payload
  // Nor do `null`, `0`, `false` and an empty text say anything of anybody.
  if (!payload) throw tokenError('not-a-jwt', 'Failed to decode token: it is not a JWT')
  return payload as JwtPayload
}

// Not the parser's own error, which quotes what it read.
function notJSON(): SyntaxError {
  const error = new SyntaxError('The payload of the token is not JSON')
  hide(error, { statusCode: 401, reason: 'not-a-jwt' })
  return error
}

/** One character of base64url is less than a byte: the last of these would be passed over. */
const isCutShort = (part: string): boolean => part.length % 4 === 1

const strictly = new TextDecoder('utf-8', { fatal: true })

const bytes = (part: string): Buffer => Buffer.from(part, 'base64url')

function parsed(part: string): unknown {
  try {
    return JSON.parse(strictly.decode(bytes(part)))
  } catch {
    return undefined
  }
}
