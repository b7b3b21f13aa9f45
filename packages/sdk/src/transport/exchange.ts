import nodeHttp, { type IncomingHttpHeaders, type IncomingMessage, type OutgoingHttpHeaders } from 'node:http'
import nodeHttps from 'node:https'
import { ConnectionError, HttpError } from '../errors.js'
import { hide } from '../hidden.js'
import { sharedAgents } from './agents.js'
import { readText } from './body.js'
import type { HttpSettings } from './http-options.js'
import { redirected, tooManyRedirects } from './redirect.js'
import { isRepeatable } from './retry.js'
import { watch } from './timeout.js'

/** One request, ready to be sent. */
export interface Sending {
  /** The name of the call, for errors. */
  readonly route: string
  readonly method: string
  readonly url: URL
  /** By lower-case name. */
  readonly headers: OutgoingHttpHeaders
  readonly body: string
  /** Milliseconds until the last byte of the answer must be here. */
  readonly timeout: number
  readonly http: HttpSettings
}

/** A complete answer, whatever its status. */
export interface Reply {
  readonly status: number
  readonly reason: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
  /** Where it came from, after redirects. */
  readonly url: URL
}

/** Asked for their `request` at every request: tracers and nock put their own there, also after this was loaded. */
const protocols = {
  'http:': { name: 'http', module: nodeHttp },
  'https:': { name: 'https', module: nodeHttps },
} as const

/**
 * Sends a request, follows redirects within its origin, and reads the whole answer. Gives the error instead when there
 * is none; never rejects.
 */
export async function exchange(sending: Sending, signal?: AbortSignal): Promise<Reply | HttpError> {
  const { maxRedirects } = sending.http
  let current = sending
  for (let redirects = 0; ; redirects += 1) {
    const reply = await overLiveConnection(current, signal)
    const next = reply instanceof HttpError ? undefined : redirected(current, reply)
    if (!next || reply instanceof HttpError) return reply
    if (redirects >= maxRedirects) return tooManyRedirects(reply, sending)
    current = next
  }
}

async function overLiveConnection(sending: Sending, signal?: AbortSignal): Promise<Reply | HttpError> {
  let outcome = await attempt(sending, signal)
  // Each round uses up a kept connection which the other side had closed in the meantime, so this ends.
  while ('error' in outcome && outcome.stale && isRepeatable(sending.method)) outcome = await attempt(sending, signal)
  return 'error' in outcome ? outcome.error : outcome.reply
}

type Outcome = { reply: Reply } | { error: HttpError; stale: boolean }

function attempt(
  { route, method, url, headers, body, timeout, http }: Sending,
  signal?: AbortSignal,
): Promise<Outcome> {
  return new Promise((resolve) => {
    const fail = (cause: Error, stale = false) => {
      const error = asHttpError(cause)
      hide(error, { route })
      resolve({ error, stale })
    }
    try {
      signal?.throwIfAborted()
      const { name, module } = protocolOf(url)
      const agent = http.agents[name] ?? (name === 'https' ? http.tls?.agent : undefined) ?? sharedAgents()[name]
      const request = module.request(url, { ...http.tls?.options, method, headers, agent })
      watch(request, timeout, http.limits, (error) => {
        fail(error)
        request.destroy()
      })
      const abort = () => request.destroy()
      signal?.addEventListener('abort', abort)
      request.on('close', () => signal?.removeEventListener('abort', abort))
      request.on('error', (error) => fail(error, request.reusedSocket && !signal?.aborted && isHangUp(error)))
      request.on('response', (response) => {
        const failed = (error: Error) => {
          fail(error)
          request.destroy()
        }
        read(response, url).then((reply) => resolve({ reply }), failed)
      })
      request.end(body)
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  })
}

async function read(response: IncomingMessage, url: URL): Promise<Reply> {
  const { statusCode: status = 0, statusMessage: reason = '', headers } = response
  return { status, reason, headers, text: await readText(response), url }
}

function protocolOf({ protocol }: URL) {
  if (protocol === 'http:' || protocol === 'https:') return protocols[protocol]
  throw new HttpError(500, `Unsupported protocol "${protocol}"`)
}

const isHangUp = ({ code }: NodeJS.ErrnoException) => code === 'ECONNRESET' || code === 'EPIPE'

function asHttpError(error: NodeJS.ErrnoException): HttpError {
  if (error instanceof HttpError) return error
  // Node tries each address of a host, and then throws what it met at all of them, with no text of its own.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  const message = first instanceof Error ? first.message : String(error.code)
  return new ConnectionError(500, message, undefined, { code: error.code, cause: error })
}
