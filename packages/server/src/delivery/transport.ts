import type { MessagesTable } from '../database/tables/index.js'

/** A way out for the messages of one channel. */
export interface Transport {
  /**
   * Hands a message over; it may be called again for one that was handed over already, with the same id.
   *
   * @throws DeliveryError saying whether it may help to try again; after any other error it may
   */
  send(message: MessagesTable, signal: AbortSignal): Promise<void>
}

/** Why a message was not taken. */
export class DeliveryError extends Error {
  /** A few letters for the log, in which nothing stands that the other side made up. */
  readonly reason: string
  /** Whether the answer would be the same at every other time. */
  readonly final: boolean
  /** Milliseconds that the other side asks to be left alone for. */
  readonly retryAfter: number

  constructor(
    message: string,
    {
      reason,
      final = false,
      retryAfter = 0,
      cause,
    }: { reason: string; final?: boolean; retryAfter?: number; cause?: unknown },
  ) {
    super(message, { cause })
    this.name = 'DeliveryError'
    this.reason = reason
    this.final = final
    this.retryAfter = retryAfter
  }
}
