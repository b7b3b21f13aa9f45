import { Webhook } from 'standardwebhooks'
import { expect } from 'vitest'
import type { WebhookRequest } from '../../src/webhooks/body.js'
import { WebhookError, type WebhookErrorCode } from '../../src/webhooks/error.js'
import { type VerifyWebhookOptions, verifyWebhook } from '../../src/webhooks/verify.js'

export const secret: string = `whsec_${Buffer.alloc(24, 'secret').toString('base64')}`

export const event = {
  object: 'event',
  type: 'user.created',
  data: { object: 'user', id: 'user_1', first_name: 'Zoë' },
  timestamp: 1_716_883_200_000,
  instance_id: 'ins_1',
}

export interface Signing {
  id?: string
  /** Milliseconds since 1970. Default: now. */
  at?: number
  secret?: string
  prefix?: 'svix' | 'webhook'
}

export interface Signed {
  headers: Record<string, string>
  body: string
}

/** A body with the headers that a sender gives it. The signature is another implementation's. */
export function signed(
  body: string = JSON.stringify(event),
  { id = 'msg_1', at = Date.now(), secret: by = secret, prefix = 'svix' }: Signing = {},
): Signed {
  const date = new Date(at)
  const signature = new Webhook(by).sign(id, date, body)
  const timestamp = String(Math.floor(date.getTime() / 1000))
  return {
    headers: { [`${prefix}-id`]: id, [`${prefix}-timestamp`]: timestamp, [`${prefix}-signature`]: signature },
    body,
  }
}

/** How a request is refused. */
export async function fault(
  request: WebhookRequest,
  options: VerifyWebhookOptions = { signingSecret: secret },
): Promise<WebhookError> {
  const outcome: unknown = await verifyWebhook(request, options).catch((error: unknown) => error)
  expect(outcome).toBeInstanceOf(WebhookError)
  return outcome as WebhookError
}

/** What an error must be that refuses. */
export const refusal = (code: WebhookErrorCode, statusCode = 400): unknown =>
  expect.objectContaining({ name: 'WebhookError', code, statusCode })
