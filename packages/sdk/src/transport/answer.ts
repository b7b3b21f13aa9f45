import { builtins } from '../builtins.js'
import { ClerkServerError, type ClerkServerErrorJSON, HttpError, ParseError, RateLimitError } from '../errors.js'
import { isObject, type JSONObject } from '../json.js'
import { redact } from '../redaction.js'
import type { Reply } from './message.js'
import { isSuccess, retryAfter } from './retry.js'

/**
 * The JSON of a success; `undefined` when it has no body.
 *
 * @throws HttpError for every other status. @throws ParseError for a body that is not a JSON object or array.
 */
export function understand(
  reply: Reply,
  { route }: { readonly route: string },
  now: number,
): JSONObject | readonly unknown[] | undefined {
  if (!isSuccess(reply)) throw failure(reply, route, now)
  if (reply.text === '') return undefined
  const json = parsed(reply.text)
  if (isObject(json) || Array.isArray(json)) return json
  throw new ParseError(500, 'The response is not a JSON object or array', beginning(reply.text), { route })
}

/** What a reply that is no success means. */
export function failure(reply: Reply, route: string, now: number): HttpError {
  const { status, headers, text } = reply
  const message = `Response code ${status} (${reply.reason || (builtins.http.STATUS_CODES[status] ?? 'Unknown')})`
  const json = parsed(text)
  const details = { route, clerkTraceId: isObject(json) ? traceId(json) : undefined }
  const data = isObject(json) && Array.isArray(json['errors']) ? serverErrors(json['errors']) : (json ?? text)
  if (status === 429) {
    return new RateLimitError(status, message, data, {
      ...details,
      retryAfter: retryAfter(headers['retry-after'], now),
    })
  }
  return new HttpError(status, `${message}${redirection(reply)}`, data, details)
}

const serverErrors = (errors: readonly unknown[]): ClerkServerError[] =>
  // The catalogue of the API says that these have a code and two messages.
  errors.filter(isObject).map((json) => ClerkServerError.fromJSON(json as unknown as ClerkServerErrorJSON))

function traceId(json: JSONObject): string | undefined {
  const id = json['clerk_trace_id']
  return typeof id === 'string' ? id : undefined
}

/** Where a redirect leads: the origin and no more, as there may be secrets in the rest. */
function redirection({ status, headers, url }: Reply): string {
  const location = status >= 300 && status <= 399 ? headers.location : undefined
  if (location === undefined || !URL.canParse(location, url.href)) return ''
  const { origin, protocol } = new URL(location, url)
  return `, a redirect to ${origin === 'null' ? protocol : origin} that was not followed`
}

/** The value of a JSON text, or `undefined` when it is none. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const beginning = (text: string): string => redact(text.slice(0, 200))
