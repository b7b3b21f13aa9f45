import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  answersNothing,
  type Backend,
  backend,
  type ErrorBody,
  errors,
  type RouteRequest,
  type RouteResponse,
  routeErrors,
} from '@clerk-server/contract'
import { type ClerkServer, createServer, listen, type ServerOptions, type Storage } from 'clerk-server'
import { expect, inject, onTestFinished } from 'vitest'
import { officialViolations } from './official.js'
import { freshDatabase } from './postgres.js'
import { type Contents, templateDatabase, templateFolder } from './templates.js'

export const storageKinds = ['SQLite', 'PostgreSQL'] as const
export type StorageKind = (typeof storageKinds)[number]

/** A storage of the kind that is removed when the test is over. */
export async function freshStorage(kind: StorageKind, contents: Contents = 'nothing'): Promise<Storage> {
  if (kind === 'PostgreSQL') {
    const { url, drop } = await freshDatabase(templateDatabase(contents))
    onTestFinished(drop)
    return { databaseUrl: url }
  }
  const folder = await mkdtemp(join(tmpdir(), 'clerk-server-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  const dataDir = join(folder, 'data')
  if (contents !== 'nothing') await cp(templateFolder(inject('templates'), contents), dataDir, { recursive: true })
  return { dataDir }
}

type Success<Key extends keyof Backend> = RouteResponse<Backend, Key>

export interface Answer<Key extends keyof Backend> {
  status: number
  headers: Headers
  /** What a success answers with; of a failure it is empty. */
  body: Success<Key>
  /** The codes of the errors, in order; empty for a success. */
  codes: string[]
  /** The parameters the errors are about. */
  params: unknown[]
  error: ErrorBody
}

type PathParams<Key extends keyof Backend> =
  RouteRequest<Backend, Key, 'input'> extends { params: infer Params } ? { params: Params } : { params?: undefined }

export interface Sent {
  query?: Record<string, unknown> | undefined
  json?: unknown
  form?: Record<string, unknown>
  /** A body as it is. */
  raw?: string | Uint8Array<ArrayBuffer>
  headers?: Record<string, string>
}

type AnySent = Sent & { params?: Record<string, string> | undefined }

export interface Instance extends Pick<ClerkServer, 'publishableKey'> {
  url: string
  /** Empty where the server cannot show it, as a production instance after its first start. */
  secretKey: string
  apiKey: string
  /** Calls a route with the secret key, and holds every answer against the contract. */
  call<Key extends keyof Backend>(key: Key, sent: Sent & PathParams<Key>): Promise<Answer<Key>>
  /** The same, for whoever calls whichever route it is. */
  send(key: keyof Backend, sent: AnySent): Promise<Answer<keyof Backend>>
  /** The time the server goes by. */
  clock: { now: number }
  close(): Promise<void>
}

/** What makes an instance one for production. */
export const production = { environment: 'production', issuer: 'https://clerk.example.com' } as const

/** A server that listens on a free port until the test is over. */
export async function startInstance(options: { storage: Storage } & Partial<ServerOptions>): Promise<Instance> {
  const clock = { now: Date.now() }
  const server = await createServer({ clock: () => clock.now, ...options })
  const listener = await listen(server, { port: 0 })
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= listener.close().then(() => server.close())
    return closed
  }
  onTestFinished(close)
  const { url } = listener
  const { secretKey = '', apiKey = '', publishableKey } = server
  const send = <Key extends keyof Backend>(key: Key, sent: AnySent) => request(url, secretKey, key, sent)
  return {
    url,
    secretKey,
    apiKey,
    publishableKey,
    clock,
    close,
    send,
    // What a conditional type comes to, the compiler does not know while the route is a parameter.
    call: (key, sent) => send(key, sent as AnySent),
  }
}

/** The same, with a storage of its own that has an instance of the wanted kind in it already, where there can be one. */
export async function startFresh(
  kind: StorageKind,
  options: Partial<ServerOptions> = {},
): Promise<Instance & { storage: Storage }> {
  const storage = await freshStorage(kind, options.environment === 'production' ? 'schema' : 'instance')
  return { ...(await startInstance({ ...options, storage })), storage }
}

async function request<Key extends keyof Backend>(
  url: string,
  secretKey: string,
  key: Key,
  { params = {}, ...sent }: AnySent,
): Promise<Answer<Key>> {
  const [method, template] = key.split(' ') as [string, string]
  const path = template.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
  const query = new URLSearchParams(pairs(sent.query ?? {})).toString()
  const response = await fetch(`${url}/v1${path}${query && `?${query}`}`, {
    method,
    headers: { authorization: `Bearer ${secretKey}`, ...contentType(sent), ...sent.headers },
    ...bodyOf(sent),
  })
  return read(key, response)
}

export const contentType = ({ json, form }: Sent): Record<string, string> => {
  if (json !== undefined) return { 'content-type': 'application/json' }
  return form ? { 'content-type': 'application/x-www-form-urlencoded' } : {}
}

export function bodyOf({ json, form, raw }: Sent): Pick<RequestInit, 'body'> {
  if (json !== undefined) return { body: JSON.stringify(json) }
  if (form) return { body: new URLSearchParams(pairs(form)).toString() }
  return raw === undefined ? {} : { body: raw }
}

export const pairs = (values: Record<string, unknown>): [string, string][] =>
  Object.entries(values).flatMap(([name, value]) =>
    [value].flat().map((one): [string, string] => [name, formText(one)]),
  )

function formText(value: unknown): string {
  if (value === null) return ''
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

async function read<Key extends keyof Backend>(key: Key, response: Response): Promise<Answer<Key>> {
  const { status, headers } = response
  if (response.ok) {
    const body = answersNothing(backend[key]) ? await nothingOf(response) : await successOf(key, response)
    return {
      status,
      headers,
      body: body as Success<Key>,
      codes: [],
      params: [],
      error: { errors: [], clerk_trace_id: '' },
    }
  }
  const body = await jsonOf(response)
  const failure = readErrors(status, body as ErrorBody)
  for (const code of failure.codes) expect([...routeErrors(backend[key])], `${key} promises its codes`).toContain(code)
  return { status, headers, body: {} as Success<Key>, ...failure }
}

async function jsonOf(response: Response): Promise<unknown> {
  expect(response.headers.get('content-type')).toBe('application/json')
  return response.json()
}

async function successOf(key: keyof Backend, response: Response): Promise<unknown> {
  const body = 'answers' in backend[key] ? await pageOf(response) : await jsonOf(response)
  expect(backend[key].returns.parse(body), `${key} answers exactly what the contract says`).toEqual(body)
  expect(officialViolations(key, body), `${key} answers what the official description says`).toEqual([])
  return body
}

async function pageOf(response: Response): Promise<string> {
  expect(response.headers.get('content-type')).toBe('text/html; charset=utf-8')
  return response.text()
}

async function nothingOf(response: Response): Promise<undefined> {
  expect(response.status).toBe(204)
  expect(await response.text()).toBe('')
  return undefined
}

/** Every failure has the envelope, and codes of the catalogue with the status they have there. */
export function readErrors(status: number, error: ErrorBody) {
  expect(error).toEqual({ errors: expect.any(Array), clerk_trace_id: expect.stringMatching(/^[0-9a-f]{32}$/) })
  for (const { code, message, long_message } of error.errors) {
    expect(errors).toHaveProperty(code)
    expect(errors[code as keyof typeof errors].status).toBe(status)
    expect(message).not.toBe('')
    expect(long_message).not.toBe('')
  }
  const codes = error.errors.map(({ code }) => code)
  return { codes, params: error.errors.map(({ meta }) => meta?.['param_name']), error }
}
