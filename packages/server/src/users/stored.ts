import type { SelectQueryBuilder } from 'kysely'
import type { Database } from '../database/database.js'
import type { IdentificationsTable, Tables, UsersTable } from '../database/tables/index.js'
import { type StoredIdentification, storedIdentification } from '../identifications/proof.js'

export interface StoredUser {
  row: UsersTable
  /** In the order they were given. */
  identifications: StoredIdentification[]
}

/** A user and what the database calls the state it was read in: the same name is the same state, but for what time makes of it. */
export interface RevisedUser extends StoredUser {
  revision: number
}

/** Users with their identifications, in one statement: between two, another request could delete them. */
export const withIdentifications = <Output>(
  { jsonRows }: Database,
  query: SelectQueryBuilder<Tables, 'users', Output>,
) =>
  query
    .selectAll('users')
    .select((users) =>
      jsonRows(
        users
          .selectFrom('identifications')
          .select(identificationColumns)
          .whereRef('user_id', '=', 'users.id')
          .orderBy('position'),
      ).as('identifications'),
    )

const identificationColumns = [
  'id',
  'user_id',
  'type',
  'value',
  'status',
  'position',
  'verification',
  'reserved_for_second_factor',
  'default_second_factor',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof IdentificationsTable)[]

/** A row of {@link withIdentifications}. */
export type StoredRow = UsersTable & { identifications: string; revision: number }

/** A row as it is at a moment, in milliseconds. */
export function stored({ identifications, revision, ...row }: StoredRow, now: number): RevisedUser {
  const rows = JSON.parse(identifications) as IdentificationsTable[]
  return { row, revision, identifications: rows.map((one) => storedIdentification(one, now)) }
}
