import type { Storage } from 'clerk-server'
import { rowsIn } from './rows.js'

/** Runs SQL on the database of a storage, one text after another, and gives the rows of all of it. */
export async function statements(storage: Storage, ...texts: string[]): Promise<Record<string, unknown>[]> {
  const rows: Record<string, unknown>[] = []
  for (const text of texts) rows.push(...(await rowsIn(storage, text)))
  return rows
}
