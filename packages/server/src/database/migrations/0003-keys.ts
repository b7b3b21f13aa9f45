import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../database.js'

/** What an instance is, and its keys. */
export const keys = ({ text }: ColumnTypes): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('instance')
      .addColumn('singleton', 'integer', (column) => column.primaryKey())
      .addColumn('id', text, (column) => column.notNull())
      .addColumn('environment', text, (column) => column.notNull())
      .addColumn('issuer', text, (column) => column.notNull())
      .addColumn('root_secret', text, (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute()

    await db.schema
      .createTable('secret_keys')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('hash', text, (column) => column.notNull().unique())
      .addColumn('hint', text, (column) => column.notNull())
      .addColumn('readable', text)
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('revoked_at', 'bigint')
      .execute()

    await db.schema
      .createTable('signing_keys')
      .addColumn('kid', text, (column) => column.primaryKey())
      .addColumn('public_key', text, (column) => column.notNull())
      .addColumn('private_key', text)
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('signs_from', 'bigint', (column) => column.notNull())
      .addColumn('published_until', 'bigint')
      .addColumn('accepted_until', 'bigint')
      .execute()
  },
})
