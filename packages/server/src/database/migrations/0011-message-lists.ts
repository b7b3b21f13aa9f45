import type { Kysely, Migration } from 'kysely'

/** Messages by their time: the newest are looked at, the oldest deleted. */
export const messageLists: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema.createIndex('messages_created_at').on('messages').columns(['created_at', 'id']).execute()
  },
}
