import { HttpError } from '../errors.js'
import { type CallOptions, untilAborted } from './abort.js'
import { failure } from './answer.js'
import type { Clock } from './clock.js'
import { exchange } from './exchange.js'
import { CallHooks } from './hooks.js'
import type { Reply, Sending } from './message.js'
import { withRetries } from './retry.js'

/**
 * Makes a request by all the rules of its settings: hooks, redirects, time limits, retries. Gives what `understand` makes
 * of the answer.
 *
 * @throws HttpError when there is no answer or `understand` refuses it; the signal's reason when the caller gives it up.
 */
export function call<T>(
  sending: Sending,
  clock: Clock,
  options: CallOptions | null | undefined,
  understand: (reply: Reply) => T,
): Promise<T> {
  return untilAborted(options?.signal, async (signal) => {
    const hooks = sending.http.hooks && new CallHooks(sending)
    try {
      const outcome = await perform(sending, clock, hooks, signal)
      if (outcome instanceof HttpError) throw outcome
      return understand(outcome)
    } catch (error) {
      signal?.throwIfAborted()
      throw hooks && error instanceof HttpError ? await hooks.beforeError(error) : error
    }
  })
}

function perform(
  sending: Sending,
  clock: Clock,
  hooks: CallHooks | undefined,
  signal: AbortSignal | undefined,
): Promise<Reply | HttpError> {
  const { method, route, http } = sending
  const asError = (outcome: Reply | HttpError) =>
    outcome instanceof HttpError ? outcome : failure(outcome, route, clock.now())
  const attemptWith = async (hooks: CallHooks) => {
    const outcome = await exchange(await hooks.beforeRequest(), signal)
    return outcome instanceof HttpError ? outcome : hooks.afterResponse(outcome)
  }
  const attempt = () => (hooks ? attemptWith(hooks) : exchange(sending, signal))
  const beforeRetry = async (outcome: Reply | HttpError, count: number) => hooks?.beforeRetry(asError(outcome), count)
  return withRetries({ method, rules: http.retry, clock, signal, attempt, asError, beforeRetry })
}
