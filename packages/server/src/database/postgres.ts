import { Kysely, PostgresDialect, sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/postgres'
import { StartupError } from '../startup-error.js'
import type { Database } from './database.js'
import { rateLimitsInPostgres } from './rate-limits.js'
import { withQuietRollback } from './rollback.js'
import { type Tables, type UniqueConstraint, uniqueConstraints } from './tables/index.js'
import { postgresUserCount } from './user-count.js'
import { postgresUserRevision } from './user-revision.js'
import { createPostgresUserSearch } from './user-search/postgres.js'

/** SQLSTATE codes, PostgreSQL manual appendix A. */
const uniqueViolation = '23505'
const foreignKeyViolation = '23503'
/** Connection exceptions, rolled-back transactions, insufficient resources, shutdown, and a standby that takes no writes. */
const transient = /^(08|40|53|57P0|25006)/
const unreachable = /^(ECONN|ENOTFOUND|ETIMEDOUT|EPIPE|EAI_AGAIN)/

/**
 * A pool of connections to one PostgreSQL database, which any number of servers may share.
 *
 * @throws StartupError when it cannot be reached, or does not let us in
 */
export async function openPostgres(url: string): Promise<Database> {
  const { default: pg } = await import('pg')
  const pool = new pg.Pool({
    connectionString: url,
    max: 10,
    connectionTimeoutMillis: 5_000,
    types: {
      getTypeParser: (type, format) =>
        type === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(type, format),
    },
  })
  // A connection that breaks is replaced by the pool, and whoever waits for it is told. Both the pool, while it is idle, and
  // the connection, while it is used, tell it once more, which would end the process if nobody listened.
  pool.on('error', () => {})
  pool.on('connect', (connection) => connection.on('error', () => {}))
  await pool.query('select 1').catch(async (cause: NodeJS.ErrnoException) => {
    await pool.end()
    // Node tries each address of a host, and then throws all it met as one error without words.
    throw new StartupError(`the database cannot be used: ${cause.message || cause.code}`, { cause })
  })

  const queries = new Kysely<Tables>({ dialect: withQuietRollback(new PostgresDialect({ pool })) })
  return {
    queries,
    first: (query) => queries.executeQuery(query).then(({ rows }) => rows[0]),
    version: undefined,
    columnTypes: { text: sql`text collate "C"` },
    jsonRows: (subquery) => sql`${jsonArrayFrom(subquery)}::text`,
    skipLocked: (query) => query.forUpdate().skipLocked() as typeof query,
    violated(error) {
      if (codeOf(error) !== uniqueViolation) return undefined
      const { constraint } = error as { constraint?: string }
      return constraint !== undefined && constraint in uniqueConstraints ? (constraint as UniqueConstraint) : undefined
    },
    missesReference: (error) => codeOf(error) === foreignKeyViolation,
    unavailable: (error) =>
      transient.test(codeOf(error)) ||
      unreachable.test(codeOf(error)) ||
      /^(Connection terminated|Client has encountered a connection error|timeout exceeded when trying to connect)/.test(
        error instanceof Error ? error.message : '',
      ),
    rateLimits: rateLimitsInPostgres(pool),
    userSearch: createPostgresUserSearch(queries),
    userCount: postgresUserCount,
    userRevision: postgresUserRevision,
    close: () => pool.end(),
  }
}

const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '')
