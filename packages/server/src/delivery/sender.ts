import type { Clock } from '../clock.js'
import type { MessagesTable } from '../database/tables/index.js'
import type { Logger } from '../logger.js'
import { createAlarm } from './alarm.js'
import type { Channel, MessageQueue } from './queue.js'
import { nextAttempt, uselessFrom } from './retry.js'
import { DeliveryError, type Transport } from './transport.js'

/** Messages that are on their way at a time. */
const slots = 5
/** Milliseconds one attempt may take; less than the lease of the message. */
const attemptDeadline = 30_000
/** Milliseconds that are waited for what is on its way when the server ends. */
const closeDeadline = 5_000
/**
 * Milliseconds between two looks at the queue: the first after a message was queued, whose transaction may not have ended
 * yet, then twice as long each time, up to the last.
 */
const looks = { first: 5, last: 1_000 }

export interface Sender {
  /** To be called when a message was queued. */
  wake(): void
  /** Takes no more messages, and waits for those that are on their way, for a while. */
  close(): Promise<void>
}

export interface SenderParts {
  channel: Channel
  transport: Transport
  queue: MessageQueue
  logger: Logger
  clock: Clock
  /** From 0 up to 1. */
  random: () => number
}

/** Sends the messages of one channel, for as long as the server runs. */
export function startSender({ channel, transport, queue, logger, clock, random }: SenderParts): Sender {
  const alarm = createAlarm()
  const inHand = new Set<Promise<void>>()
  const cutOff = new AbortController()
  let closing = false
  let unreadable = false

  async function run(): Promise<void> {
    let pause = looks.first
    while (!closing) {
      const free = slots - inHand.size
      const claimed = free > 0 ? await claim(free) : []
      for (const message of claimed) take(message)
      if (claimed.length > 0) pause = looks.first
      else pause = (await alarm.wait(pause)) ? looks.first : Math.min(pause * 2, looks.last)
    }
  }

  async function claim(limit: number): Promise<MessagesTable[]> {
    try {
      const claimed = await queue.claim(channel, limit)
      unreadable = false
      return claimed
    } catch (err) {
      if (!unreadable) logger.error({ err, channel }, 'the messages that wait cannot be read')
      unreadable = true
      return []
    }
  }

  function take(message: MessagesTable): void {
    const attempted = attempt(message)
      .catch((err: unknown) =>
        logger.error({ err, messageId: message.id }, 'how a message got on cannot be written down'),
      )
      .finally(() => {
        inHand.delete(attempted)
        if (inHand.size === slots - 1) alarm.ring()
      })
    inHand.add(attempted)
  }

  async function attempt(message: MessagesTable): Promise<void> {
    const about = { messageId: message.id, channel, attempt: message.attempts }
    if ((uselessFrom(message) ?? Number.POSITIVE_INFINITY) <= clock()) {
      logger.error({ ...about, reason: 'too late' }, 'a message has failed')
      return queue.failed(message, 'its code expired before it could be handed over')
    }
    try {
      await handOver(message)
    } catch (thrown) {
      const error = asDeliveryError(thrown)
      const next = error.final
        ? undefined
        : nextAttempt(message, { now: clock(), random: random(), retryAfter: error.retryAfter })
      if (next === undefined) {
        logger.error({ ...about, reason: error.reason }, 'a message has failed')
        return queue.failed(message, error.message)
      }
      logger.warn({ ...about, reason: error.reason }, 'a message was not taken and will be tried again')
      return queue.postponed(message, error.message, next)
    }
    await queue.submitted(message)
    logger.info(about, 'a message was submitted')
  }

  /** Ends at the deadline also where a transport does not. */
  async function handOver(message: MessagesTable): Promise<void> {
    const signal = AbortSignal.any([AbortSignal.timeout(attemptDeadline), cutOff.signal])
    const aborted = new Promise<never>((_, reject) => {
      signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true })
    })
    await Promise.race([transport.send(message, signal), aborted])
  }

  const running = run()

  return {
    wake: alarm.ring,
    async close() {
      closing = true
      alarm.ring()
      await running
      const deadline = setTimeout(() => {
        cutOff.abort(new DeliveryError('the server was stopped', { reason: 'stopped' }))
      }, closeDeadline)
      await Promise.all(inHand)
      clearTimeout(deadline)
    },
  }
}

function asDeliveryError(thrown: unknown): DeliveryError {
  if (thrown instanceof DeliveryError) return thrown
  const { name, message } = thrown as Error
  if (name === 'TimeoutError') {
    return new DeliveryError(`there was no end within ${attemptDeadline / 1000} seconds`, { reason: 'timeout' })
  }
  return new DeliveryError(message, { reason: name, cause: thrown })
}
