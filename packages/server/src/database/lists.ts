import { type SelectQueryBuilder, sql } from 'kysely'
import type { Tables } from './tables/index.js'

interface Page {
  limit: number
  offset: number
}

/** A page of a list whose newest row comes first; rows of one millisecond are in the order of their ids. */
export const newestFirst = <Table extends keyof Tables, Row>(
  query: SelectQueryBuilder<Tables, Table, Row>,
  { limit, offset }: Page,
) => query.orderBy(sql.ref('created_at'), 'desc').orderBy(sql.ref('id'), 'desc').limit(limit).offset(offset)

/** How many rows a query finds, before anything is selected of them. */
export async function countOf<Table extends keyof Tables>(
  query: SelectQueryBuilder<Tables, Table, object>,
): Promise<number> {
  const { count } = await query.select(sql<number>`count(*)`.as('count')).executeTakeFirstOrThrow()
  return count
}
