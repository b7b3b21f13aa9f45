import type { Backend, RouteParams, RouteResponse } from '@clerk-server/contract'
import { HttpError } from '../errors.js'
import { Logger } from '../logger.js'
import type { ReadySettings } from '../options.js'
import type { CallOptions } from './abort.js'
import { understand } from './answer.js'
import { call } from './call.js'
import { type Clock, systemClock } from './clock.js'
import { deserialize, type Resource } from './deserialize.js'
import { encodeForm } from './form.js'
import { headersOf, type Payload } from './headers.js'
import { encodeJSON } from './json-text.js'
import type { Sending } from './message.js'
import { fillPath } from './path.js'
import { isSuccess } from './retry.js'

type Input<Key> = { query?: object | undefined; body?: object | undefined } & ([keyof RouteParams<Key>] extends [never]
  ? { params?: undefined }
  : { params: RouteParams<Key> })

/** Makes one call of the contract and gives what it answers as resources. */
export type Request = <Key extends keyof Backend>(
  route: Key,
  input: Input<Key>,
  options?: CallOptions | null,
) => Promise<Resource<RouteResponse<Backend, Key>>>

/**
 * The one way by which the sub-APIs reach the server. Whatever goes wrong, the key and the ids included, is a rejection.
 *
 * @param settings gives the settings of the moment, so that a change reaches the next call.
 */
export function createRequest(settings: () => ReadySettings, clock: Clock = systemClock): Request {
  return async <Key extends keyof Backend>(
    route: Key,
    { params, query, body }: Input<Key>,
    options?: CallOptions | null,
  ) => {
    const sending = compose(settings(), route, params, query, body)
    return call(sending, clock, options, (reply) => {
      Logger.debug(`${route}: ${reply.status}`)
      const json =
        isSuccess(reply) || sending.http.throwHttpErrors ? understand(reply, sending, clock.now()) : undefined
      // The server is believed to answer as the contract says; what it answers otherwise is passed on as it is.
      return deserialize(json) as Resource<RouteResponse<Backend, Key>>
    })
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
  const content = payload(body ?? {})
  const { http } = settings
  const search = http.search ?? encodeForm(query ?? {})
  const url = parseURL(`${settings.serverApiUrl}/${settings.apiVersion}${path}${search && `?${search}`}`, route)
  const headers = headersOf(settings, method, content)
  return { route, method, url, headers, body: content.text, timeout: http.timeout, http }
}

/** A form; JSON where the body is a list, for which forms have no way. */
const payload = (body: object): Payload =>
  Array.isArray(body)
    ? { type: 'application/json', text: encodeJSON(body) }
    : { type: 'application/x-www-form-urlencoded', text: encodeForm(body) }

function parseURL(text: string, route: string): URL {
  try {
    return new URL(text)
  } catch {
    // Without the low-level error, which has the whole text in it.
    throw new HttpError(500, 'Invalid URL', undefined, { code: 'ERR_INVALID_URL', route })
  }
}
