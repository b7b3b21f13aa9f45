import { type CompiledQuery, Kysely, SqliteAdapter, SqliteIntrospector, SqliteQueryCompiler, sql } from 'kysely'
import { jsonArrayFrom } from 'kysely/helpers/sqlite'
import Libsql from 'libsql'
import type { Database } from './database.js'
import { fileInPlace } from './file-in-place.js'
import { createGroupCommit } from './group-commit.js'
import { type PreparedStatements, withPreparedStatements } from './prepared-statements.js'
import { rateLimitsInMemory } from './rate-limits.js'
import { createSqliteDriver } from './sqlite-driver.js'
import { type Tables, type UniqueConstraint, uniqueConstraints } from './tables/index.js'
import { sqliteUserCount } from './user-count.js'
import { sqliteUserRevision } from './user-revision.js'
import { sqliteUserSearch } from './user-search/sqlite.js'
import { createSearchSettlement } from './user-search/sqlite-settlement.js'

/** Kibibytes of the file that the connection which writes keeps in memory: about what a group of creations touches. */
const writerCache = 16 * 1024

/**
 * Opens (or makes) an SQLite file, or a database in memory for the path `:memory:`. A write is answered only once it
 * is on the disk: write-ahead log, synced at every commit.
 */
export function openSqlite(path: string): Database {
  const file = new Libsql(path)
  file.exec(
    'pragma busy_timeout = 5000; pragma journal_mode = wal; pragma synchronous = full; pragma foreign_keys = on',
  )
  file.exec(`pragma cache_size = ${-writerCache}; pragma temp_store = memory`)
  // Whoever waits for another process to write sleeps, instead of holding up everything else.
  file.exec('pragma busy_timeout = 0')
  const isInMemory = path === ':memory:'
  const openReader = isInMemory ? undefined : () => openReaderOf(path)
  const reader = openReader?.()
  const search = createSearchSettlement(file, reader, (work) => groups.write(work))
  const groups = createGroupCommit(file, search.beforeCommit, isInMemory ? () => {} : fileInPlace(path))
  const queries = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new TransactionalAdapter(),
      createDriver: () => createSqliteDriver({ writer: withPreparedStatements(file), groups, reader, openReader }),
      createIntrospector: (of) => new SqliteIntrospector(of),
      createQueryCompiler: () => new SqliteQueryCompiler(),
    },
  })

  return {
    queries,
    first<Row>(query: CompiledQuery<Row>) {
      if (reader) return reader.prepare(query.sql).get(query.parameters) as Row | undefined
      return queries.executeQuery(query).then(({ rows }) => rows[0])
    },
    version: reader && versionOf(reader),
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
    catchUpSearch: search.settle,
    userCount: sqliteUserCount,
    userRevision: sqliteUserRevision,
    async close() {
      await groups.close()
      search.close()
      await queries.destroy()
      emptyLog(file)
      file.close()
    },
  }
}

/** So that the one file has everything. Where that cannot be, the log stays, and nothing is missing either. */
function emptyLog(file: Libsql.Database): void {
  try {
    file.exec('pragma wal_checkpoint(truncate)')
  } catch {}
}

function openReaderOf(path: string): PreparedStatements {
  const reader = new Libsql(path)
  reader.exec('pragma busy_timeout = 5000; pragma query_only = on')
  return withPreparedStatements(reader)
}

/** What a connection that never writes calls the state that the others have left. */
function versionOf(reader: PreparedStatements): () => number {
  const { get } = reader.prepare('pragma data_version')
  return () => (get([]) as { data_version: number }).data_version
}

/** All migrations that are applied at once are one transaction. */
class TransactionalAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl() {
    return true
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : '')
const codeOf = (error: unknown) => (error instanceof Error && 'code' in error ? String(error.code) : '')
