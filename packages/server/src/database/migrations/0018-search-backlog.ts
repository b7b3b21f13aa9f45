import type { Kysely, Migration } from 'kysely'
import type { Database } from '../database.js'

/** Lets the search of SQLite be brought up to date once for all that is committed together. */
export const searchBacklog = ({ userSearch }: Pick<Database, 'userSearch'>): Migration => ({
  async up(db: Kysely<unknown>) {
    await userSearch.createBacklog?.(db)
  },
})
