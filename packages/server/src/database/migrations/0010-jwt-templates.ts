import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../database.js'

/** What tokens for other services are made to. */
export const jwtTemplates = ({ text }: ColumnTypes): Migration => ({
  async up(db: Kysely<unknown>) {
    await db.schema
      .createTable('jwt_templates')
      .addColumn('id', text, (column) => column.primaryKey())
      .addColumn('name', text, (column) => column.notNull())
      .addColumn('claims', text, (column) => column.notNull())
      .addColumn('lifetime', 'integer', (column) => column.notNull())
      .addColumn('allowed_clock_skew', 'integer', (column) => column.notNull())
      .addColumn('signing_algorithm', text, (column) => column.notNull())
      .addColumn('signing_key', text)
      .addColumn('created_at', 'bigint', (column) => column.notNull())
      .addColumn('updated_at', 'bigint', (column) => column.notNull())
      .execute()
    await db.schema.createIndex('jwt_templates_name').on('jwt_templates').column('name').unique().execute()
    await db.schema.createIndex('jwt_templates_created_at').on('jwt_templates').columns(['created_at', 'id']).execute()
  },
})
