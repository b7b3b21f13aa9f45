import type { OutgoingHttpHeaders } from 'node:http'
import type { Backend, RouteParams, RouteResponse } from '@clerk-server/contract'
import { HttpError } from '../errors.js'
import { Logger } from '../logger.js'
import type { ReadySettings } from '../options.js'
import { userAgent } from '../version.js'
import { understand } from './answer.js'
import { acceptEncoding } from './body.js'
import { type Clock, systemClock } from './clock.js'
import { deserialize, type Resource } from './deserialize.js'
import { exchange, type Sending } from './exchange.js'
import { encodeForm } from './form.js'
import { fillPath } from './path.js'
import { withRetries } from './retry.js'

type Input<Key> = { query?: object | undefined; body?: object | undefined } & ([keyof RouteParams<Key>] extends [never]
  ? { params?: undefined }
  : { params: RouteParams<Key> })

/** Makes one call of the contract and gives what it answers as resources. */
export type Request = <Key extends keyof Backend>(
  route: Key,
  input: Input<Key>,
) => Promise<Resource<RouteResponse<Backend, Key>>>

/**
 * The one way by which the sub-APIs reach the server. Whatever goes wrong, the key and the ids included, is a rejection.
 *
 * @param settings gives the settings of the moment, so that a change reaches the next call.
 */
export function createRequest(settings: () => ReadySettings, clock: Clock = systemClock): Request {
  return async <Key extends keyof Backend>(route: Key, { params, query, body }: Input<Key>) => {
    const current = settings()
    const sending = compose(current, route, params, query, body)
    const { method } = sending
    const reply = await withRetries(() => exchange(sending), { method, limit: current.http.retryLimit, clock })
    if (reply instanceof HttpError) throw reply
    Logger.debug(`${route}: ${reply.status}`)
    // The server is believed to answer as the contract says; what it answers otherwise is passed on as it is.
    return deserialize(understand(reply, sending, clock.now())) as Resource<RouteResponse<Backend, Key>>
  }
}

/** A call of the contract as an HTTP request. */
export function compose(
  settings: ReadySettings,
  route: string,
  params: Readonly<Record<string, unknown>> = {},
  query?: object | null,
  body?: object | null,
): Sending {
  const [method = '', template = ''] = route.split(' ')
  const path = fillPath(template, params)
  const form = encodeForm(body ?? {})
  const search = encodeForm(query ?? {})
  const { timeout, agents } = settings.http
  const url = parseURL(`${settings.serverApiUrl}/${settings.apiVersion}${path}${search && `?${search}`}`, route)
  return { route, method, url, headers: headersOf(settings, method, form), body: form, timeout, agents }
}

/** Methods whose requests say how long their body is, even when it is empty. */
const withBody: ReadonlySet<string> = new Set(['POST', 'PUT', 'PATCH'])

function headersOf({ apiKey, http }: ReadySettings, method: string, form: string): OutgoingHttpHeaders {
  const fixed = {
    Authorization: `Bearer ${apiKey}`,
    'Content-type': 'application/x-www-form-urlencoded',
    ...(withBody.has(method) && { 'Content-Length': Buffer.byteLength(form) }),
  }
  const preset = { 'user-agent': userAgent, accept: 'application/json', 'accept-encoding': acceptEncoding }
  // By lower-case name, because a header is the same one in any case. What comes later wins.
  const merged = new Map<string, [string, OutgoingHttpHeaders[string]]>()
  for (const [name, value] of [preset, http.headers, fixed].flatMap((headers) => Object.entries(headers))) {
    if (value !== undefined) merged.set(name.toLowerCase(), [name, value])
  }
  return Object.fromEntries(merged.values())
}

function parseURL(text: string, route: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  // Without the low-level cause, which has the whole text in it.
  if (!url) throw new HttpError(500, 'Invalid URL', undefined, { code: 'ERR_INVALID_URL', route })
  return url
}
