import { isObject, type JSONObject } from '../json.js'
import { WebhookError } from './error.js'

/** What has happened, as Clerk tells it. Names are those of the wire. */
export interface WebhookEvent<Data = JSONObject> {
  object: 'event'
  /** Such as `user.created`. There may be new ones: pass over those you do not know. */
  type: string
  /** What it has happened to, in the form of the type. */
  data: Data
  /** When it happened: a Unix timestamp. */
  timestamp?: number
  /** The instance it happened in. */
  instance_id?: string
  /** The request that made it happen. */
  event_attributes?: { http_request?: { client_ip?: string; user_agent?: string } }
}

// A byte order mark is left where it is, so that it is no JSON: nobody sends one.
const strictly = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

/**
 * The event in a body whose signature is right.
 *
 * @throws WebhookError when it is none.
 */
export function eventOf(body: Buffer): WebhookEvent {
  const json = parsed(body)
  if (!isObject(json) || typeof json['type'] !== 'string' || !isObject(json['data'])) {
    throw new WebhookError('body_malformed', 'The body of the webhook is not the JSON of an event: { type, data, … }.')
  }
  return { ...json, object: 'event', type: json['type'], data: json['data'] }
}

// Without the parser's own error, which quotes what it read.
function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(strictly.decode(body))
  } catch {
    return undefined
  }
}
