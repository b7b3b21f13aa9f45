import { HttpError } from '../errors.js'
import type { Clock } from './clock.js'
import type { Reply } from './exchange.js'

/** Methods that do the same whether a request arrives once or twice. */
const repeatableMethods: ReadonlySet<string> = new Set(['GET', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE'])

const repeatableCodes: ReadonlySet<string | undefined> = new Set([
  'ETIMEDOUT',
  'ECONNRESET',
  'EADDRINUSE',
  'ECONNREFUSED',
  'EPIPE',
  'ENOTFOUND',
  'ENETUNREACH',
  'EAI_AGAIN',
])

/** Statuses that may pass by themselves, and whether `Retry-After` says when: it may, it must, or it is not looked at. */
const repeatableStatuses: Readonly<Record<number, 'may' | 'must' | 'ignored'>> = {
  408: 'ignored',
  413: 'must',
  429: 'may',
  500: 'ignored',
  502: 'ignored',
  503: 'may',
  504: 'ignored',
  521: 'ignored',
  522: 'ignored',
  524: 'ignored',
}

/** The longest wait between two attempts, whatever `Retry-After` asks for: somebody waits for the call. */
const longestWait = 30_000

export const isRepeatable = (method: string): boolean => repeatableMethods.has(method)

/** Repeats a request that is safe to repeat, at most `limit` times, while its outcome is one that may pass by itself. */
export async function withRetries(
  attempt: () => Promise<Reply | HttpError>,
  { method, limit, clock }: { method: string; limit: number; clock: Clock },
): Promise<Reply | HttpError> {
  const most = isRepeatable(method) ? limit : 0
  for (let retries = 0; ; retries += 1) {
    const outcome = await attempt()
    const wait = retries < most ? waitAfter(outcome, retries, clock) : undefined
    if (wait === undefined) return outcome
    await clock.sleep(wait)
  }
}

/** Milliseconds until the next attempt, or `undefined` when there should be none. */
function waitAfter(outcome: Reply | HttpError, retries: number, clock: Clock): number | undefined {
  const backOff = Math.min(1000 * 2 ** retries + clock.random() * 100, longestWait)
  if (outcome instanceof HttpError) return repeatableCodes.has(outcome.code) ? backOff : undefined
  const rule = repeatableStatuses[outcome.status]
  if (rule === undefined) return undefined
  const asked = rule === 'ignored' ? undefined : retryAfter(outcome.headers['retry-after'], clock.now())
  if (rule === 'must' && asked === undefined) return undefined
  // Never sooner than the back-off for a time that is over: that would be a busy loop.
  return asked ? Math.min(asked * 1000, longestWait) : backOff
}

/** The seconds that a `Retry-After` header asks to wait, given as such or as a date; `undefined` when it says neither. */
export function retryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim()
  if (!text) return undefined
  const seconds = Number(text)
  const wait = Number.isNaN(seconds) ? (Date.parse(text) - now) / 1000 : seconds
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}
