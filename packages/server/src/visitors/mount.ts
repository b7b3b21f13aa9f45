import { BrowserClient, type BrowserClientJSON, type Frontend, frontend, type Route } from '@clerk-server/contract'
import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { ViewClient } from '../clients/browser-view.js'
import { ApiError } from '../errors.js'
import { apiVersion } from '../http/api-version.js'
import type { App, AppEnv } from '../http/app.js'
import { type AnyHandler, type Handlers, inputReader } from '../http/mount.js'
import { projection } from '../http/projection.js'
import { type CookieScope, clientCookie, clientUatCookies } from './cookies.js'
import { refusingOnPage } from './refusal-page.js'
import type { Visitor } from './visitor.js'

/** Where the Frontend API is: beside the Backend API, with which it shares paths. */
export const frontendPath = '/__clerk/v1'

interface FrontendParts {
  handlers: Handlers<Frontend, Visitor>
  /** Answers 501 by these names. */
  unserved: readonly string[]
  identify: (c: Context, method: string, apiVersion: string, passing: boolean) => Promise<Visitor>
  viewClient: ViewClient
  /** The client as it is after a request. */
  reread: (id: string) => Promise<Visitor['client']>
  cookieScope: () => CookieScope
  /** Whether the server itself tells applications when somebody signed in or out; else the browser's script does. */
  setsClientUat: boolean
}

export type Answer = (c: Context<AppEnv>, method: string) => Promise<Response>

/** Serves the Frontend API. A POST may say in its query (`_method`) which method it stands for: so it needs no preflight. */
export function mountFrontend(app: App, parts: FrontendParts): void {
  const byPath = new Map<string, Map<string, Answer>>()
  const add = (key: string, answer: Answer) => {
    const [method, path] = key.split(' ') as [string, string]
    const answers = byPath.get(path) ?? new Map<string, Answer>()
    byPath.set(path, answers.set(method, answer))
  }
  for (const key of parts.unserved) {
    add(key, () => {
      throw new ApiError('operation_not_implemented', { message: `this server does not serve ${key}` })
    })
  }
  for (const [key, route] of Object.entries(frontend as Record<string, Route>)) {
    add(key, answerer(key, route, parts.handlers[key as keyof Frontend] as unknown as AnyHandler<Visitor>, parts))
  }
  for (const [path, answers] of byPath) {
    const template = frontendPath + path.replace(/\{(\w+)\}/g, ':$1')
    // Published browser clients ask for some lists with a slash behind.
    app.on('ALL', [template, `${template}/`], (c) => {
      const method = c.req.method === 'POST' ? (c.req.query('_method')?.toUpperCase() ?? 'POST') : c.req.method
      const answer = answers.get(method)
      if (answer) return answer(c, method)
      throw new ApiError('resource_not_found', { message: `there is no ${method} ${c.req.path}` })
    })
  }
}

function answerer(key: string, route: Route, handler: AnyHandler<Visitor>, parts: FrontendParts): Answer {
  const read = inputReader(route)
  const project = projection(route.returns)

  const answer: Answer = async (c, method) => {
    c.set('route', key)
    const version = apiVersion(c)
    const visitor = await parts.identify(c, method, version.version, route.answers === 'redirect')
    try {
      const response = await handler(await read(c, version), visitor)
      if (route.bare) return c.json(project(response) as object)
      const client = await clientAfter(visitor, parts)
      setCookies(c, visitor, client, parts)
      if (route.answers === 'redirect') return c.redirect(String(response), 307)
      return c.json({ response: project(response), client: client && projectClient(client) })
    } catch (error) {
      // What failed may have changed the client all the same; the page goes by what it is told of it here.
      const client = error instanceof ApiError ? await clientAfter(visitor, parts) : null
      setCookies(c, visitor, client, parts)
      if (client) c.set('meta', { client: projectClient(client) as object })
      throw error
    }
  }
  return route.answers === 'redirect' ? refusingOnPage(answer) : answer
}

async function clientAfter(visitor: Visitor, { reread, viewClient }: FrontendParts) {
  visitor.client = visitor.client && (await reread(visitor.client.id))
  return visitor.client ? viewClient(visitor.client, visitor) : null
}

const projectClient = projection(BrowserClient)

function setCookies(c: Context, visitor: Visitor, client: BrowserClientJSON | null, parts: FrontendParts): void {
  const scope = parts.cookieScope()
  const cookies = visitor.token === undefined ? [] : [clientCookie(visitor.token, scope)]
  cookies.push(...(visitor.cookies ?? []))
  if (parts.setsClientUat) {
    const signedAt = client && client.sessions.length > 0 ? (visitor.client?.signed_at ?? 0) : 0
    const seconds = String(Math.floor(signedAt / 1000))
    if ((getCookie(c, '__client_uat') ?? '0') !== seconds) cookies.push(...clientUatCookies(seconds, scope))
  }
  for (const cookie of cookies) c.header('Set-Cookie', cookie, { append: true })
}
