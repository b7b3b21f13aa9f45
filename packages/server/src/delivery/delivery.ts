import type { Clock } from '../clock.js'
import type { Database } from '../database/database.js'
import type { Logger } from '../logger.js'
import type { Environment } from '../options.js'
import { type Channel, createMessageQueue } from './queue.js'
import { startSender } from './sender.js'
import type { Transport } from './transport.js'

export interface Delivery {
  /** To be called when a message was queued. */
  wake(channel: Channel): void
  /** Deletes messages that are as old as they may get. */
  prune(): Promise<void>
  /** Ends within some seconds. What was not sent by then is sent by the next server. */
  close(): Promise<void>
}

export interface DeliveryParts {
  database: Database
  environment: Environment
  transports: Record<Channel, Transport>
  logger: Logger
  clock: Clock
  /** From 0 up to 1. */
  random?: () => number
}

/** Begins to send what waits and what is queued. Each channel goes its own way: a hook that hangs holds up no mail. */
export function startDelivery({
  database,
  environment,
  transports,
  logger,
  clock,
  random = Math.random,
}: DeliveryParts): Delivery {
  const queue = createMessageQueue(database, clock, environment)
  const start = (channel: Channel) =>
    startSender({ channel, transport: transports[channel], queue, logger, clock, random })
  const senders: Record<Channel, ReturnType<typeof start>> = { email: start('email'), sms: start('sms') }

  return {
    wake: (channel) => senders[channel].wake(),
    prune: queue.prune,
    async close() {
      await Promise.all([senders.email.close(), senders.sms.close()])
    },
  }
}
