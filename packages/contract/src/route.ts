import type { z } from 'zod'
import type { ErrorCode } from './errors.js'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

/** `METHOD /path/{param}`: the one name a route goes by in every package, in logs, in tests and in the documents. */
export type RouteKey = `${Method} /${string}`

export interface Route {
  summary: string
  query?: z.ZodObject
  /** Parameters by name; or a list of them, for which only JSON has a way, and which has no other names for them. */
  body?: z.ZodObject | z.ZodArray<z.ZodObject>
  /** What a success answers with; `z.void()` where that is nothing, and the status 204. */
  returns: z.ZodType
  /** `html`: the answer is a page, as one string. `redirect`: it is an address to go on to. Otherwise it is JSON. */
  answers?: 'html' | 'redirect'
  /** Served to browsers, which prove themselves by a cookie and say which site asks. */
  browser?: true
  /** Of the Frontend API: it answers without the browser's client beside what it `returns`. */
  bare?: true
  /** Whether it is served to anybody, without a secret key. */
  public?: true
  /** Codes this route can answer with, beyond those that every route can ({@link routeErrors}). */
  errors?: readonly ErrorCode[]
  /** Other names clients use for a parameter, each with the name it stands for. */
  aliases?: Readonly<Record<string, string>>
  /**
   * Parameters of the official API that are not served. They are refused even where unknown parameters are let pass,
   * because leaving them out silently would change what the caller asked for.
   */
  refuses?: readonly string[]
  /** Parameters that exist up to an API version and are refused from it on: name to version. */
  removed?: Readonly<Record<string, string>>
  deprecated?: boolean
}

/** Codes that any route can answer with, whatever it does. */
const everyRoute = [
  'api_version_invalid',
  'internal_clerk_error',
  'malformed_request_parameters',
  'service_unavailable',
  'too_many_requests',
] as const satisfies readonly ErrorCode[]

/** Codes that any route that asks for the secret key can answer with. */
const everyKey = [
  'authentication_invalid',
  'authorization_header_format_invalid',
  'clerk_key_invalid',
] as const satisfies readonly ErrorCode[]

/** Codes that any route can answer a browser with. */
const everyBrowser = [
  'cookie_invalid',
  'dev_browser_unauthenticated',
  'multiple_origin_header_values_forbidden',
  'origin_authorization_headers_conflict',
  'origin_invalid',
  'origin_missing',
] as const satisfies readonly ErrorCode[]

/** Codes that any route with parameters, in the query or in the body, can answer with. */
const everyParameter = [
  'form_param_array_size_exceeded',
  'form_param_duplicate',
  'form_param_format_invalid',
  'form_param_max_length_exceeded',
  'form_param_missing',
  'form_param_type_invalid',
  'form_param_unknown',
  'form_param_value_invalid',
] as const satisfies readonly ErrorCode[]

/** Codes that any route with a body can answer with. */
const everyBody = [
  'request_body_invalid',
  'request_body_too_large',
  'unsupported_content_type',
] as const satisfies readonly ErrorCode[]

/** Every code a route can answer with. */
export const routeErrors = (route: Route): ReadonlySet<ErrorCode> =>
  new Set([
    ...everyRoute,
    ...(route.browser ? everyBrowser : route.public ? [] : everyKey),
    ...(route.query || route.body ? everyParameter : []),
    ...(route.body ? everyBody : []),
    ...(route.errors ?? []),
  ])

/** Whether a success is answered with 204 and without a body. */
export const answersNothing = (route: Route): boolean => route.returns.type === 'void'

/** Keeps a table's literal types, so that its keys are route names and its schemas are known. */
export const table = <const Table extends Record<RouteKey, Route>>(routes: Table): Table => routes

/** {@link table} of the Frontend API. */
export const browserTable = <const Table extends Record<RouteKey, Route>>(routes: Table): Table =>
  Object.fromEntries(Object.entries(routes).map(([key, route]) => [key, { ...route, browser: true }])) as Table

type ParamName<Key> = Key extends `${string}{${infer Name}}${infer Rest}` ? Name | ParamName<Rest> : never

type Part<Name extends string, Schema, Side extends 'input' | 'output'> = Schema extends z.ZodType
  ? { [K in Name]: Side extends 'input' ? z.input<Schema> : z.output<Schema> }
  : unknown

/** The path parameters of a route, by name. */
export type RouteParams<Key> = Record<ParamName<Key>, string>

/** What a caller sends (`input`), or what a handler is given once it has been checked (`output`). */
export type RouteRequest<Table, Key extends keyof Table, Side extends 'input' | 'output'> = ([ParamName<Key>] extends [
  never,
]
  ? unknown
  : { params: RouteParams<Key> }) &
  Part<'query', Table[Key] extends { query: infer Schema } ? Schema : undefined, Side> &
  Part<'body', Table[Key] extends { body: infer Schema } ? Schema : undefined, Side>

/** What a route answers with when it succeeds. */
export type RouteResponse<Table, Key extends keyof Table> = Table[Key] extends {
  returns: infer Schema extends z.ZodType
}
  ? z.output<Schema>
  : never
