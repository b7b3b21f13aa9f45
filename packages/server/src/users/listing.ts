import { type RawBuilder, sql } from 'kysely'
import type { Clock } from '../clock.js'
import type { Database } from '../database/database.js'
import { ApiError } from '../errors.js'
import { orderOf } from './order.js'
import { type Part, type Place, places, rankedPlaces } from './places.js'
import { allOf, type Condition, conditions, namesUsers, searchTerms, type UserFilter, type UserPage } from './query.js'
import { type StoredUser, stored, withIdentifications } from './stored.js'

export interface UserListing {
  /** @throws ApiError `form_resource_not_found` when the page is to start after a user who is not there */
  list(page: UserPage): Promise<StoredUser[]>
  count(filter: UserFilter): Promise<number>
}

export function createUserListing(database: Database, clock: Clock): UserListing {
  const { queries, userSearch } = database

  async function createdAt(id: string): Promise<number> {
    const row = await queries.selectFrom('users').select('created_at').where('id', '=', id).executeTakeFirst()
    if (row) return row.created_at
    throw new ApiError('form_resource_not_found', { param: 'starting_after', message: 'is not the id of a user' })
  }

  /** The users of a part of a list, or those of them who pass a condition. */
  async function read(part: RawBuilder<Place>, direction: 'asc' | 'desc', only?: { where: Condition } & Part) {
    const query = withIdentifications(database, queries.selectFrom('users'))
      .innerJoin(part.as('place'), 'place.id', 'users.id')
      .orderBy('place.absent')
      .orderBy('place.key', direction)
      .orderBy('place.id', direction)
    const found = await (only ? query.where(only.where).limit(only.limit).offset(only.offset) : query).execute()
    const now = clock()
    return found.map((one) => stored(one, now))
  }

  return {
    async list({ limit, offset, order_by, starting_after, ...filter }) {
      const order = orderOf(order_by)
      const { by, direction } = order
      const part = { limit, offset }
      const after =
        starting_after === undefined ? undefined : { id: starting_after, createdAt: await createdAt(starting_after) }
      const terms = searchTerms(filter)
      const passing = conditions(filter)
      const beyond = after ? [isBeyond(after, direction)] : []

      if (terms.length === 0) return read(places(allOf([...passing, ...beyond]), order, part), direction)
      if (namesUsers(filter)) {
        return read(places(allOf([...passing, ...beyond, userSearch.has(terms)]), order, part), direction)
      }
      if (userSearch.ranked && by.column === 'created_at') {
        return read(
          rankedPlaces(userSearch.ranked(terms, direction, after?.id), allOf(passing), direction, part),
          direction,
        )
      }
      const first = { limit: userSearch.firstLook, offset: 0 }
      const early = await read(places(allOf([...passing, ...beyond]), order, first), direction, {
        where: userSearch.has(terms),
        ...part,
      })
      if (early.length === limit) return early
      return read(places(allOf([...passing, ...beyond, userSearch.found(terms)]), order, part), direction)
    },

    async count(filter) {
      const terms = searchTerms(filter)
      const passing = conditions(filter)
      if (terms.length === 0 && passing.length === 0) return total()
      const searched = terms.length === 0 ? [] : [namesUsers(filter) ? userSearch.has(terms) : userSearch.found(terms)]
      const { count } = await queries
        .selectFrom('users')
        .where(allOf([...passing, ...searched]))
        .select((users) => users.fn.countAll<number>().as('count'))
        .executeTakeFirstOrThrow()
      return count
    },
  }

  async function total(): Promise<number> {
    const sum = sql<number>`cast(sum(total) as bigint)`
    return (await queries.selectFrom('user_counts').select(sum.as('total')).executeTakeFirstOrThrow()).total
  }
}

interface Cursor {
  id: string
  createdAt: number
}

const isBeyond = ({ createdAt, id }: Cursor, direction: 'asc' | 'desc'): Condition =>
  sql`(users.created_at, users.id) ${sql.raw(direction === 'asc' ? '>' : '<')} (${createdAt}, ${id})`
