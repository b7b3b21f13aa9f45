import type { Clock } from '../clock.js'
import type { Environment, MailOptions, SmsOptions } from '../options.js'
import type { Channel } from './queue.js'
import { smsWebhook } from './sms-webhook.js'
import { smtp } from './smtp.js'
import { DeliveryError, type Transport } from './transport.js'

export interface TransportOptions {
  environment: Environment
  mail: MailOptions | undefined
  sms: SmsOptions | undefined
  clock: Clock
  instanceId: string
}

/**
 * How the messages of each channel leave.
 *
 * @throws StartupError (exit code 2) naming the option that makes no sense
 */
export function transports({ mail, sms, ...instance }: TransportOptions): Record<Channel, Transport> {
  const ways: Record<Channel, { transport: Transport | undefined; flag: string }> = {
    email: { transport: mail && smtp(mail), flag: '--smtp-url' },
    sms: { transport: sms && smsWebhook(sms, instance), flag: '--sms-webhook-url' },
  }
  const choose = ({ transport, flag }: (typeof ways)[Channel]) =>
    instance.environment === 'development' ? (transport ?? inbox) : (transport ?? nowhere(flag))
  return { email: choose(ways.email), sms: choose(ways.sms) }
}

/** Messages stay where they are, which is where the inbox reads them. */
const inbox: Transport = { send: async () => {} }

/** What is queued is not lost by an operator who gives the flag within a day. */
const nowhere = (flag: string): Transport => ({
  async send() {
    throw new DeliveryError(`there is no way to send it: start the server with ${flag}`, { reason: `no ${flag}` })
  },
})
