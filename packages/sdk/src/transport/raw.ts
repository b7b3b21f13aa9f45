import type { IncomingHttpHeaders } from 'node:http'
import { hide } from '../hidden.js'
import { isObject } from '../json.js'
import { Logger } from '../logger.js'
import type { ReadySettings } from '../options.js'
import type { CallOptions } from './abort.js'
import { parsed, understand } from './answer.js'
import { call } from './call.js'
import { type Clock, systemClock } from './clock.js'
import type { Reply } from './message.js'
import { compose } from './request.js'
import { isSuccess } from './retry.js'

/** `METHOD /path/{param}`, the path as it follows the version of the API. */
export type RawRoute = `${'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'} /${string}`

type ParamName<Route> = Route extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamName<Rest> : never

type Params<Route> = RawRoute extends Route
  ? { params?: Readonly<Record<string, string>> | undefined }
  : [ParamName<Route>] extends [never]
    ? { params?: undefined }
    : { params: Readonly<Record<ParamName<Route>, string>> }

/**
 * What a raw call is made with. Names and values are encoded as they are for every other call. A `body` that is a list is
 * sent as JSON.
 */
export type RawInput<Route = RawRoute> = Params<Route> &
  CallOptions & { query?: object | null | undefined; body?: object | null | undefined }

/** Optional where the route has no params. */
export type RawArguments<Route> = object extends RawInput<Route> ? [input?: RawInput<Route>] : [input: RawInput<Route>]

/** The data of an answer, and the answer they came with. */
export interface WithResponse<T> {
  data: T
  response: { status: number; headers: IncomingHttpHeaders }
}

/** The data of an answer; with its status and headers when they are asked for. */
export interface RawResult<T> extends Promise<T> {
  withResponse(): Promise<WithResponse<T>>
}

/**
 * Makes calls that have no method of their own. They give the JSON as it came, `undefined` when there is none, and with
 * `throwHttpErrors: false` the JSON of an error.
 */
export function createRawRequest(settings: () => ReadySettings, clock: Clock = systemClock) {
  return <T>(route: string, input?: RawInput | null): RawResult<T> => {
    const whole = send<T>(settings, clock, route, input ?? {})
    const data = whole.then((answer) => answer.data)
    const withResponse = () => {
      // Who asks for the whole is told of a failure there, and only there.
      data.catch(() => {})
      return whole
    }
    hide(data, { withResponse })
    return data as RawResult<T>
  }
}

async function send<T>(
  settings: () => ReadySettings,
  clock: Clock,
  route: string,
  input: RawInput,
): Promise<WithResponse<T>> {
  check(route, input)
  const { params, query, body } = input
  const sending = compose(settings(), route, params, query, body)
  return call(sending, clock, input, (reply) => {
    Logger.debug(`${route}: ${reply.status}`)
    const read = (answer: Reply) =>
      isSuccess(answer) || sending.http.throwHttpErrors ? understand(answer, sending, clock.now()) : parsed(answer.text)
    return { data: read(reply) as T, response: { status: reply.status, headers: reply.headers } }
  })
}

/** No query, no fragment, and nothing that a URL would resolve to another path. */
const routes = /^(?<method>GET|POST|PUT|PATCH|DELETE) \/(?!\/)(?<path>(?:[^\s?#\\{}]|\{\w+\})*)$/

/** @throws Error when the call is not one that could be made. */
function check(route: unknown, input: unknown): void {
  const { method, path } = (typeof route === 'string' && routes.exec(route)?.groups) || {}
  if (path === undefined || /(^|\/)(\.|%2e){1,2}(\/|$)|\/\//i.test(path)) {
    throw new Error('clerk.request needs a route such as "GET /users/{user_id}", without a query.')
  }
  if (!isObject(input)) throw new Error('clerk.request needs an object: { params, query, body, signal }.')
  for (const name of ['params', 'query'] as const) {
    const value = input[name] ?? {}
    if (!isObject(value)) throw new Error(`clerk.request: ${name} must be an object.`)
  }
  const body = input['body'] ?? undefined
  if (body !== undefined && typeof body !== 'object') {
    throw new Error('clerk.request: body must be an object or a list.')
  }
  if (method === 'GET' && body !== undefined) throw new Error('clerk.request: GET has no body.')
  const wanted = Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name)
  const given = Object.keys(input['params'] ?? {})
  const missing = wanted.find((name) => !given.includes(name ?? ''))
  if (missing !== undefined) throw new Error(`clerk.request: "${route}" needs params.${missing}.`)
  const stranger = given.find((name) => !wanted.includes(name))
  if (stranger !== undefined) throw new Error(`clerk.request: "${route}" has no {${stranger}}.`)
}
