import { type Migration, Migrator, sql } from 'kysely'
import { StartupError } from '../startup-error.js'
import type { Database } from './database.js'
import { migrations } from './migrations/index.js'

export interface MigrationStatus {
  name: string
  /** `newer`: applied by a later version, and not known to this one. */
  state: 'applied' | 'pending' | 'newer'
}

/**
 * Brings the schema up to this version. Servers that start together on one database wait for each other, and one of them
 * applies what is missing.
 *
 * @param onApplied told of each migration, in the transaction that applies them all
 * @returns the names of those that were applied
 * @throws StartupError when the database was written by a newer version, which must not be written to.
 */
export async function migrate(database: Database, onApplied: (name: string) => void = () => {}): Promise<string[]> {
  const known = migrations(database)
  const applied: string[] = []
  const told = Object.entries(known).map(([name, { up }]): [string, Migration] => [
    name,
    {
      async up(db) {
        await up(db)
        applied.push(name)
        onApplied(name)
      },
    },
  ])
  const provider = { getMigrations: async () => Object.fromEntries(told) }
  const { error } = await new Migrator({ db: database.queries, provider, nameComparator }).migrateToLatest()
  if (!error) return applied
  const newer = (await migrationStatus(database)).filter(({ state }) => state === 'newer')
  if (newer.length === 0) throw error
  throw new StartupError(
    `the database was made by a newer clerk-server (it has ${newer.map(({ name }) => name).join(', ')}); start that version`,
  )
}

/** The names begin with digits: to compare them as a language does would only load what Node knows of languages. */
const nameComparator = (one: string, other: string) => (one < other ? -1 : 1)

/** Every migration that is applied or known, in the order they are applied in. Nothing is written. */
export async function migrationStatus(database: Database): Promise<MigrationStatus[]> {
  const applied = await appliedMigrations(database)
  const known = Object.keys(migrations(database))
  return [
    ...known.map((name): MigrationStatus => ({ name, state: applied.includes(name) ? 'applied' : 'pending' })),
    ...applied.filter((name) => !known.includes(name)).map((name): MigrationStatus => ({ name, state: 'newer' })),
  ]
}

async function appliedMigrations({ queries }: Database): Promise<string[]> {
  const tables = await queries.introspection.getTables({ withInternalKyselyTables: true })
  if (!tables.some(({ name }) => name === 'kysely_migration')) return []
  const { rows } = await sql<{ name: string }>`select name from kysely_migration order by name`.execute(queries)
  return rows.map(({ name }) => name)
}

/**
 * For who reads only, and leaves it to others to change the schema.
 *
 * @throws StartupError when the schema is not the one of this version
 */
export async function requireCurrentSchema(database: Database): Promise<void> {
  const status = await migrationStatus(database)
  const newer = status.filter(({ state }) => state === 'newer')
  if (newer.length > 0) {
    throw new StartupError('the database was made by a newer clerk-server; use that version')
  }
  if (status.some(({ state }) => state === 'pending')) {
    throw new StartupError('the database was made by an older clerk-server; run clerk-server migrate first')
  }
}
