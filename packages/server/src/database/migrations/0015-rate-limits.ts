import type { Kysely, Migration } from 'kysely'
import type { Database } from '../database.js'

/** Counts of requests, where servers share them. */
export const rateLimits = ({ rateLimits }: Pick<Database, 'rateLimits'>): Migration => ({
  up: (db: Kysely<unknown>) => rateLimits.create(db),
})
