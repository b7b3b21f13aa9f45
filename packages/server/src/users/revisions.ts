import type { CompiledQuery } from 'kysely'
import type { Database } from '../database/database.js'
import { keptWhileUnchanged } from '../database/unchanged.js'

/** Ids in one query. */
const most = 64
/** Users whose revisions are kept. */
const mostKept = 10_000

type Revisions = ReadonlyMap<string, number>

/**
 * What the database calls the state a user is in; `undefined` of who is not there. Whoever asks in the same round of the
 * event loop is answered by one query: it costs little more than to ask for one alone.
 */
export function createRevisions(database: Database): (id: string) => Promise<number | undefined> {
  const { queries, jsonRows, first } = database
  const kept = keptWhileUnchanged<number | undefined>(database, mostKept)
  const compiled = new Map<number, CompiledQuery>()
  let round: { ids: Set<string>; found: Promise<Revisions> } | undefined

  function compiledFor(count: number): CompiledQuery {
    const known = compiled.get(count)
    if (known) return known
    const ids = Array.from({ length: count }, () => '')
    const rows = queries.selectFrom('users').select(['id', 'revision']).where('id', 'in', ids)
    const query = queries.selectNoFrom(jsonRows(rows).as('rows')).compile()
    compiled.set(count, query)
    return query
  }

  async function read(ids: ReadonlySet<string>): Promise<Revisions> {
    const found = await first<{ rows: string }>({ ...compiledFor(ids.size), parameters: [...ids] })
    const rows = JSON.parse(found?.rows ?? '[]') as { id: string; revision: number }[]
    return new Map(rows.map(({ id, revision }) => [id, revision]))
  }

  function newRound() {
    const ids = new Set<string>()
    const found = new Promise<Revisions>((resolve) => {
      setImmediate(() => {
        if (round?.ids === ids) round = undefined
        resolve(read(ids))
      })
    })
    return { ids, found }
  }

  async function readInRound(id: string): Promise<number | undefined> {
    if (!round || round.ids.size === most) round = newRound()
    const { ids, found } = round
    ids.add(id)
    return (await found).get(id)
  }

  return (id) => kept.get(id, () => readInRound(id))
}
