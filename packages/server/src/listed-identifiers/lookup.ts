import type { Queries } from '../database/database.js'
import type { ListedIdentifiersTable } from '../database/tables/index.js'
import { patternsFor } from './pattern.js'

type List = ListedIdentifiersTable['list']

/**
 * Which of some e-mail addresses and phone numbers, in the form they are compared in, are on a list. They are looked up
 * in its index, by every pattern that would have them on it, so that it costs the same however long the list is.
 */
export type ListLookup = (list: List, identifiers: readonly string[]) => Promise<ReadonlySet<string>>

export const createListLookup =
  (queries: Queries): ListLookup =>
  async (list, identifiers) => {
    const patterns = new Map(identifiers.map((identifier) => [identifier, patternsFor(identifier)]))
    const sought = [...new Set([...patterns.values()].flat())]
    if (sought.length === 0) return new Set()
    const rows = await queries
      .selectFrom('listed_identifiers')
      .select('pattern')
      .where('list', '=', list)
      .where('pattern', 'in', sought)
      .execute()
    const found = new Set(rows.map(({ pattern }) => pattern))
    return new Set(identifiers.filter((identifier) => patterns.get(identifier)?.some((one) => found.has(one))))
  }
