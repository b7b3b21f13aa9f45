import type { CreateTableBuilder, Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../database.js'

/** How browsers prove themselves, what is under way in them, and second factors that are no phone number. */
export const signingIn = ({ text }: ColumnTypes): Migration => ({
  async up(db: Kysely<unknown>) {
    const add = (table: string, column: string, type: Parameters<CreateTableBuilder<string>['addColumn']>[1]) =>
      db.schema.alterTable(table).addColumn(column, type).execute()

    await add('clients', 'token_digest', text)
    await add('clients', 'former_token_digest', text)
    await add('clients', 'token_rotated_at', 'bigint')
    await add('clients', 'signed_at', 'bigint')
    for (const column of ['first_factor_at', 'second_factor_at'] as const) await add('sessions', column, 'bigint')
    for (const column of ['user_agent', 'ip_address'] as const) await add('sessions', column, text)
    for (const column of ['totp_enabled', 'backup_code_enabled']) {
      await db.schema
        .alterTable('users')
        .addColumn(column, 'integer', (definition) => definition.notNull().defaultTo(0))
        .execute()
    }

    await db.schema
      .createTable('dev_browsers')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('token_digest', text, (column) => column.notNull().unique())
      .addColumn('client_id', text, (column) => column.references('clients.id').onDelete('set null'))
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .execute()

    await db.schema
      .createTable('sign_ins')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('client_id', text, (column) => column.notNull().references('clients.id').onDelete('cascade'))
      .addColumn('user_id', text, (column) => column.references('users.id').onDelete('cascade'))
      .addColumn('identifier', text)
      .addColumn('first_factor', text)
      .addColumn('second_factor', text)
      .addColumn('created_session_id', text)
      .addColumn('abandon_at', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('sign_ins_client').on('sign_ins').column('client_id').execute()
    await db.schema.createIndex('sign_ins_user').on('sign_ins').column('user_id').execute()
    await db.schema.createIndex('sign_ins_abandon_at').on('sign_ins').column('abandon_at').execute()

    await db.schema
      .createTable('sign_ups')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('client_id', text, (column) => column.notNull().references('clients.id').onDelete('cascade'))
      .addColumn('email_address', text)
      .addColumn('email_address_verification', text)
      .addColumn('phone_number', text)
      .addColumn('phone_number_verification', text)
      .addColumn('username', text)
      .addColumn('first_name', text)
      .addColumn('last_name', text)
      .addColumn('locale', text)
      .addColumn('password_digest', text)
      .addColumn('password_hasher', text)
      .addColumn('public_metadata', text, (column) => column.notNull())
      .addColumn('unsafe_metadata', text, (column) => column.notNull())
      .addColumn('invitation_id', text, (column) => column.references('invitations.id').onDelete('set null'))
      .addColumn('legal_accepted_at', 'bigint')
      .addColumn('created_user_id', text)
      .addColumn('created_session_id', text)
      .addColumn('abandon_at', 'bigint', (column) => column.notNull())
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('sign_ups_client').on('sign_ups').column('client_id').execute()
    await db.schema.createIndex('sign_ups_invitation').on('sign_ups').column('invitation_id').execute()
    await db.schema.createIndex('sign_ups_abandon_at').on('sign_ups').column('abandon_at').execute()

    await db.schema
      .createTable('totps')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('user_id', text, (column) => column.notNull().unique().references('users.id').onDelete('cascade'))
      .addColumn('secret', text, (column) => column.notNull())
      .addColumn('verified', 'integer', (column) => column.notNull())
      .addColumn('last_step', 'bigint')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute()

    await db.schema
      .createTable('backup_codes')
      .addColumn('user_id', text, (column) => column.notNull().references('users.id').onDelete('cascade'))
      .addColumn('digest', text, (column) => column.notNull())
      .addColumn('used_at', 'bigint')
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addPrimaryKeyConstraint('backup_codes_key', ['user_id', 'digest'])
      .execute()
  },
})
