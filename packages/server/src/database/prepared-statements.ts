import type { SqliteDatabase, SqliteStatement } from 'kysely'
import type Libsql from 'libsql'

interface PreparedStatement extends SqliteStatement {
  /** The first row. It has more in it than was asked for: how long that took. */
  get(parameters: readonly unknown[]): unknown
}

export interface PreparedStatements extends SqliteDatabase {
  prepare(text: string): PreparedStatement
}

/** Statements kept prepared; lists of ids make a few more texts than there are queries. */
const preparedStatements = 256

/** Preparing a statement costs more than running it; the ones last used are kept. */
export function withPreparedStatements(file: Libsql.Database): PreparedStatements {
  const kept = new Map<string, PreparedStatement>()
  return {
    prepare(text: string) {
      const statement = kept.get(text) ?? prepared(file.prepare(text))
      kept.delete(text)
      kept.set(text, statement)
      if (kept.size > preparedStatements) kept.delete(kept.keys().next().value as string)
      return statement
    },
    close: () => void file.close(),
  }
}

/** Asks a statement once whether it gives rows. */
const prepared = (statement: Libsql.Statement): PreparedStatement => ({
  reader: statement.reader,
  get: (parameters) => statement.get(parameters),
  all: (parameters) => statement.all(parameters),
  run: (parameters) => statement.run(parameters),
  iterate: (parameters) => statement.iterate(parameters) as IterableIterator<unknown>,
})
