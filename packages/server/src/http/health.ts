import { setTimeout as sleep } from 'node:timers/promises'
import { sql } from 'kysely'
import type { Queries } from '../database/database.js'
import type { App } from './app.js'

/** Milliseconds the database has to answer. */
const patience = 2_000

/**
 * `GET /health/live`: the process answers. `GET /health/ready`: so does its database; otherwise 503, so that a load
 * balancer asks another server.
 */
export function serveHealth(app: App, queries: Queries): void {
  app.get('/health/live', (c) => c.json({ status: 'live' }))
  app.get('/health/ready', async (c) =>
    (await answers(queries)) ? c.json({ status: 'ready' }) : c.json({ status: 'unavailable' }, 503),
  )
}

async function answers(queries: Queries): Promise<boolean> {
  const late = new AbortController()
  const answer = sql`select 1`.execute(queries).then(
    () => true,
    () => false,
  )
  const outcome = await Promise.race([answer, sleep(patience, false, { signal: late.signal })])
  late.abort()
  return outcome
}
