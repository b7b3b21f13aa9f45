import { type Kysely, type Migration, sql } from 'kysely'
import type { Database } from '../database.js'

/** What lets lists of users begin, and users be found, as quickly among a million as among ten. */
export const userLists = ({ userCount, userSearch }: Pick<Database, 'userCount' | 'userSearch'>): Migration => ({
  async up(db: Kysely<unknown>) {
    for (const column of ['updated_at', 'first_name', 'last_name', 'last_active_at', 'last_sign_in_at']) {
      await db.schema.createIndex(`users_${column}`).on('users').columns([column, 'id']).execute()
    }
    // Those without a value come last in a list; the others are in order in the index that keeps them unique.
    for (const column of ['username', 'primary_email_address_id', 'primary_phone_number_id']) {
      await db.schema
        .createIndex(`users_without_${column}`)
        .on('users')
        .column('id')
        .where(sql.ref(column), 'is', null)
        .execute()
    }
    await db.schema
      .createIndex('users_banned')
      .on('users')
      .columns(['created_at', 'id'])
      .where(sql.ref('banned'), '=', sql.lit(1))
      .execute()
    await db.schema
      .createIndex('identifications_value')
      .on('identifications')
      .columns(['type', 'value', 'user_id'])
      .execute()
    await userCount.create(db)
    await userSearch.create(db)
  },
})
