import { Kysely, SqliteDialect, type SqliteStatement, sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/sqlite'
import Libsql from 'libsql'
import type { Database } from './database.js'
import { rateLimitsInMemory } from './rate-limits.js'
import { withQuietRollback } from './rollback.js'
import { type Tables, type UniqueConstraint, uniqueConstraints } from './tables/index.js'
import { sqliteUserCount } from './user-count.js'
import { sqliteUserSearch } from './user-search/sqlite.js'

/** Statements kept prepared; lists of ids make a few more texts than there are queries. */
const preparedStatements = 256

/**
 * Opens (or makes) an SQLite file, or a database in memory for the path `:memory:`. A write is answered only once it
 * is on the disk: write-ahead log, synced at every commit.
 */
export function openSqlite(path: string): Database {
  const file = new Libsql(path)
  file.exec(
    'pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on; pragma busy_timeout = 5000',
  )

  return {
    queries: new Kysely<Tables>({
      dialect: withQuietRollback(new SqliteDialect({ database: withPreparedStatements(file) })),
    }),
    columnTypes: { text: 'text' },
    jsonRows: (subquery) => sql`${jsonArrayFrom(subquery)}`,
    // One connection, one transaction at a time: there is nobody else who could hold a row.
    skipLocked: (query) => query,
    violated(error) {
      const columns = /^UNIQUE constraint failed: (.*)$/m.exec(messageOf(error))?.[1]
      const names = Object.keys(uniqueConstraints) as UniqueConstraint[]
      return names.find((name) => uniqueConstraints[name] === columns)
    },
    missesReference: (error) => messageOf(error).includes('FOREIGN KEY constraint failed'),
    unavailable: (error) => /^SQLITE_(BUSY|FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB)/.test(codeOf(error)),
    rateLimits: rateLimitsInMemory,
    userSearch: sqliteUserSearch,
    userCount: sqliteUserCount,
    async close() {
      file.close()
    },
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : '')
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '')

/** Preparing a statement costs more than running it; the ones last used are kept. */
function withPreparedStatements(file: Libsql.Database) {
  const kept = new Map<string, SqliteStatement>()
  return {
    prepare(text: string) {
      const statement = kept.get(text) ?? prepared(file.prepare(text))
      kept.delete(text)
      kept.set(text, statement)
      if (kept.size > preparedStatements) kept.delete(kept.keys().next().value as string)
      return statement
    },
    close: () => file.close(),
  }
}

/** Asks a statement once whether it gives rows. */
const prepared = (statement: Libsql.Statement): SqliteStatement => ({
  reader: statement.reader,
  all: (parameters) => statement.all(parameters),
  run: (parameters) => statement.run(parameters),
  iterate: (parameters) => statement.iterate(parameters) as IterableIterator<unknown>,
})
