import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../database.js'

/** Mail and text messages, sent and to be sent. */
export const messages = ({ text }: ColumnTypes): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('messages')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('channel', text, (column) => column.notNull())
      .addColumn('slug', text)
      .addColumn('user_id', text)
      .addColumn('identification_id', text)
      .addColumn('from_name', text)
      .addColumn('recipient', text, (column) => column.notNull())
      .addColumn('subject', text)
      .addColumn('body', text, (column) => column.notNull())
      .addColumn('body_plain', text)
      .addColumn('status', text, (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('next_attempt_at', 'bigint', (column) => column.notNull())
      .addColumn('leased_until', 'bigint', (column) => column.notNull())
      .addColumn('last_error', text)
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('messages_due')
      .on('messages')
      .column('next_attempt_at')
      .where('status' as never, '=', 'queued')
      .execute()
    await db.schema.createIndex('messages_recipient').on('messages').columns(['recipient', 'created_at']).execute()
  },
})
