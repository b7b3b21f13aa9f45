import { hide } from './hidden.js'
import { camelCased, isObject } from './json.js'

/** One entry of the `errors` array that the API answers a failed request with. */
export interface ClerkServerErrorJSON {
  message: string
  long_message: string
  code: string
  meta?: Record<string, unknown>
}

/** What the API says went wrong. Not an `Error`: it is found in {@link HttpError.data} and {@link HttpError.errors}. */
export class ClerkServerError {
  message: string
  longMessage: string
  /** Stable and made to be compared with, such as `resource_not_found`. */
  code: string
  /** More about it, such as the parameter at fault. Only present when the API sent it. */
  declare meta?: Record<string, unknown>

  constructor(data: {
    message: string
    longMessage: string
    code: string
    meta?: Record<string, unknown> | undefined
  }) {
    this.message = data.message
    this.longMessage = data.longMessage
    this.code = data.code
    if (data.meta !== undefined) this.meta = data.meta
  }

  static fromJSON(json: ClerkServerErrorJSON): ClerkServerError {
    const { message, long_message: longMessage, code, meta } = json
    return new ClerkServerError({ message, longMessage, code, meta: isObject(meta) ? camelCased(meta) : undefined })
  }
}

/** What an {@link HttpError} knows beyond its status, each only when it is known. */
export interface HttpErrorDetails {
  /** The low-level code, such as `ECONNREFUSED`. */
  code?: string | undefined
  /** The low-level error. */
  cause?: unknown
  /** The id of the failed request in the server's log. */
  clerkTraceId?: string | undefined
  /** The call that failed, such as `GET /users/{user_id}`: never with ids or parameters. */
  route?: string | undefined
}

/**
 * A call to the API that did not succeed.
 *
 * `statusCode` is the status of the answer, or 500 when there was none. `data` is an array of {@link ClerkServerError}
 * when the API named its errors, otherwise the parsed body, its text, or `undefined` when there was no answer.
 */
export class HttpError extends Error {
  statusCode: number
  data: unknown
  declare readonly code: string | undefined
  declare readonly clerkTraceId: string | undefined
  declare readonly route: string | undefined
  /** The errors the API named; empty when it named none. */
  declare readonly errors: ClerkServerError[]

  constructor(statusCode: number, message: string, data?: unknown, details: HttpErrorDetails = {}) {
    super(message)
    this.statusCode = statusCode
    this.data = data
    const { code, cause, clerkTraceId, route } = details
    const errors = Array.isArray(data) ? data.filter((entry) => entry instanceof ClerkServerError) : []
    hide(this, { errors, code, clerkTraceId, route, ...(cause !== undefined && { cause }) })
    // Printed or logged, it says which call failed; the message alone stays that of 2.6.3.
    if (route !== undefined) hide(this, { stack: this.stack?.replace(message, () => `${message} (${route})`) })
  }

  static {
    hide(HttpError.prototype, { name: 'HttpError' })
  }
}

/** No answer, or only a part of one: refused, reset, unknown host, bad certificate. `code` says which. */
export class ConnectionError extends HttpError {
  static {
    hide(ConnectionError.prototype, { name: 'ConnectionError' })
  }
}

/** No complete answer within the time that `httpOptions.timeout` gives. */
export class TimeoutError extends HttpError {
  static {
    hide(TimeoutError.prototype, { name: 'TimeoutError' })
  }
}

/**
 * A success whose body cannot be understood. `statusCode` is 500 and not the status of the answer: a handler that
 * passes it on must not report the failure as a success. `data` is the beginning of the body.
 */
export class ParseError extends HttpError {
  static {
    hide(ParseError.prototype, { name: 'ParseError' })
  }
}

/** The API asked to slow down, and the retries did not help. */
export class RateLimitError extends HttpError {
  /** The seconds the API asked to wait, when it said so. */
  declare readonly retryAfter: number | undefined

  constructor(
    statusCode: number,
    message: string,
    data?: unknown,
    details: HttpErrorDetails & { retryAfter?: number | undefined } = {},
  ) {
    super(statusCode, message, data, details)
    hide(this, { retryAfter: details.retryAfter })
  }

  static {
    hide(RateLimitError.prototype, { name: 'RateLimitError' })
  }
}
