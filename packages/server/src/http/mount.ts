import { answersNothing, type Route, type RouteRequest, type RouteResponse } from '@clerk-server/contract'
import type { Context } from 'hono'
import { ApiError } from '../errors.js'
import { type ApiVersion, apiVersion, noVersion } from './api-version.js'
import type { App, AppEnv } from './app.js'
import { JsonText } from './json-text.js'
import { sendPage } from './page.js'
import { parametersReader } from './parameters.js'

/** What a handler is told of a request besides its parameters. */
export interface RequestInfo {
  /** `YYYY-MM-DD` */
  apiVersion: string
}

/** One handler a route. A route without one, and a handler whose answer lacks a field, does not compile. */
export type Handlers<Table, Info = RequestInfo> = {
  [Key in keyof Table]: (
    input: RouteRequest<Table, Key, 'output'>,
    info: Info,
  ) => Promise<RouteResponse<Table, Key>> | RouteResponse<Table, Key>
}

/** Handlers that may also answer with a text that was made before, where it is sent as it is. */
export type TextHandlers<Table> = {
  [Key in keyof Table]: (
    input: RouteRequest<Table, Key, 'output'>,
    info: RequestInfo,
  ) => ReturnType<Handlers<Table>[Key]> | Promise<JsonText<RouteResponse<Table, Key>>>
}

/** The handlers of the routes under one first path segment. */
export type HandlersUnder<Table, Segment extends string, Info = RequestInfo> = Pick<
  Handlers<Table, Info>,
  Extract<keyof Table, `${string} /${Segment}` | `${string} /${Segment}/${string}`>
>

/** What a request asks for, once its route's types are set aside: `check` has made sure of it. */
export interface Input {
  params: Record<string, string>
  query?: unknown
  body?: unknown
}

/** The shape every handler has once its route's types are set aside. */
export type AnyHandler<Info = RequestInfo> = (input: Input, info: Info) => unknown

/**
 * Serves those routes of a table that are public, or those that are not: decodes and checks what comes in, calls the
 * handler, lets out what the contract declares.
 */
export function mount<Table extends Record<string, Route>>(
  app: App,
  table: Table,
  handlers: TextHandlers<Table>,
  which: 'public' | 'guarded',
): void {
  for (const [key, route] of Object.entries(table)) {
    if ((which === 'public') !== (route.public ?? false)) continue
    listenTo(app, key, answerer(route, handlers[key] as unknown as AnyHandler))
  }
}

type Send = (c: Context, value: unknown) => Response

const sendNothing: Send = (c) => c.body(null, 204)

function senderOf(route: Route): Send {
  if (answersNothing(route)) return sendNothing
  return route.answers === 'html' ? sendPage : jsonSender(route)
}

function jsonSender({ returns }: Route): Send {
  const write = JsonText.of(returns)
  return (c, value) => {
    const { bytes } = value instanceof JsonText ? value : write(value)
    return c.body(bytes, 200, { 'Content-Type': 'application/json' })
  }
}

/** Hands the requests of a route to a handler, and its name to the log. */
export function listenTo(app: App, key: string, handler: (c: Context<AppEnv>) => Response | Promise<Response>): void {
  const [method, template] = key.split(' ') as [string, string]
  app.on(method, template.replace(/\{(\w+)\}/g, ':$1'), (c) => {
    c.set('route', key)
    return handler(c)
  })
}

function answerer(route: Route, handler: AnyHandler) {
  const read = inputReader(route)
  const send = senderOf(route)

  return async (c: Context): Promise<Response> => {
    // A page is the same for every version, and is shown to people: what it can, it lets pass.
    const version = route.answers === 'html' ? noVersion : apiVersion(c)
    return send(c, await handler(await read(c, version), { apiVersion: version.version }))
  }
}

/** Decodes and checks what a request of a route asks for. */
export function inputReader(route: Route): (c: Context, version: ApiVersion) => Promise<Input> {
  const { readQuery, readBody } = parametersReader(route)

  return async (c, version) => {
    const input: Input = { params: pathParams(c) }
    if (readQuery) input.query = readQuery(c, version)
    if (readBody) input.body = await readBody(c, version)
    return input
  }
}

function pathParams(c: Context): Record<string, string> {
  const params = c.req.param()
  if (Object.values(params).some((value) => value.includes('\0'))) throw new ApiError('resource_not_found')
  return params
}
