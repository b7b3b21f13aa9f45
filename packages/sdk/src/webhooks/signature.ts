import { builtins } from '../builtins.js'
import { WebhookError } from './error.js'
import type { SignatureHeaders } from './headers.js'

/** By how much the clocks of sender and receiver may differ, and how old an event may be, in seconds. */
const tolerance = 5 * 60

/**
 * @param now milliseconds since 1970
 * @throws WebhookError when the timestamp is not one, or too far from now.
 */
export function assertRecent({ timestamp }: SignatureHeaders, now: number): void {
  // Twelve digits of milliseconds are over since 2001, and a Date cannot be printed beyond fifteen.
  if (!/^\d{1,12}$/.test(timestamp)) {
    throw new WebhookError('headers_malformed', 'The timestamp of the webhook must be in seconds since 1970.')
  }
  const sent = Number(timestamp)
  if (Math.abs(Math.floor(now / 1000) - sent) <= tolerance) return
  throw new WebhookError(
    'timestamp_out_of_tolerance',
    `The webhook was sent at ${text(sent * 1000)}, which is more than ${tolerance} seconds from now, ${text(now)}.`,
  )
}

const text = (milliseconds: number): string => new Date(milliseconds).toISOString()

/** @throws WebhookError unless one of the signatures is exactly the one that the key gives for this id, time and body. */
export function assertSigned(key: Buffer, { id, timestamp, signature }: SignatureHeaders, body: Buffer): void {
  const digest = builtins.crypto.createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')
  const expected = Buffer.from(`v1,${digest}`)
  // As texts, because base64 has several for the same bytes. Other versions than v1 are not equal either.
  if (signature.split(' ').some((entry) => isSame(Buffer.from(entry), expected))) return
  throw new WebhookError(
    'signature_mismatch',
    'No signature of the webhook is right: either the signing secret is that of another endpoint, or the body is not what was sent.',
  )
}

/** The length is no secret: it is that of every signature. */
const isSame = (entry: Buffer, expected: Buffer): boolean =>
  entry.length === expected.length && builtins.crypto.timingSafeEqual(entry, expected)
