import { type Kysely, type Migration, sql } from 'kysely'
import type { ColumnTypes } from '../database.js'

/** Users with their addresses, sessions with their clients, and the keys of the instance. */
export const instance = ({ text }: ColumnTypes): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('users')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('external_id', text)
      .addColumn('username', text)
      .addColumn('first_name', text)
      .addColumn('last_name', text)
      .addColumn('locale', text)
      .addColumn('primary_email_address_id', text)
      .addColumn('primary_phone_number_id', text)
      .addColumn('password_digest', text)
      .addColumn('password_updated_at', 'bigint')
      .addColumn('public_metadata', text, (column) => column.notNull())
      .addColumn('private_metadata', text, (column) => column.notNull())
      .addColumn('unsafe_metadata', text, (column) => column.notNull())
      .addColumn('banned', 'integer', (column) => column.notNull())
      .addColumn('locked', 'integer', (column) => column.notNull())
      .addColumn('delete_self_enabled', 'integer', (column) => column.notNull())
      .addColumn('create_organization_enabled', 'integer', (column) => column.notNull())
      .addColumn('create_organizations_limit', 'bigint')
      .addColumn('bypass_client_trust', 'integer', (column) => column.notNull())
      .addColumn('legal_accepted_at', 'bigint')
      .addColumn('last_sign_in_at', 'bigint')
      .addColumn('last_active_at', 'bigint')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('users_username').on('users').column('username').unique().execute()
    await db.schema.createIndex('users_external_id').on('users').column('external_id').unique().execute()
    await db.schema.createIndex('users_created_at').on('users').columns(['created_at', 'id']).execute()

    await db.schema
      .createTable('identifications')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('user_id', text, (column) => column.notNull().references('users.id').onDelete('cascade'))
      .addColumn('type', text, (column) => column.notNull())
      .addColumn('value', text, (column) => column.notNull())
      .addColumn('status', text, (column) => column.notNull())
      .addColumn('position', 'integer', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('identifications_taken')
      .on('identifications')
      .columns(['type', 'value'])
      .unique()
      .where(sql.ref('status'), 'in', [sql.lit('verified'), sql.lit('reserved')])
      .execute()
    await db.schema.createIndex('identifications_user').on('identifications').column('user_id').execute()

    await db.schema
      .createTable('clients')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute()

    await db.schema
      .createTable('sessions')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('client_id', text, (column) => column.notNull().references('clients.id').onDelete('cascade'))
      .addColumn('user_id', text, (column) => column.notNull().references('users.id').onDelete('cascade'))
      .addColumn('status', text, (column) => column.notNull())
      .addColumn('last_active_at', 'bigint', (column) => column.notNull())
      .addColumn('expire_at', 'bigint', (column) => column.notNull())
      .addColumn('abandon_at', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('sessions_created_at').on('sessions').columns(['created_at', 'id']).execute()
    await db.schema.createIndex('sessions_user').on('sessions').column('user_id').execute()
    await db.schema.createIndex('sessions_client').on('sessions').column('client_id').execute()

    await db.schema
      .createTable('keyring')
      .addColumn('id', 'integer', (column) => column.primaryKey())
      .addColumn('keys', text, (column) => column.notNull())
      .execute()
  },
})
