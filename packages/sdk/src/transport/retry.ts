import { HttpError } from '../errors.js'
import type { Clock } from './clock.js'
import type { Reply } from './message.js'
import { type RetryRules, repeatableMethods } from './retry-options.js'

/** Whether `Retry-After` says when to come back: it must, or it is not looked at. With any other status it may. */
const retryAfterRules: Readonly<Record<number, 'must' | 'ignored'>> = {
  408: 'ignored',
  413: 'must',
  500: 'ignored',
  502: 'ignored',
  504: 'ignored',
  521: 'ignored',
  522: 'ignored',
  524: 'ignored',
}

/** The longest wait between two attempts when `maxRetryAfter` says nothing: somebody waits for the call. */
const longestWait = 30_000

export const isRepeatable = (method: string): boolean => repeatableMethods.includes(method)

export const isSuccess = ({ status }: Reply): boolean => status >= 200 && status <= 299

type Outcome = Reply | HttpError

/** What is repeated, and what is told of it. */
interface Repetition {
  readonly method: string
  readonly rules: RetryRules
  readonly clock: Clock
  readonly signal: AbortSignal | undefined
  attempt(): Promise<Outcome>
  /** An outcome that is no success as the error it would be. */
  asError(outcome: Outcome): HttpError
  /** Runs after the wait. `count` is 1 before the second attempt. */
  beforeRetry(outcome: Outcome, count: number): Promise<unknown>
}

/** Repeats a request as the rules say, while its outcome is one that may pass by itself. */
export async function withRetries(repetition: Repetition): Promise<Outcome> {
  const { clock, signal, attempt, beforeRetry } = repetition
  for (let count = 1; ; count += 1) {
    const outcome = await attempt()
    signal?.throwIfAborted()
    if (!(outcome instanceof HttpError) && isSuccess(outcome)) return outcome
    const wait = await decide(repetition, outcome, count)
    if (wait === 0) return outcome
    await clock.sleep(wait, signal)
    await beforeRetry(outcome, count)
    signal?.throwIfAborted()
  }
}

/** Milliseconds until the next attempt; 0 when there should be none. */
async function decide({ method, rules, clock, asError }: Repetition, outcome: Outcome, count: number): Promise<number> {
  const computedValue =
    count <= rules.limit && rules.methods.includes(method) ? waitAfter(outcome, count, rules, clock) : 0
  if (!rules.calculateDelay) return computedValue
  const { calculateDelay, ...retryOptions } = rules
  const seconds = askedFor(outcome, clock.now())
  const wait: unknown = await calculateDelay({
    attemptCount: count,
    retryOptions,
    error: asError(outcome),
    retryAfter: seconds === undefined ? undefined : seconds * 1000,
    computedValue,
  })
  if (typeof wait === 'number' && wait >= 0 && wait < Number.POSITIVE_INFINITY) return wait
  throw new HttpError(500, 'httpOptions.retry.calculateDelay must give a number of milliseconds, 0 or more.')
}

function waitAfter(outcome: Outcome, count: number, rules: RetryRules, clock: Clock): number {
  const backOff = Math.max(1, Math.min(1000 * 2 ** (count - 1) + clock.random() * 100, rules.backoffLimit))
  if (outcome instanceof HttpError) return outcome.code && rules.errorCodes.includes(outcome.code) ? backOff : 0
  if (!rules.statusCodes.includes(outcome.status)) return 0
  const rule = retryAfterRules[outcome.status]
  const asked = rule === 'ignored' ? undefined : askedFor(outcome, clock.now())
  if (rule === 'must' && asked === undefined) return 0
  // Never sooner than the back-off for a time that is over: that would be a busy loop.
  if (!asked) return backOff
  if (rules.maxRetryAfter === undefined) return Math.min(asked * 1000, longestWait)
  return asked * 1000 > rules.maxRetryAfter ? 0 : asked * 1000
}

const askedFor = (outcome: Outcome, now: number): number | undefined =>
  outcome instanceof HttpError ? undefined : retryAfter(outcome.headers['retry-after'], now)

/** The seconds that a `Retry-After` header asks to wait, given as such or as a date; `undefined` when it says neither. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim()
  if (!text) return undefined
  const seconds = Number(text)
  const wait = Number.isNaN(seconds) ? (Date.parse(text) - now) / 1000 : seconds
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}
