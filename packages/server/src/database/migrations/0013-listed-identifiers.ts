import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../database.js'

/** The allowlist and the blocklist. */
export const listedIdentifiers = ({ text }: ColumnTypes): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('listed_identifiers')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('list', text, (column) => column.notNull())
      .addColumn('identifier', text, (column) => column.notNull())
      .addColumn('identifier_type', text, (column) => column.notNull())
      .addColumn('pattern', text, (column) => column.notNull())
      .addColumn('invitation_id', text, (column) => column.references('invitations.id').onDelete('set null'))
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema
      .createIndex('listed_identifiers_pattern')
      .on('listed_identifiers')
      .columns(['list', 'pattern'])
      .unique()
      .execute()
    await db.schema
      .createIndex('listed_identifiers_created_at')
      .on('listed_identifiers')
      .columns(['list', 'created_at', 'id'])
      .execute()
    await db.schema
      .createIndex('listed_identifiers_invitation')
      .on('listed_identifiers')
      .column('invitation_id')
      .execute()
  },
})
