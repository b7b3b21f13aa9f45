import { HttpError } from '../errors.js'
import { redact } from '../redaction.js'
import { admit, answered } from './admit.js'
import type { Guard } from './guard.js'
import type { MiddlewareRequest } from './request.js'

/** A handler of requests: of Next.js, of `node:http`, of Express. What comes after the response is passed through. */
export type Handler<Req, Res, Rest extends unknown[], Result> = (
  req: Req,
  res: Res,
  ...rest: Rest
) => Result | Promise<Result>

/** The same handler, guarded: it takes requests that nothing was set on yet. When it has not run, it gives `undefined`. */
export type GuardedHandler<Req, Res, Rest extends unknown[], Result> = (
  req: Req,
  res: Res,
  ...rest: Rest
) => Promise<Result | undefined>

/**
 * Wraps a handler, for where there is no `next`. A refusal is answered with the status and the data of the error; what
 * the handler throws or rejects with is passed on as it is.
 *
 * @throws Error when the handler is no function.
 */
export function guarded<Req, Marked extends Req, Res, Rest extends unknown[], Result>(
  guard: Guard,
  handler: Handler<Marked, Res, Rest, Result>,
): GuardedHandler<Req, Res, Rest, Result> {
  if (typeof handler !== 'function') throw new Error('There must be a handler: a function of a request and a response.')
  return async (req, res, ...rest) => {
    const outcome = await admit(guard, req as MiddlewareRequest, res)
    // What the handler asks for is on the request by now.
    if (outcome === undefined) return handler(req as Marked, res, ...rest)
    if (outcome !== answered) refuse(res as ErrorResponse, outcome)
    return undefined
  }
}

/** What is needed of a response that an error is answered with. Frameworks have `json` or `send`, `node:http` neither. */
interface ErrorResponse {
  statusCode: number
  readonly headersSent?: boolean
  readonly writableEnded?: boolean
  json?(body: unknown): unknown
  send?(body: unknown): unknown
  setHeader?(name: string, value: string): unknown
  end?(body?: string): unknown
}

type Refusal = Error & { statusCode?: unknown; data?: unknown }

function refuse(res: ErrorResponse, error: Refusal): void {
  if (res.headersSent || res.writableEnded) return
  const body = bodyOf(error)
  res.statusCode = statusOf(error)
  if (res.json) res.json(body)
  else if (res.send) res.send(body)
  else {
    res.setHeader?.('Content-Type', 'application/json')
    res.end?.(JSON.stringify(body))
  }
  if (!res.writableEnded) res.end?.()
}

/** Not below 200, which is no end of a response. */
function statusOf({ statusCode }: Refusal): number {
  const status = Number(statusCode)
  return Number.isInteger(status) && status >= 200 && status <= 999 ? status : 401
}

function bodyOf(error: Refusal): unknown {
  const data = error instanceof HttpError && error.route !== undefined ? named(error) : error.data
  return isJSON(data) ? data : { error: error.message }
}

/** Of an answer of the API a stranger gets to see the errors that it names, and no more. */
function named({ errors }: HttpError): unknown {
  if (errors.length === 0) return undefined
  return JSON.parse(JSON.stringify(errors), (_, value) => (typeof value === 'string' ? redact(value) : value))
}

/** Whether it is something, and can be sent. */
function isJSON(data: unknown): boolean {
  try {
    return Boolean(data) && JSON.stringify(data) !== undefined
  } catch {
    return false
  }
}
