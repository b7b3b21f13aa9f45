import { type Kysely, type Migration, sql } from 'kysely'

/** Finds Gmail addresses whatever dots are in them. */
export const gmailAddresses: Migration = {
  async up(db: Kysely<unknown>) {
    await db.schema
      .createIndex('identifications_gmail')
      .on('identifications')
      .expression(sql`replace(value, '.', '')`)
      .where(sql<boolean>`value like '%@gmail.com' or value like '%@googlemail.com'`)
      .execute()
  },
}
