import type { RequestHeaders } from '../middleware/headers.js'
import { WebhookError } from './error.js'

/** Headers of the Fetch API, or an object with the name of each header in any case. */
export type WebhookHeaders = FetchHeaders | RequestHeaders

interface FetchHeaders {
  get(name: string): string | null
}

/** What the headers of an event say, with nothing of it verified. */
export interface SignatureHeaders {
  readonly id: string
  /** In seconds since 1970. */
  readonly timestamp: string
  /** One or more, with spaces between. */
  readonly signature: string
}

type Field = keyof SignatureHeaders

/** Each header has two names: that of Svix, which delivers for Clerk, and that of Standard Webhooks. */
const namesOf = (field: Field): string[] => [`svix-${field}`, `webhook-${field}`]

const fields: readonly Field[] = ['id', 'timestamp', 'signature']

/**
 * The three headers of an event. One that is there several times, or under both of its names, must say the same each
 * time: else whoever looks at the other one, to know by its id an event that was there before, sees what nobody signed.
 *
 * @throws WebhookError that names the headers which are missing or at odds.
 */
export function signatureHeaders(headers: WebhookHeaders): SignatureHeaders {
  const found = fields.map((field) => [field, soleValue(headers, field)] as const)
  const missing = found.filter(([, value]) => value === undefined).map(([field]) => namesOf(field).join(' or '))
  if (missing.length === 0) return Object.fromEntries(found) as Record<Field, string>
  throw new WebhookError('headers_missing', `The request lacks headers of a webhook: ${missing.join(', ')}.`)
}

function soleValue(headers: WebhookHeaders, field: Field): string | undefined {
  const [value, ...others] = new Set(namesOf(field).flatMap((name) => valuesOf(headers, name)))
  if (others.length === 0 && (typeof value === 'string' || value === undefined)) return value
  throw new WebhookError('headers_malformed', `The request must have one ${namesOf(field).join(' or ')}, as a text.`)
}

/** Everything there is under a name in lower case. An empty text is nothing. */
export function valuesOf(headers: WebhookHeaders, name: string): unknown[] {
  const values: unknown[] = isFetchHeaders(headers)
    ? [headers.get(name)]
    : Object.entries(headers)
        .filter(([key]) => key.toLowerCase() === name)
        .flatMap(([, value]) => value)
  return values.filter((value) => value !== undefined && value !== null && value !== '')
}

const isFetchHeaders = (headers: WebhookHeaders): headers is FetchHeaders => typeof headers['get'] === 'function'
