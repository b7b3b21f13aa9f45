import type { OutgoingHttpHeaders } from 'node:http'
import { builtins } from '../builtins.js'
import type { ReadySettings } from '../options.js'
import { userAgent } from '../version.js'
import { acceptEncoding } from './body.js'

/** Headers that say where a message ends: a wrong one would garble the connection. */
const framing: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding'])

/** @throws Error that names a header which cannot be sent. `option` is where it was given. */
export function checkHeaders(option: string, headers: unknown): OutgoingHttpHeaders {
  if (typeof headers !== 'object' || headers === null) throw new Error(`httpOptions.${option} must be an object.`)
  const { validateHeaderName, validateHeaderValue } = builtins.http
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
  const headers: OutgoingHttpHeaders = {
    'user-agent': userAgent,
    accept: 'application/json',
    'accept-encoding': http.decompress ? acceptEncoding : 'identity',
  }
  for (const [name, value] of Object.entries(http.headers)) {
    if (value !== undefined) headers[name.toLowerCase()] = value
  }
  headers['authorization'] = `Bearer ${apiKey}`
  headers['content-type'] = type
  if (withBody.has(method) || text !== '') headers['content-length'] = Buffer.byteLength(text)
  return headers
}
