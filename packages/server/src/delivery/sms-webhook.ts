import type { Clock } from '../clock.js'
import type { MessagesTable } from '../database/tables/index.js'
import type { Environment, SmsOptions } from '../options.js'
import { StartupError } from '../startup-error.js'
import { post } from './post.js'
import { DeliveryError, type Transport } from './transport.js'
import { webhookSecret } from './webhook-secret.js'

/** Statuses below 500 that say nothing of the message: the hook was slow or busy. */
const passing = new Set([408, 429])

/**
 * Posts each text message to a hook, signed.
 *
 * @throws StartupError (exit code 2) when the options make no sense
 */
export function smsWebhook(
  { webhookUrl, webhookSecret: secretText, allowPrivate = false }: SmsOptions,
  { environment, clock, instanceId }: { environment: Environment; clock: Clock; instanceId: string },
): Transport {
  const url = hookUrl(webhookUrl)
  const secret = webhookSecret(secretText)

  return {
    async send(message, signal) {
      const body = JSON.stringify(smsCreated(message, instanceId))
      const { status, retryAfter } = await post({
        url,
        headers: {
          'content-type': 'application/json',
          'user-agent': 'clerk-server',
          ...secret.sign(message.id, clock(), body),
        },
        body,
        signal,
        allowPrivate: allowPrivate || environment === 'development',
      })
      if (status >= 200 && status < 300) return
      throw new DeliveryError(`the hook answered ${status}${status < 400 ? ', and redirects are not followed' : ''}`, {
        reason: `HTTP ${status}`,
        final: status >= 400 && status < 500 && !passing.has(status),
        retryAfter: seconds(retryAfter) * 1000,
      })
    },
  }
}

/** The event as every attempt sends it. */
const smsCreated = (message: MessagesTable, instanceId: string) => ({
  object: 'event',
  type: 'sms.created',
  instance_id: instanceId,
  timestamp: message.created_at,
  data: {
    object: 'sms_message',
    id: message.id,
    slug: message.slug,
    user_id: message.user_id,
    phone_number_id: message.identification_id,
    to_phone_number: message.recipient,
    message: message.body,
    status: 'queued',
    created_at: message.created_at,
  },
})

/** `Retry-After` in seconds; as a date it is left to our own schedule. */
const seconds = (header: string | undefined) => (/^\d{1,6}$/.test(header ?? '') ? Number(header) : 0)

function hookUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '') {
    throw new StartupError('--sms-webhook-url must be an http:// or https:// URL without user and password', {
      exitCode: 2,
    })
  }
  return url
}
