import { type OutgoingHttpHeaders, validateHeaderName, validateHeaderValue } from 'node:http'
import type { ReadySettings } from '../options.js'
import { userAgent } from '../version.js'
import { acceptEncoding } from './body.js'

/** Headers that say where a message ends: a wrong one would garble the connection. */
const framing: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding'])

/** @throws Error that names a header which cannot be sent. `option` is where it was given. */
export function checkHeaders(option: string, headers: unknown): OutgoingHttpHeaders {
  if (typeof headers !== 'object' || headers === null) throw new Error(`httpOptions.${option} must be an object.`)
  for (const [name, content] of Object.entries(headers)) {
    validateHeaderName(name)
    if (framing.has(name.toLowerCase())) throw new Error(`httpOptions.${option} cannot have ${name}: the SDK sets it.`)
    for (const line of [content ?? []].flat()) validateHeaderValue(name, line)
  }
  return headers as OutgoingHttpHeaders
}

/** A body, and what it is. */
export interface Payload {
  readonly type: string
  readonly text: string
}

/** Methods whose requests say how long their body is, even when it is empty. */
const withBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH'])

/** What a request is sent with, by lower-case name: a header is the same one in any case. */
export function headersOf(
  { apiKey, http }: ReadySettings,
  method: string,
  { type, text }: Payload,
): OutgoingHttpHeaders {
  const preset = {
    'user-agent': userAgent,
    accept: 'application/json',
    'accept-encoding': http.decompress ? acceptEncoding : 'identity',
  }
  const fixed = {
    authorization: `Bearer ${apiKey}`,
    'content-type': type,
    ...((withBody.has(method) || text !== '') && { 'content-length': Buffer.byteLength(text) }),
  }
  const headers: OutgoingHttpHeaders = { ...preset }
  for (const [name, value] of Object.entries(http.headers)) {
    if (value !== undefined) headers[name.toLowerCase()] = value
  }
  return Object.assign(headers, fixed)
}
