import { sql, type Updateable } from 'kysely'
import type { Clock } from '../clock.js'
import type { Database } from '../database/database.js'
import type { MessagesTable } from '../database/tables/index.js'
import type { Environment } from '../options.js'

export type Channel = MessagesTable['channel']

/**
 * How long a message belongs to the server that has taken it, in milliseconds: longer than an attempt may take. After it,
 * the server counts as gone, and another may take the message.
 */
const lease = 60_000

const day = 24 * 60 * 60 * 1000
/** How long it is kept that there was a message, in milliseconds. */
const retention: Record<Environment, number> = { development: 7 * day, production: 30 * day }

/** The messages that wait, as those who send them see them. */
export interface MessageQueue {
  /** Takes up to so many messages that are due, the longest due first. Nobody else gets them before the lease ends. */
  claim(channel: Channel, limit: number): Promise<MessagesTable[]>
  submitted(message: MessagesTable): Promise<void>
  /** Puts a message back until a time, in milliseconds since 1970. */
  postponed(message: MessagesTable, error: string, until: number): Promise<void>
  failed(message: MessagesTable, error: string): Promise<void>
  /** Deletes what was done with long ago. */
  prune(): Promise<void>
}

export function createMessageQueue(database: Database, clock: Clock, environment: Environment): MessageQueue {
  const { queries } = database
  // A literal, and no parameter: SQLite uses the index of queued messages only where it can see that it fits.
  const queued = sql.lit<'queued'>('queued')

  const record = (message: MessagesTable, values: Updateable<MessagesTable>) =>
    queries
      .updateTable('messages')
      .set({ ...values, leased_until: 0, updated_at: clock() })
      .where('id', '=', message.id)
      .where('status', '=', queued)

  /** Codes and links are in it, and nobody reads it any more but the inbox of a development instance. */
  const emptied: Updateable<MessagesTable> =
    environment === 'development' ? {} : { subject: null, body: '', body_plain: null }

  return {
    async claim(channel, limit) {
      const now = clock()
      const due = database.skipLocked(
        queries
          .selectFrom('messages')
          .select('id')
          .where('status', '=', queued)
          .where('channel', '=', channel)
          .where('next_attempt_at', '<=', now)
          .where('leased_until', '<=', now)
          .orderBy('next_attempt_at')
          .limit(limit),
      )
      return queries
        .with('due', () => due)
        .updateTable('messages')
        .set((messages) => ({ leased_until: now + lease, attempts: messages('attempts', '+', 1), updated_at: now }))
        .where('id', 'in', (messages) => messages.selectFrom('due').select('id'))
        .returningAll()
        .execute()
    },

    async submitted(message) {
      await record(message, { status: 'submitted', last_error: null, ...emptied }).execute()
    },

    // Whoever was so late that another server has the message now leaves it to that one.
    async postponed(message, error, until) {
      await record(message, { last_error: error, next_attempt_at: until })
        .where('attempts', '=', message.attempts)
        .execute()
    },

    async failed(message, error) {
      await record(message, { status: 'failed', last_error: error, ...emptied })
        .where('attempts', '=', message.attempts)
        .execute()
    },

    async prune() {
      await queries
        .deleteFrom('messages')
        .where('created_at', '<', clock() - retention[environment])
        .where('status', '!=', queued)
        .execute()
    },
  }
}
