import type { Kysely, RawBuilder, SqlBool } from 'kysely'

/** Where a search looks; `any` is all of them and the ids. */
export type SearchField = 'email_address' | 'phone_number' | 'username' | 'name' | 'any'

export interface SearchTerm {
  field: SearchField
  /** Found wherever it stands in a value, whatever its case; one of one or two characters only at the beginning. */
  part: string
}

/** Where a user stands among those whom a search finds. */
export interface Found {
  user_id: string
  /** The later a user was created, the higher. */
  rank: number
}

/**
 * An index over what users are called. The database keeps it by itself, whoever writes to the tables of users and
 * identifications: up to date, or knowing of whom it is not (`catchUpSearch` of the database).
 */
export interface UserSearch {
  /** Makes the index, with the users that are there. Part of a migration. */
  create(db: Kysely<unknown>): Promise<void>
  /** Lets the index wait until the end of a transaction, where that is quicker. Part of a later migration. */
  createBacklog?(db: Kysely<unknown>): Promise<void>
  /** Makes an index for each field, where the one over all of them is slow at it. Part of a later migration. */
  createFieldIndexes?(db: Kysely<unknown>): Promise<void>
  /** Whether the user of a row of `users` has all terms: for one user after the other. */
  has(terms: readonly SearchTerm[]): RawBuilder<SqlBool>
  /** The same by way of the index: it finds everybody who has them before the first is known. */
  found(terms: readonly SearchTerm[]): RawBuilder<SqlBool> | Promise<RawBuilder<SqlBool>>
  /** Those who have all terms, one by one in the order of their ranks, where the index can give them so. */
  ranked?(terms: readonly SearchTerm[], direction: 'asc' | 'desc', after?: string): RawBuilder<Found>
  /** How many users are looked at one by one before everybody who has the terms is looked up. */
  firstLook: number
  /** About how many users such a look will find, where that is known before; infinite when nothing is known. */
  expected?(terms: readonly SearchTerm[]): Promise<number>
}
