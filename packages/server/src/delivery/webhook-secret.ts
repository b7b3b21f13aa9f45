import { createHmac } from 'node:crypto'
import { StartupError } from '../startup-error.js'

/** Signs as Standard Webhooks 1.0 says. */
export interface WebhookSecret {
  /**
   * The headers that go along with a body.
   *
   * @param id the same for every attempt to deliver one thing
   * @param now milliseconds since 1970
   */
  sign(id: string, now: number, body: string): Record<string, string>
}

/** @throws StartupError (exit code 2) saying what a secret must be, without the one that was given */
export function webhookSecret(text: string): WebhookSecret {
  const base64 = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1] ?? ''
  const key = Buffer.from(base64, 'base64')
  if (key.length < 24 || key.length > 64) {
    throw new StartupError('--sms-webhook-secret must be "whsec_" and 24 to 64 random bytes in base64', { exitCode: 2 })
  }
  return {
    sign(id, now, body) {
      const timestamp = Math.floor(now / 1000)
      const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
      return { 'webhook-id': id, 'webhook-timestamp': String(timestamp), 'webhook-signature': `v1,${signature}` }
    },
  }
}
