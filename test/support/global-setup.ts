import type { TestProject } from 'vitest/node'
import { startPostgres } from './postgres-server.js'

/** One PostgreSQL for the whole run: a test that needs it takes a database of its own from freshDatabase(). */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const postgres = await startPostgres()
  project.provide('postgresUrl', postgres.url)
  return postgres.stop
}
