import {
  type Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request as sendPlain,
} from 'node:http'
import { request as sendSecure } from 'node:https'
import { ConnectionError, HttpError, TimeoutError } from '../errors.js'
import { hide } from '../hidden.js'
import { sharedAgents } from './agents.js'
import { readText } from './body.js'
import { isRepeatable } from './retry.js'

/** One request, ready to be sent. */
export interface Sending {
  /** The name of the call, for errors. */
  readonly route: string
  readonly method: string
  readonly url: URL
  readonly headers: OutgoingHttpHeaders
  readonly body: string
  /** Milliseconds until the last byte of the answer must be here. */
  readonly timeout: number
  readonly agents: { readonly http?: Agent | undefined; readonly https?: Agent | undefined }
}

/** A complete answer, whatever its status. */
export interface Reply {
  readonly status: number
  readonly reason: string
  readonly headers: IncomingHttpHeaders
  readonly text: string
}

const protocols = {
  'http:': { name: 'http', send: sendPlain },
  'https:': { name: 'https', send: sendSecure },
} as const

/** Sends a request and reads the whole answer. Gives the error instead when there is none; never rejects. */
export async function exchange(sending: Sending): Promise<Reply | HttpError> {
  let outcome = await attempt(sending)
  // Each round uses up a kept connection which the other side had closed in the meantime, so this ends.
  while ('error' in outcome && outcome.stale && isRepeatable(sending.method)) outcome = await attempt(sending)
  return 'error' in outcome ? outcome.error : outcome.reply
}

type Outcome = { reply: Reply } | { error: HttpError; stale: boolean }

function attempt(sending: Sending): Promise<Outcome> {
  const { route, method, url, headers, body, timeout, agents } = sending
  return new Promise((resolve) => {
    const fail = (cause: Error, stale = false) => {
      const error = asHttpError(cause)
      hide(error, { route })
      resolve({ error, stale })
    }
    try {
      const { name, send } = protocolOf(url)
      const request = send(url, { method, headers, agent: agents[name] ?? sharedAgents()[name] })
      const timer = setTimeout(() => {
        fail(timedOut(timeout))
        request.destroy()
      }, timeout)
      request.on('close', () => clearTimeout(timer))
      request.on('error', (error) => fail(error, request.reusedSocket && isHangUp(error)))
      request.on('response', (response) => {
        const failed = (error: Error) => {
          fail(error)
          request.destroy()
        }
        read(response).then((reply) => resolve({ reply }), failed)
      })
      request.end(body)
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  })
}

async function read(response: IncomingMessage): Promise<Reply> {
  const { statusCode: status = 0, statusMessage: reason = '', headers } = response
  return { status, reason, headers, text: await readText(response) }
}

function protocolOf({ protocol }: URL) {
  if (protocol === 'http:' || protocol === 'https:') return protocols[protocol]
  throw new HttpError(500, `Unsupported protocol "${protocol}"`)
}

const isHangUp = ({ code }: NodeJS.ErrnoException) => code === 'ECONNRESET' || code === 'EPIPE'

const timedOut = (timeout: number) =>
  new TimeoutError(500, `Timeout awaiting 'request' for ${timeout}ms`, undefined, { code: 'ETIMEDOUT' })

function asHttpError(error: NodeJS.ErrnoException): HttpError {
  if (error instanceof HttpError) return error
  // Node tries each address of a host, and then throws what it met at all of them, with no text of its own.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  const message = first instanceof Error ? first.message : String(error.code)
  return new ConnectionError(500, message, undefined, { code: error.code, cause: error })
}
