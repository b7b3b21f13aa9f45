import { ConnectionError, HttpError } from '../errors.js'
import { hide } from '../hidden.js'
import { readText } from './body.js'
import type { Reply, Sending } from './message.js'
import { open } from './open.js'
import { redirected, tooManyRedirects } from './redirect.js'
import { isRepeatable } from './retry.js'
import { watch } from './timeout.js'

/**
 * Sends a request, follows redirects within its origin, and reads the whole answer. Gives the error instead when there
 * is none; never rejects.
 */
export async function exchange(sending: Sending, signal?: AbortSignal): Promise<Reply | HttpError> {
  const { maxRedirects } = sending.http
  let current = sending
  let redirects = 0
  for (;;) {
    const outcome = await attempt(current, signal)
    if ('error' in outcome) {
      // Each round uses up a kept connection which the other side had closed in the meantime, so this ends.
      if (outcome.stale && isRepeatable(current.method)) continue
      return outcome.error
    }
    const next = redirected(current, outcome)
    if (!next) return outcome
    if (redirects >= maxRedirects) return tooManyRedirects(outcome, sending)
    redirects += 1
    current = next
  }
}

type Outcome = Reply | { error: HttpError; stale: boolean }

function attempt(sending: Sending, signal?: AbortSignal): Promise<Outcome> {
  return new Promise((resolve) => {
    const fail = (cause: Error, stale = false) => {
      const error = asHttpError(cause)
      hide(error, { route: sending.route })
      resolve({ error, stale })
    }
    try {
      signal?.throwIfAborted()
      const request = open(sending)
      const giveUp = (error: Error) => {
        fail(error)
        request.destroy()
      }
      watch(request, sending.timeout, sending.http.limits, giveUp)
      if (signal) {
        const abort = () => request.destroy()
        signal.addEventListener('abort', abort)
        request.on('close', () => signal.removeEventListener('abort', abort))
      }
      request.on('error', (error) => fail(error, request.reusedSocket && !signal?.aborted && isHangUp(error)))
      request.on('response', (response) => {
        const { statusCode: status = 0, statusMessage: reason = '', headers } = response
        readText(response).then((text) => resolve({ status, reason, headers, text, url: sending.url }), giveUp)
      })
      request.end(sending.body)
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)))
    }
  })
}

const isHangUp = ({ code }: NodeJS.ErrnoException) => code === 'ECONNRESET' || code === 'EPIPE'

function asHttpError(error: NodeJS.ErrnoException): HttpError {
  if (error instanceof HttpError) return error
  // Node tries each address of a host, and then throws what it met at all of them, with no text of its own.
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  const message = first instanceof Error ? first.message : String(error.code)
  return new ConnectionError(500, message, undefined, { code: error.code, cause: error })
}
