import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { TestProject } from 'vitest/node'
import { startPostgres } from '../../scripts/postgres-server.mjs'
import { makeTemplates } from './templates.js'

const build = fileURLToPath(new URL('../../scripts/build.mjs', import.meta.url))

/**
 * The tests use the packages as they are built, so they are built if their sources changed. One that does not build fails
 * its own tests; the rest is still worth running. A PostgreSQL serves the whole run: a test that needs it takes a database
 * of its own from freshDatabase().
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  spawnSync(process.execPath, [build, '--if-stale'], { stdio: 'inherit' })
  const postgres = await startPostgres({ inMemory: true })
  const templates = await makeTemplates(postgres.url)
  project.provide('postgresUrl', postgres.url)
  project.provide('templates', templates.folder)
  return async () => {
    templates.remove()
    await postgres.stop()
  }
}
