import { type CompiledQuery, type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Clock } from '../clock.js'
import type { Database } from '../database/database.js'
import type { Tables } from '../database/tables/index.js'
import { keptWhileUnchanged } from '../database/unchanged.js'
import type { SearchTerm } from '../database/user-search/user-search.js'
import { ApiError } from '../errors.js'
import { orderOf } from './order.js'
import { anyPart, type Part, type Place, partOf, places, rankedPlaces } from './places.js'
import { allOf, type Condition, conditions, namesUsers, searchTerms, type UserFilter, type UserPage } from './query.js'
import { type RevisedUser, type StoredRow, stored, withIdentifications } from './stored.js'

export interface UserListing {
  /** @throws ApiError `form_resource_not_found` when the page is to start after a user who is not there */
  list(page: UserPage): Promise<RevisedUser[]>
  /** Those of the ids that are there, in whatever order. */
  read(ids: readonly string[]): Promise<RevisedUser[]>
  /**
   * Of the users of a page, what tells whether they have changed: a {@link Revision} of each, as JSON.
   *
   * @throws ApiError `form_resource_not_found`
   */
  revisions(page: UserPage): Promise<string>
  count(filter: UserFilter): Promise<number>
}

export interface Revision {
  id: string
  revision: number
}

/** Pages whose revisions are kept, and how many users they have at most. */
const [mostKept, largestKept] = [1_000, 100]

/** What a first look may find, as a multiple of what is expected. */
const luck = 3

type Direction = 'asc' | 'desc'

/** Users to be read, and what is read of each. */
type Users<Row> = SelectQueryBuilder<Tables, 'users', Row>

export function createUserListing(database: Database, clock: Clock): UserListing {
  const { queries, userSearch } = database

  async function createdAt(id: string): Promise<number> {
    const row = await queries.selectFrom('users').select('created_at').where('id', '=', id).executeTakeFirst()
    if (row) return row.created_at
    throw new ApiError('form_resource_not_found', { param: 'starting_after', message: 'is not the id of a user' })
  }

  /** What is searched for, once that finds everybody as they are. */
  async function currentTerms(filter: UserFilter): Promise<SearchTerm[]> {
    const terms = searchTerms(filter)
    if (terms.length > 0) await database.catchUpSearch?.()
    return terms
  }

  const whole = (): Users<StoredRow> => withIdentifications(database, queries.selectFrom('users'))
  const revised = (): Users<Revision> => queries.selectFrom('users').select(['users.id', 'users.revision'])

  /** The users of a part of a list, in its order. */
  const inPlace = <Row>(users: Users<Row>, part: RawBuilder<Place>, direction: Direction) =>
    users
      .innerJoin(part.as('place'), 'place.id', 'users.id')
      .orderBy('place.absent')
      .orderBy('place.key', direction)
      .orderBy('place.id', direction)

  async function page<Row>(
    users: Users<Row>,
    { limit, offset, order_by, starting_after, ...filter }: UserPage,
  ): Promise<Row[]> {
    const order = orderOf(order_by)
    const { by, direction } = order
    const part = partOf(limit, offset)
    const after =
      starting_after === undefined ? undefined : { id: starting_after, createdAt: await createdAt(starting_after) }
    const terms = await currentTerms(filter)
    const passing = conditions(filter)
    const beyond = after ? [isBeyond(after, direction)] : []
    const read = (found: RawBuilder<Place>) => inPlace(users, found, direction).execute() as Promise<Row[]>

    if (terms.length === 0) return read(places(allOf([...passing, ...beyond]), order, part))
    if (namesUsers(filter)) return read(places(allOf([...passing, ...beyond, userSearch.has(terms)]), order, part))
    if (userSearch.ranked && by.column === 'created_at') {
      const ranked = userSearch.ranked(terms, direction, after?.id)
      return read(rankedPlaces(ranked, allOf(passing), direction, part))
    }
    const expected = (await userSearch.expected?.(terms)) ?? Number.POSITIVE_INFINITY
    if (expected * luck >= limit + offset) {
      const first = places(allOf([...passing, ...beyond]), order, partOf(userSearch.firstLook, 0))
      const early = inPlace(users.where(userSearch.has(terms)).limit(limit).offset(offset), first, direction)
      const found = (await early.execute()) as Row[]
      if (found.length === limit) return found
    }
    return read(places(allOf([...passing, ...beyond, await userSearch.found(terms)]), order, part))
  }

  const compiled = new Map<string, CompiledQuery>()
  const kept = keptWhileUnchanged<string>(database, mostKept)

  /** Compiled once for each order: of a list without filters, only the numbers of the page are different. */
  function compiledList(orderBy: UserPage['order_by']): CompiledQuery {
    const known = compiled.get(orderBy)
    if (known) return known
    const order = orderOf(orderBy)
    const list = queries
      .selectFrom(places(allOf([]), order, anyPart).as('place'))
      .select(['place.id', 'place.revision'])
    const query = queries.selectNoFrom(database.jsonRows(list).as('list')).compile()
    compiled.set(orderBy, query)
    return query
  }

  async function revisions(asked: UserPage): Promise<string> {
    if (isFiltered(asked)) return JSON.stringify(await page(revised(), asked))
    const query = compiledList(asked.order_by)
    const part = partOf(asked.limit, asked.offset)
    const parameters = query.parameters.map((name) => part[name as keyof Part])
    const found = await database.first<{ list: string }>({ ...query, parameters })
    return found?.list ?? '[]'
  }

  function asStored(rows: StoredRow[]): RevisedUser[] {
    const now = clock()
    return rows.map((row) => stored(row, now))
  }

  return {
    list: async (asked) => asStored(await page(whole(), asked)),

    read: async (ids) => asStored(await whole().where('users.id', 'in', ids).execute()),

    // Who reads everybody asks for large pages, and for each only once.
    revisions: (asked) =>
      asked.limit > largestKept ? revisions(asked) : kept.get(JSON.stringify(asked), () => revisions(asked)),

    async count(filter) {
      const terms = await currentTerms(filter)
      const passing = conditions(filter)
      if (terms.length === 0 && passing.length === 0) return total()
      const search = namesUsers(filter) ? userSearch.has : userSearch.found
      const searched = terms.length === 0 ? [] : [await search(terms)]
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

const isFiltered = ({ limit: _limit, offset: _offset, order_by: _orderBy, ...filter }: UserPage) =>
  Object.values(filter).some((value) => value !== undefined)

interface Cursor {
  id: string
  createdAt: number
}

const isBeyond = ({ createdAt, id }: Cursor, direction: 'asc' | 'desc'): Condition =>
  sql`(users.created_at, users.id) ${sql.raw(direction === 'asc' ? '>' : '<')} (${createdAt}, ${id})`
