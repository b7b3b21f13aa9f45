import type { JSONObject } from '../json.js'
import { rawBody, type WebhookRequest } from './body.js'
import { eventOf, type WebhookEvent } from './event.js'
import { signatureHeaders } from './headers.js'
import { signingKey } from './secret.js'
import { assertRecent, assertSigned } from './signature.js'

/** What {@link verifyWebhook} can be told. */
export interface VerifyWebhookOptions {
  /**
   * The secret of the endpoint, `whsec_…`. Environment: `CLERK_WEBHOOK_SIGNING_SECRET`, read at every call. There is no
   * default.
   */
  signingSecret?: string | undefined
}

/**
 * The event in a request to a webhook endpoint, once it is certain that whoever has the signing secret sent it, and
 * within five minutes of now. Signatures are those of Svix and Standard Webhooks.
 *
 * What the data of the event is, you say: only the signature is checked. The same event may come several times, with the
 * same `svix-id`. A body that comes as a stream is read, and cannot be read again: pass `request.clone()` to keep it. Such
 * a body may have 1 MiB.
 *
 * Rejects with a {@link WebhookError} whose `code` says what is wrong and whose `statusCode` is what to answer: 400 or
 * 413 to a request that is no event, 500 when the secret is missing or malformed, or the body was parsed before.
 */
export async function verifyWebhook<Data = JSONObject>(
  request: WebhookRequest,
  options?: VerifyWebhookOptions | null,
): Promise<WebhookEvent<Data>> {
  const key = signingKey(options?.signingSecret)
  const headers = signatureHeaders(request?.headers ?? {})
  assertRecent(headers, Date.now())
  const body = await rawBody(request)
  assertSigned(key, headers, body)
  return eventOf(body) as WebhookEvent<Data>
}
