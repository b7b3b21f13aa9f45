import type { CompiledQuery, InsertQueryBuilder, InsertResult } from 'kysely'
import type { Queries } from './database.js'
import type { Tables } from './tables/index.js'

/** Inserts a row, which has a value for every column. */
export type Insertion<Row> = (queries: Queries, row: Row) => Promise<void>

/**
 * An insertion into a table that is compiled once, for what is inserted so often that compiling it would take longer than
 * inserting. The columns are those of the first row.
 */
export function insertionInto<Row extends object>(table: keyof Tables): Insertion<Row> {
  /** By the database, which its transactions have in common. */
  const compiledFor = new WeakMap<object, CompiledQuery>()
  return async (queries, row) => {
    const { adapter } = queries.getExecutor()
    const compiled = compiledFor.get(adapter) ?? compile(queries, table, Object.keys(row))
    compiledFor.set(adapter, compiled)
    const parameters = compiled.parameters.map((column) => row[column as keyof Row])
    await queries.executeQuery({ ...compiled, parameters })
  }
}

/** Compiled with the names of the columns as values, so that its parameters say in which order they come. */
function compile(queries: Queries, table: keyof Tables, columns: string[]): CompiledQuery {
  const insertion = queries.insertInto(table) as unknown as InsertQueryBuilder<Tables, keyof Tables, InsertResult>
  return insertion.values(Object.fromEntries(columns.map((column) => [column, column])) as never).compile()
}
