import { hide } from '../hidden.js'

/** Why an event is refused, each with the status of the answer: 500 where it is the receiver that must be mended. */
const statuses = {
  headers_missing: 400,
  headers_malformed: 400,
  timestamp_out_of_tolerance: 400,
  signature_mismatch: 400,
  body_malformed: 400,
  body_incomplete: 400,
  body_too_large: 413,
  body_not_raw: 500,
  secret_missing: 500,
  secret_malformed: 500,
} as const

/** Stable and made to be compared with. */
export type WebhookErrorCode = keyof typeof statuses

/** A request that is not taken for an event. Nothing of its body and nothing of the signing secret is in it. */
export class WebhookError extends Error {
  readonly code: WebhookErrorCode
  /**
   * What to answer, as error handlers of Express and others do by themselves: 400, 413 for a body that is too large, and
   * 500 when the request may well be right, but the receiver lacks the secret or the raw body.
   */
  readonly statusCode: number

  constructor(code: WebhookErrorCode, message: string, cause?: unknown) {
    super(message)
    this.code = code
    this.statusCode = statuses[code]
    if (cause !== undefined) hide(this, { cause })
  }

  static {
    hide(WebhookError.prototype, { name: 'WebhookError' })
  }
}
