import { sql } from 'kysely'
import type { Database } from '../database/database.js'
import { type Check, fail, ok, warn } from './check.js'

const oldestPostgres = 15
/** Milliseconds by which clocks may differ before times that are compared come out wrong. */
const tolerance = 5_000

export const version: Check = async ({ storage, database }) => {
  if (!database) return undefined
  if ('dataDir' in storage) {
    const { rows } = await sql<{ version: string }>`select sqlite_version() as version`.execute(database.queries)
    return ok(`SQLite ${rows[0]?.version}`)
  }
  const { rows } = await sql<{ server_version: string }>`show server_version`.execute(database.queries)
  const running = rows[0]?.server_version ?? ''
  if (Number.parseInt(running, 10) >= oldestPostgres) return ok(`PostgreSQL ${running}`)
  return fail(`PostgreSQL ${running} is too old`, `use PostgreSQL ${oldestPostgres} or later`)
}

export const extensions: Check = async ({ storage, database }) => {
  if (!database || 'dataDir' in storage) return undefined
  const { rows } = await sql`select from pg_available_extensions where name = 'pg_trgm'`.execute(database.queries)
  if (rows.length > 0) return ok('pg_trgm is available')
  return fail('pg_trgm is not available', "install PostgreSQL's contrib modules (postgresql-contrib) on its machine")
}

export const integrity: Check = async ({ storage, database }) => {
  if (!database || 'databaseUrl' in storage) return undefined
  const problems = await problemsOf(database)
  if (problems.length === 0) return ok('quick_check finds nothing')
  return fail(`the file is damaged: ${problems.slice(0, 3).join('; ')}`, 'stop the server and start on the last backup')
}

/** What is damaged badly enough ends the check instead of being found by it. */
async function problemsOf({ queries }: Database): Promise<string[]> {
  try {
    const { rows } = await sql<{ quick_check: string }>`pragma quick_check`.execute(queries)
    // A row may have several lines, the first of which only names the database.
    const lines = rows.flatMap(({ quick_check }) => quick_check.split('\n'))
    return lines.filter((line) => line !== 'ok' && !line.startsWith('***'))
  } catch (error) {
    return [(error as Error).message]
  }
}

export const clock: Check = async ({ storage, database, now }) => {
  if (!database) return undefined
  if ('databaseUrl' in storage) {
    const { rows } = await sql<{
      now: string
    }>`select extract(epoch from clock_timestamp()) * 1000 as now`.execute(database.queries)
    return agrees(now - Number(rows[0]?.now), "the database's clock")
  }
  const { rows } = await sql<{ newest: number | null }>`select max(updated_at) as newest from users`
    .execute(database.queries)
    .catch(() => ({ rows: [] }))
  const newest = rows[0]?.newest ?? 0
  return newest > now + tolerance ? agrees(now - newest, 'the last change of a user') : ok('after the last change')
}

function agrees(difference: number, than: string) {
  const seconds = Math.abs(difference / 1000).toFixed(1)
  if (Math.abs(difference) <= tolerance) return ok(`${seconds} s from ${than}`)
  const words = `${seconds} s ${difference < 0 ? 'behind' : 'ahead of'} ${than}`
  return warn(words, 'keep both machines in time (NTP): tokens and sessions go by it')
}
