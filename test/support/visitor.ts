import {
  BrowserClient,
  type BrowserClientJSON,
  type ErrorBody,
  type Frontend,
  frontend,
  type Route,
  type RouteResponse,
  routeErrors,
} from '@clerk-server/contract'
import { expect } from 'vitest'
import { bodyOf, contentType, type Instance, pairs, readErrors, type Sent } from './instance.js'
import { officialFrontendViolations } from './official.js'

export interface FrontendAnswer<Key extends keyof Frontend> {
  status: number
  headers: Headers
  /** What a success answers with; of a failure it is empty. */
  body: RouteResponse<Frontend, Key>
  /** The browser's client, as the answer has it: beside the response, or beside the errors. */
  client: BrowserClientJSON | null | undefined
  codes: string[]
  params: unknown[]
  error: ErrorBody
}

export interface Visitor {
  /** Calls a route of the Frontend API as a browser does, and holds every answer against the contract. */
  call<Key extends keyof Frontend>(
    key: Key,
    sent?: Sent & { params?: Record<string, string> },
  ): Promise<FrontendAnswer<Key>>
  /** The cookies the browser has, by name; whoever writes one here plants it. */
  cookies: Map<string, string>
}

/** The page that asks, unless a test says otherwise. */
export const site = 'http://localhost:3000'

/** A browser that keeps its cookies. It says `_method` in the query, as published browser clients do. */
export function visit(
  instance: Pick<Instance, 'url'>,
  { origin = site, userAgent }: { origin?: string; userAgent?: string } = {},
): Visitor {
  const cookies = new Map<string, string>()
  return {
    cookies,
    async call<Key extends keyof Frontend>(key: Key, sent: Sent & { params?: Record<string, string> } = {}) {
      const [method, template] = key.split(' ') as [string, string]
      const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(sent.params?.[name] ?? ''))
      const overridden = method !== 'GET' && method !== 'POST'
      const query = new URLSearchParams(pairs({ ...(overridden && { _method: method }), ...sent.query }))
      const response = await fetch(`${instance.url}/__clerk/v1${path}?${query}`, {
        method: overridden ? 'POST' : method,
        redirect: 'manual',
        headers: {
          ...(method !== 'GET' && origin !== '' && { origin }),
          ...(cookies.size > 0 && { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') }),
          ...(userAgent !== undefined && { 'user-agent': userAgent }),
          ...contentType(sent),
          ...sent.headers,
        },
        ...bodyOf(sent),
      })
      keep(cookies, response)
      return read(key, response)
    },
  }
}

function keep(cookies: Map<string, string>, { headers }: Response): void {
  for (const cookie of headers.getSetCookie()) {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
    if (/; Max-Age=0(;|$)/.test(cookie)) cookies.delete(name)
    else cookies.set(name, value)
  }
}

async function read<Key extends keyof Frontend>(key: Key, response: Response): Promise<FrontendAnswer<Key>> {
  const route: Route = frontend[key]
  const { status, headers } = response
  const none = { codes: [], params: [], error: { errors: [], clerk_trace_id: '' } }
  if (route.answers === 'redirect' && response.status === 307) {
    const body = (headers.get('location') ?? '') as RouteResponse<Frontend, Key>
    return { status, headers, body, client: undefined, ...none }
  }
  expect(headers.get('content-type')).toBe('application/json')
  const json = (await response.json()) as Record<string, unknown>
  if (!response.ok) {
    const { meta, ...envelope } = json as unknown as ErrorBody & { meta?: { client: BrowserClientJSON } }
    const failure = readErrors(status, envelope)
    for (const code of failure.codes) expect([...routeErrors(route)], `${key} promises its codes`).toContain(code)
    if (meta) expect(BrowserClient.parse(meta.client)).toEqual(meta.client)
    return { status, headers, body: {} as RouteResponse<Frontend, Key>, client: meta?.client, ...failure }
  }
  expect(officialFrontendViolations(key, json), `${key} answers what the official description says`).toEqual([])
  const { response: wrapped, client } = json
  const body = route.bare ? json : wrapped
  expect(route.returns.parse(body), `${key} answers exactly what the contract says`).toEqual(body)
  if (!route.bare) expect(BrowserClient.nullable().parse(client)).toEqual(client)
  return {
    status,
    headers,
    body: body as RouteResponse<Frontend, Key>,
    client: route.bare ? undefined : (client as BrowserClientJSON | null),
    ...none,
  }
}
