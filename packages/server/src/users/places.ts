import { type RawBuilder, sql } from 'kysely'
import type { Found } from '../database/user-search/user-search.js'
import type { Order, SortKey } from './order.js'
import type { Condition } from './query.js'

/** Where a user stands in a list: those with something to sort by come before those without, in either direction. */
export interface Place {
  id: string
  revision: number
  absent: number
  key: string | number | null
}

/** Numbers, or what stands for them in a query that is compiled for any. */
export interface Part<Bound = number> {
  limit: Bound
  offset: Bound
  /** How many users there are up to the end of the part, at most. */
  end: Bound
}

/** Each number stands for itself by its name. */
export const anyPart: Part<keyof Part> = { limit: 'limit', offset: 'offset', end: 'end' }

export const partOf = (limit: number, offset: number): Part => ({ limit, offset, end: offset + limit })

/**
 * A part of a list of users. It is read out of an index in the order that the index has, so that the first users are
 * there as soon among a million as among ten.
 */
export function places(
  where: Condition,
  { by, direction }: Order,
  { limit, offset, end }: Part<unknown>,
): RawBuilder<Place> {
  const present = presentPlaces(where, by, direction)
  if (by.kind === 'required') return sql`(${present} limit ${limit} offset ${offset})`
  // More than the first ones of each cannot be among the first of both.
  const absent = sql`select users.id, users.revision, 1 as absent, ${column(by)} as key from users
    where ${column(by)} is null and ${where} order by users.id ${sql.raw(direction)}`
  return sql`(
    select * from (
      select * from (${present} limit ${end}) as present union all
      select * from (${absent} limit ${end}) as absent
    ) as places
    order by absent, key ${sql.raw(direction)}, id ${sql.raw(direction)} limit ${limit} offset ${offset}
  )`
}

const column = ({ column: name }: SortKey) => sql.ref(`users.${name}`)

function presentPlaces(where: Condition, by: SortKey, direction: Order['direction']) {
  const way = sql.raw(direction)
  if (by.kind !== 'identification') {
    return sql`select users.id, users.revision, 0 as absent, ${column(by)} as key from users
      where ${column(by)} is not null and ${where} order by ${column(by)} ${way}, users.id ${way}`
  }
  // Not a plain comparison of the ids: PostgreSQL would expect one user to be left of all, and sort them all to find it.
  return sql`select users.id, users.revision, 0 as absent, identifications.value as key
    from identifications join users on users.id = identifications.user_id
    where identifications.type = ${sql.lit(by.type)}
      and case when identifications.id = ${column(by)} then 1 end = 1
      and ${where} order by identifications.value ${way}, users.id ${way}`
}

/** The same of users that a search gives in the order they were created in. */
export const rankedPlaces = (
  found: RawBuilder<Found>,
  where: Condition,
  direction: Order['direction'],
  { limit, offset }: Part,
): RawBuilder<Place> => sql`(
  select users.id, users.revision, 0 as absent, found.rank as key from ${found} as found cross join users
  where users.id = found.user_id and ${where} order by found.rank ${sql.raw(direction)} limit ${limit} offset ${offset}
)`
