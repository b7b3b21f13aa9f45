import type { Kysely, Migration } from 'kysely'
import type { Database } from '../database.js'

/** What tells whether a user has changed since somebody last looked. */
export const userRevisions = ({ userRevision }: Pick<Database, 'userRevision'>): Migration => ({
  up: (db: Kysely<unknown>) => userRevision.create(db),
})
