import type { Database } from '../database/database.js'
import type { IdentificationsTable, MessagesTable } from '../database/tables/index.js'
import type { NewMessage, Outbox } from '../delivery/outbox.js'
import { ApiError } from '../errors.js'

/** What an application says of its message; to whom it goes is looked up. */
export type OwnMessage = Pick<NewMessage, 'from_name' | 'subject' | 'body'>

export interface MessageStore {
  /**
   * Queues a message to one of the verified addresses of a user.
   *
   * @param param the parameter that the id of the address was given in
   * @throws ApiError `form_resource_not_found`
   */
  send(
    to: { type: IdentificationsTable['type']; id: string; param: string },
    message: OwnMessage,
  ): Promise<MessagesTable>
}

const channels = { email_address: 'email', phone_number: 'sms' } as const

export function createMessageStore({ queries }: Database, outbox: Outbox): MessageStore {
  return {
    send: ({ type, id, param }, message) =>
      queries.transaction().execute(async (transaction) => {
        const recipient = await transaction
          .selectFrom('identifications')
          .select(['user_id', 'value'])
          .where('id', '=', id)
          .where('type', '=', type)
          .where('status', '=', 'verified')
          .executeTakeFirst()
        if (!recipient) {
          const kind = type.replace('_', ' ')
          throw new ApiError('form_resource_not_found', { param, message: `is not the id of a verified ${kind}` })
        }
        return outbox.queue(transaction, {
          ...message,
          channel: channels[type],
          slug: null,
          user_id: recipient.user_id,
          identification_id: id,
          recipient: recipient.value,
          body_plain: null,
        })
      }),
  }
}
