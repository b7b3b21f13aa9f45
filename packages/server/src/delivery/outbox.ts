import type { Clock } from '../clock.js'
import type { TransactionQueries } from '../database/database.js'
import type { MessagesTable } from '../database/tables/index.js'
import type { Ids } from '../ids.js'
import type { InTestMode } from './test-mode.js'

/** What a message is made of; the rest of its row is how it gets on. */
export type NewMessage = Pick<
  MessagesTable,
  'channel' | 'slug' | 'user_id' | 'identification_id' | 'from_name' | 'recipient' | 'subject' | 'body' | 'body_plain'
>

/** Where messages wait to be sent. */
export interface Outbox {
  /**
   * Queues a message in the transaction of what it is about: both happen, or neither does. In test mode, one to a test
   * recipient counts as handed over at once: it can be read in the inbox, and never leaves.
   */
  queue(transaction: TransactionQueries, message: NewMessage): Promise<MessagesTable>
  /** Takes a message away, sent or not, in the transaction of what it was about. */
  discard(transaction: TransactionQueries, id: string): Promise<void>
}

/** @param queued is told of each message that is to be sent, while its transaction still runs */
export function createOutbox(
  clock: Clock,
  ids: Ids,
  isTest: InTestMode,
  queued: (channel: NewMessage['channel']) => void,
): Outbox {
  return {
    async queue(transaction, message) {
      const now = clock()
      const row: MessagesTable = {
        ...message,
        id: ids(message.channel),
        status: (await isTest(transaction, message.recipient)) ? 'submitted' : 'queued',
        attempts: 0,
        next_attempt_at: now,
        leased_until: 0,
        last_error: null,
        created_at: now,
        updated_at: now,
      }
      await transaction.insertInto('messages').values(row).execute()
      if (row.status === 'queued') queued(row.channel)
      return row
    },

    async discard(transaction, id) {
      await transaction.deleteFrom('messages').where('id', '=', id).execute()
    },
  }
}
