import type { Kysely, Migration } from 'kysely'
import type { ColumnTypes } from '../database.js'
import type { Tables } from '../tables/index.js'

/** How a digest was made, and until when a user is locked. Every digest so far is an argon2id one of our own. */
export const passwords = ({ text }: ColumnTypes): Migration => ({
  async up(db: Kysely<Tables>) {
    await db.schema.alterTable('users').addColumn('password_hasher', text).execute()
    await db.schema.alterTable('users').addColumn('lockout_expires_at', 'bigint').execute()
    await db.schema
      .alterTable('users')
      .addColumn('failed_verifications', 'integer', (column) => column.notNull().defaultTo(0))
      .execute()
    await db
      .updateTable('users')
      .set({ password_hasher: 'argon2id' })
      .where('password_digest', 'is not', null)
      .execute()
  },
})
