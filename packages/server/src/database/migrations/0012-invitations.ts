import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../database.js'

/** E-mail addresses that were invited to sign up. */
export const invitations = ({ text }: ColumnTypes): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('invitations')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('email_address', text, (column) => column.notNull())
      .addColumn('public_metadata', text, (column) => column.notNull())
      .addColumn('redirect_url', text)
      .addColumn('status', text, (column) => column.notNull())
      .addColumn('exclusive', 'integer', (column) => column.notNull())
      .addColumn('message_id', text)
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('invitations_exclusive')
      .on('invitations')
      .column('email_address')
      .unique()
      .where('status' as never, '=', 'pending')
      .where('exclusive' as never, '=', 1)
      .execute()
    await db.schema.createIndex('invitations_email_address').on('invitations').column('email_address').execute()
    await db.schema.createIndex('invitations_created_at').on('invitations').columns(['created_at', 'id']).execute()
  },
})
