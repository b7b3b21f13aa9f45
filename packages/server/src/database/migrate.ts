import { Migrator, sql } from 'kysely'
import { StartupError } from '../startup-error.js'
import type { Database } from './database.js'
import { migrations } from './migrations/index.js'

/**
 * Brings the schema up to this version. Servers that start together on one database wait for each other.
 *
 * @throws StartupError when the database was written by a newer version, which must not be written to.
 */
export async function migrate(database: Database): Promise<void> {
  const known = migrations(database)
  const migrator = new Migrator({ db: database.queries, provider: { getMigrations: async () => known } })
  const { error } = await migrator.migrateToLatest()
  if (!error) return
  const newer = (await appliedMigrations(database)).filter((name) => !(name in known))
  if (newer.length === 0) throw error
  throw new StartupError(
    `the database was made by a newer clerk-server (it has ${newer.join(', ')}); start that version`,
  )
}

async function appliedMigrations({ queries }: Database): Promise<string[]> {
  const { rows } = await sql<{ name: string }>`select name from kysely_migration`.execute(queries)
  return rows.map(({ name }) => name)
}
