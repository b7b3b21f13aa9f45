import type { Database } from '../database/database.js'
import type { MessagesTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'

export interface InboxStore {
  /** The newest first; all of them, or those to one recipient. */
  list(page: { to?: string | undefined; limit: number }): Promise<MessagesTable[]>
  /** @throws ApiError `resource_not_found` */
  get(id: string): Promise<MessagesTable>
  /** @returns how many there were */
  clear(to: string | undefined): Promise<number>
}

export const createInboxStore = ({ queries }: Database): InboxStore => ({
  list: ({ to, limit }) =>
    queries
      .selectFrom('messages')
      .selectAll()
      .$if(to !== undefined, (messages) => messages.where('recipient', '=', to as string))
      .orderBy('created_at', 'desc')
      .orderBy('id', 'desc')
      .limit(limit)
      .execute(),

  async get(id) {
    const row = await queries.selectFrom('messages').selectAll().where('id', '=', id).executeTakeFirst()
    if (!row) throw new ApiError('resource_not_found', { message: `there is no message with the id ${id}` })
    return row
  },

  async clear(to) {
    const { numDeletedRows } = await queries
      .deleteFrom('messages')
      .$if(to !== undefined, (messages) => messages.where('recipient', '=', to as string))
      .executeTakeFirstOrThrow()
    return Number(numDeletedRows)
  },
})
