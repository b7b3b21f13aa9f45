import type { CompiledQuery, Kysely, RawBuilder, SelectQueryBuilder, Transaction } from 'kysely'
import type { RateLimit } from '../options.js'
import type { Tables, UniqueConstraint } from './tables/index.js'
import type { UserCount } from './user-count.js'
import type { UserRevision } from './user-revision.js'
import type { UserSearch } from './user-search/user-search.js'

export type Queries = Kysely<Tables>
export type TransactionQueries = Transaction<Tables>

/** How a migration declares a column, where the databases differ. */
export interface ColumnTypes {
  /** Text that is compared byte by byte, so that lists have the same order on every database. */
  text: 'text' | RawBuilder<unknown>
}

export interface RateLimiter {
  /** Counts one more request of somebody. Whole seconds until they may ask again, or 0 when this one is allowed. */
  take(who: string): Promise<number>
}

/** Counts of requests that all servers on the database share. */
export interface RateLimits {
  /** Makes what it needs in the database; the step of a migration. */
  create(queries: Kysely<unknown>): Promise<void>
  limiter(name: string, limit: RateLimit): RateLimiter
}

/** One open database. Everything that only one kind of database knows is behind these few members. */
export interface Database {
  queries: Queries
  /**
   * The first row of a query that only reads, and was compiled before: for what is asked most often. It is there at once
   * where nothing has to be waited for.
   */
  first<Row>(query: CompiledQuery<Row>): Row | undefined | Promise<Row | undefined>
  /**
   * A number that names the state the whole database is in: another one after each commit, by whichever process.
   * `undefined` where that costs no less than to read what is asked for.
   */
  version: (() => number) | undefined
  columnTypes: ColumnTypes
  /** The rows of a subquery as one JSON text, so that what belongs together is read by one statement. */
  jsonRows(subquery: SelectQueryBuilder<never, never, object>): RawBuilder<string>
  /** Passes over rows that another transaction holds, where there can be more than one at a time. */
  skipLocked<Query extends SelectQueryBuilder<Tables, never, unknown>>(query: Query): Query
  /** The unique constraint a failed write ran into. */
  violated(error: unknown): UniqueConstraint | undefined
  /** Whether a write failed because a row it refers to is not there (any more). */
  missesReference(error: unknown): boolean
  /** Whether the database could not be reached, read or written, which is mended there and not in the request. */
  unavailable(error: unknown): boolean
  rateLimits: RateLimits
  userSearch: UserSearch
  /**
   * Lets a search that follows find all users as they are at the time of the call. Where this is absent, every search does.
   * It can come to a write, and fails as one does.
   */
  catchUpSearch?(): Promise<void>
  userCount: UserCount
  userRevision: UserRevision
  close(): Promise<void>
}
