import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../database.js'

/** What a client last did, what a session is refreshed with, and what a handshake leaves to be fetched. */
export const sessions = ({ text }: ColumnTypes): Migration => ({
  async up(db: Kysely<unknown>) {
    // One by one: SQLite adds one column a statement.
    for (const column of ['last_active_session_id', 'last_authentication_strategy', 'sign_in_id', 'sign_up_id']) {
      await db.schema.alterTable('clients').addColumn(column, text).execute()
    }
    await db.schema.createIndex('clients_created_at').on('clients').columns(['created_at', 'id']).execute()

    // A page of a user's or a client's sessions is read off the index; the ones before knew no order.
    await db.schema.dropIndex('sessions_user').execute()
    await db.schema.dropIndex('sessions_client').execute()
    for (const [name, column] of [
      ['sessions_user_created_at', 'user_id'],
      ['sessions_client_created_at', 'client_id'],
      ['sessions_status_created_at', 'status'],
    ] as const) {
      await db.schema.createIndex(name).on('sessions').columns([column, 'created_at', 'id']).execute()
    }

    await db.schema
      .createTable('refresh_tokens')
      .addColumn('digest', text, (column) => column.primaryKey())
      .addColumn('session_id', text, (column) => column.notNull().references('sessions.id').onDelete('cascade'))
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('used_at', 'bigint')
      .execute()
    await db.schema.createIndex('refresh_tokens_session').on('refresh_tokens').column('session_id').execute()

    await db.schema
      .createTable('handshake_payloads')
      .addColumn('digest', text, (column) => column.primaryKey())
      .addColumn('directives', text, (column) => column.notNull())
      .addColumn('expires_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('handshake_payloads_expires_at').on('handshake_payloads').column('expires_at').execute()
  },
})
