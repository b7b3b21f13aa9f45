import type { Kysely, Migration } from 'kysely'
import type { Database } from '../database.js'

/** Lets one field of users be searched as quickly, whatever is in the others. */
export const fieldSearches = ({ userSearch }: Pick<Database, 'userSearch'>): Migration => ({
  async up(db: Kysely<unknown>) {
    await userSearch.createFieldIndexes?.(db)
  },
})
