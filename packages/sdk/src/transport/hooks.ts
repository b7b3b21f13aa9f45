import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { inspect } from 'node:util'
import { HttpError } from '../errors.js'
import { parsed } from './answer.js'
import { fieldsOf } from './fields.js'
import { checkHeaders } from './headers.js'
import type { Reply, Sending } from './message.js'

/**
 * Functions that run along with every call, in their order, each awaited. What one of them throws ends the call: it
 * rejects with an `HttpError` whose `cause` is what was thrown.
 */
export interface HttpHooks {
  /** Before every attempt. Changes of `options.headers` are sent. */
  beforeRequest?: readonly ((options: HookOptions) => unknown)[] | undefined
  /** After every answer, whatever its status. What it returns takes the place of the answer; nothing leaves it. */
  afterResponse?: readonly ((response: HookResponse) => unknown)[] | undefined
  /** Before every attempt but the first, after the wait. `retryCount` is 1 before the second attempt. */
  beforeRetry?: readonly ((options: HookOptions, error: HttpError, retryCount: number) => unknown)[] | undefined
  /** When the call is going to fail. The call rejects with the Error that it returns. */
  beforeError?: readonly ((error: HttpError) => Error | Promise<Error>)[] | undefined
}

/** The request of a call, one object for all its attempts. Only the headers can be changed. */
export interface HookOptions {
  readonly method: string
  readonly url: URL
  readonly body: string
  /** By lower-case name, with the key in `authorization`; printed, it is left out. */
  readonly headers: OutgoingHttpHeaders
}

/** An answer, as it came or as another hook left it. */
export interface HookResponse {
  statusCode: number
  statusMessage: string
  headers: IncomingHttpHeaders
  /** The parsed JSON, or the text when it is none. */
  body: unknown
  readonly url: string
  /** 0 for the answer to the first attempt. */
  readonly retryCount: number
}

const names = ['beforeRequest', 'afterResponse', 'beforeRetry', 'beforeError'] as const

/** Reads `httpOptions.hooks`. */
export function readHooks(value: unknown): { hooks: HttpHooks } {
  const hooks = fieldsOf('hooks', value, names)
  for (const [name, list] of Object.entries(hooks)) {
    if (Array.isArray(list) && list.every((hook) => typeof hook === 'function')) continue
    throw new Error(`httpOptions.hooks.${name} must be a list of functions.`)
  }
  return { hooks: hooks as HttpHooks }
}

/** The hooks of one call. */
export class CallHooks {
  readonly #hooks: HttpHooks
  readonly #sending: Sending
  readonly #options: HookOptions
  #retryCount = 0

  constructor(sending: Sending) {
    const { method, url, body, http, headers } = sending
    this.#hooks = http.hooks ?? {}
    this.#sending = sending
    const { 'content-length': _, ...changeable } = headers
    this.#options = { method, url: new URL(url), body, headers: discreet(changeable) }
  }

  /** The request as the hooks want it to be sent. */
  async beforeRequest(): Promise<Sending> {
    const { headers } = this.#options
    for (const hook of this.#hooks.beforeRequest ?? []) await this.#run(() => hook(this.#options))
    await this.#run(() => checkHeaders('hooks', headers))
    const length = this.#sending.headers['content-length']
    const wanted = Object.entries(headers).filter(([, value]) => value !== undefined)
    if (length !== undefined) wanted.push(['content-length', length])
    return { ...this.#sending, headers: Object.fromEntries(wanted) }
  }

  async afterResponse(reply: Reply): Promise<Reply> {
    const { status: statusCode, reason: statusMessage, headers, text, url } = reply
    const json = parsed(text)
    const body = json === undefined ? text : json
    const place = { url: url.href, retryCount: this.#retryCount }
    let response: HookResponse = { statusCode, statusMessage, headers, body, ...place }
    for (const hook of this.#hooks.afterResponse ?? []) {
      response = ((await this.#run(() => hook(response))) ?? response) as HookResponse
    }
    return {
      status: response.statusCode,
      reason: response.statusMessage,
      headers: response.headers,
      text: response.body === body && typeof body === 'string' ? text : textOf(response.body),
      url,
    }
  }

  async beforeRetry(error: HttpError, retryCount: number): Promise<void> {
    this.#retryCount = retryCount
    for (const hook of this.#hooks.beforeRetry ?? []) await this.#run(() => hook(this.#options, error, retryCount))
  }

  async beforeError(error: HttpError): Promise<Error> {
    let current: unknown = error
    for (const hook of this.#hooks.beforeError ?? []) current = await this.#run(() => hook(current as HttpError))
    if (current instanceof Error) return current
    return this.#failure(new Error('httpOptions.hooks.beforeError must return an Error.'))
  }

  async #run(hook: () => unknown): Promise<unknown> {
    try {
      return await hook()
    } catch (error) {
      throw error instanceof HttpError ? error : this.#failure(error)
    }
  }

  #failure(cause: unknown): HttpError {
    const message = cause instanceof Error ? cause.message : String(cause)
    return new HttpError(500, message, undefined, { cause, route: this.#sending.route })
  }
}

const textOf = (body: unknown): string => (typeof body === 'string' ? body : (JSON.stringify(body) ?? ''))

/** Headers that do not show the key when they are printed. */
function discreet(headers: OutgoingHttpHeaders): OutgoingHttpHeaders {
  const printable = () => ({ ...headers, authorization: '[redacted]' })
  for (const name of [inspect.custom, 'toJSON']) Object.defineProperty(headers, name, { value: printable })
  return headers
}
