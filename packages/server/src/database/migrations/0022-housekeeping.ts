import { type Kysely, type Migration, sql } from 'kysely'

/** Finds what is dropped because nobody comes back for it: browsers in which nobody signed in, and old refresh tokens. */
export const housekeeping: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('clients_never_signed_in')
      .on('clients')
      .column('created_at')
      .where(sql.ref('signed_at'), 'is', null)
      .where(sql.ref('token_digest'), 'is not', null)
      .execute()
    await db.schema.createIndex('refresh_tokens_created_at').on('refresh_tokens').column('created_at').execute()
  },
}
