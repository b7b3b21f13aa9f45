import { type Backend, backend, type Route, type RouteResponse } from '@clerk-server/contract'
import { noVersion } from '../http/api-version.js'
import { check } from '../http/check.js'
import { decodePairs } from '../http/decode.js'
import { JsonText } from '../http/json-text.js'
import type { AnyHandler, TextHandlers } from '../http/mount.js'
import { wireFields } from '../http/wire-fields.js'

interface Asked {
  params?: Record<string, string>
  query?: Record<string, unknown>
  /** What a person has filled in. */
  form?: URLSearchParams
}

/** Asks the Backend API from within the process: the same checks, the same handlers, no key. */
export type BackendCall = <Key extends keyof Backend>(key: Key, asked?: Asked) => Promise<RouteResponse<Backend, Key>>

export function backendCalls(handlers: TextHandlers<Backend>): BackendCall {
  return async <Key extends keyof Backend>(key: Key, { params = {}, query = {}, form }: Asked = {}) => {
    const route: Route = backend[key]
    const handler = handlers[key] as unknown as AnyHandler
    const body = route.body?.type === 'object' ? route.body : undefined
    const input = {
      params,
      ...(route.query && { query: check(route.query, query) }),
      ...(body && { body: check(body, decodePairs(form ?? new URLSearchParams(), wireFields(body), 'form')) }),
    }
    const answer = await handler(input, { apiVersion: noVersion.version })
    const value: unknown = answer instanceof JsonText ? JSON.parse(answer.bytes.toString()) : answer
    return value as RouteResponse<Backend, Key>
  }
}
