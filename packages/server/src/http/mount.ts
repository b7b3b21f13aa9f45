import type { Route, RouteRequest, RouteResponse } from '@clerk-server/contract'
import type { Context } from 'hono'
import { ApiError } from '../errors.js'
import { apiVersion } from './api-version.js'
import type { App, AppEnv } from './app.js'
import { readBody } from './body.js'
import { check } from './check.js'
import { type Decoded, decodePairs } from './decode.js'
import { projection } from './projection.js'
import { type WireFields, wireFields } from './wire-fields.js'

/** What a handler is told of a request besides its parameters. */
export interface RequestInfo {
  /** `YYYY-MM-DD` */
  apiVersion: string
}

/** One handler a route. A route without one, and a handler whose answer lacks a field, does not compile. */
export type Handlers<Table> = {
  [Key in keyof Table]: (
    input: RouteRequest<Table, Key, 'output'>,
    info: RequestInfo,
  ) => Promise<RouteResponse<Table, Key>> | RouteResponse<Table, Key>
}

/** The handlers of the routes under one first path segment. */
export type HandlersUnder<Table, Segment extends string> = Pick<
  Handlers<Table>,
  Extract<keyof Table, `${string} /${Segment}` | `${string} /${Segment}/${string}`>
>

/** The shape every handler has once its route's types are set aside: `check` has made sure of the input. */
type AnyHandler = (
  input: { params: Record<string, string>; query?: unknown; body?: unknown },
  info: RequestInfo,
) => unknown

/** Serves a route table: decodes and checks what comes in, calls the handler, lets out what the contract declares. */
export function mount<Table extends Record<string, Route>>(app: App, table: Table, handlers: Handlers<Table>): void {
  for (const [key, route] of Object.entries(table)) {
    const answer = answerer(route, handlers[key] as unknown as AnyHandler)
    listenTo(app, key, async (c) => c.json((await answer(c)) as object))
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
  const query = route.query && { schema: route.query, fields: wireFields(route.query) }
  const body = route.body && { open: route.body, closed: route.body.strict(), fields: wireFields(route.body) }
  const rename = renamer(route)
  const refuse = refuser(route)
  const project = projection(route.returns)

  return async (c: Context) => {
    const { version, announced } = apiVersion(c)
    const input: Parameters<AnyHandler>[0] = { params: pathParams(c) }
    if (query) input.query = check(query.schema, refuse(decodeQuery(c, query.fields), version))
    if (body) {
      const { values, format } = await readBody(c, body.fields)
      const named = refuse(rename(values), version)
      // Clients that name a version are held to it; the older ones send what they like, forms above all.
      input.body = check(announced && format === 'json' ? body.closed : body.open, named)
    }
    return project(await handler(input, { apiVersion: version }))
  }
}

function pathParams(c: Context): Record<string, string> {
  const params = c.req.param()
  if (Object.values(params).some((value) => value.includes('\0'))) throw new ApiError('resource_not_found')
  return params
}

function decodeQuery(c: Context, fields: WireFields): Decoded {
  const pairs = new URL(c.req.url).searchParams
  if ([...pairs.values()].some((value) => value.includes('\0'))) {
    throw new ApiError('malformed_request_parameters', { message: 'the query string must not contain NUL characters' })
  }
  return decodePairs(pairs, fields, 'query')
}

/** Gives parameters that go by another name the one the schema has. */
function renamer({ aliases = {} }: Route): (values: Decoded) => Decoded {
  const names = new Map(Object.entries(aliases))
  return (values) => Object.fromEntries(Object.entries(values).map(([name, value]) => [names.get(name) ?? name, value]))
}

/** Throws at the first parameter that the route does not take (any more), and gives the others back. */
function refuser({ refuses = [], removed = {} }: Route): (values: Decoded, version: string) => Decoded {
  const unserved = new Set(refuses)
  const removedIn = new Map(Object.entries(removed))
  return (values, version) => {
    for (const param of Object.keys(values)) {
      if (unserved.has(param)) {
        throw new ApiError('form_param_unknown', { param, message: 'is not supported by this server' })
      }
      const end = removedIn.get(param)
      if (end !== undefined && version >= end) {
        throw new ApiError('form_param_unknown', { param, message: `is not a parameter since API version ${end}` })
      }
    }
    return values
  }
}
