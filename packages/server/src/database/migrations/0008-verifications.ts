import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../database.js'

/** Addresses that are not verified, codes that verify them, and phone numbers that are a second factor. */
export const verifications = ({ text }: ColumnTypes): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema.alterTable('users').addColumn('mfa_enabled_at', 'bigint').execute()
    await db.schema.alterTable('users').addColumn('mfa_disabled_at', 'bigint').execute()
    await db.schema.alterTable('identifications').addColumn('verification', text).execute()
    for (const name of ['reserved_for_second_factor', 'default_second_factor']) {
      await db.schema
        .alterTable('identifications')
        .addColumn(name, 'integer', (column) => column.notNull().defaultTo(0))
        .execute()
    }
    // The next index begins with the same column.
    await db.schema.dropIndex('identifications_user').execute()
    await db.schema
      .createIndex('identifications_of_user')
      .on('identifications')
      .columns(['user_id', 'type', 'value'])
      .unique()
      .execute()

    await db.schema
      .createTable('verifications')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('subject_id', text, (column) => column.notNull())
      .addColumn('strategy', text, (column) => column.notNull())
      .addColumn('code_digest', text, (column) => column.notNull())
      .addColumn('status', text, (column) => column.notNull())
      .addColumn('attempts', 'integer', (column) => column.notNull())
      .addColumn('expire_at', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('verifications_live')
      .on('verifications')
      .column('subject_id')
      .unique()
      .where('status' as never, '=', 'unverified')
      .execute()
    await db.schema
      .createIndex('verifications_subject')
      .on('verifications')
      .columns(['subject_id', 'created_at'])
      .execute()
    await db.schema.createIndex('verifications_expire_at').on('verifications').column('expire_at').execute()
  },
})
