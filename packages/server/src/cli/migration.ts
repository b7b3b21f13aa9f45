import { setTimeout as sleep } from 'node:timers/promises'
import { migrate, migrationStatus } from '../database/migrate.js'
import { DirectoryInUse } from '../instance/data-directory.js'
import { openBeside, openStorage } from '../instance/storage.js'
import type { KeptStorage } from '../options.js'
import { StartupError } from '../startup-error.js'
import { createProgress } from './progress.js'

/** Milliseconds for which another process may hold the data directory, before it is taken for a server. */
const patience = 5_000

/**
 * Applies what is missing, and says what that was. A data directory that another process holds is left to it, if it is
 * at this version by then.
 *
 * @throws StartupError when the database is of a newer version, or stays in use at an older one
 */
export async function applyMigrations(storage: KeptStorage, json: boolean): Promise<string> {
  const deadline = performance.now() + patience
  for (;;) {
    try {
      return report(await apply(storage), json)
    } catch (error) {
      if (!(error instanceof DirectoryInUse)) throw error
      if (await isCurrent(storage)) return report([], json)
      if (performance.now() > deadline) throw error
      await sleep(100)
    }
  }
}

function report(applied: string[], json: boolean): string {
  if (json) return `${JSON.stringify({ applied })}\n`
  return `${applied.length === 0 ? 'nothing to apply' : `applied ${applied.join(', ')}`}; the database is up to date\n`
}

/** Whether the database is there and at this version. */
async function isCurrent(storage: KeptStorage): Promise<boolean> {
  try {
    return (await statusOf(storage)).every(({ state }) => state === 'applied')
  } catch (error) {
    if (error instanceof StartupError) return false
    throw error
  }
}

async function apply(storage: KeptStorage): Promise<string[]> {
  const { database, release } = await openStorage(storage)
  try {
    const pending = (await migrationStatus(database)).filter(({ state }) => state === 'pending')
    const progress = createProgress({ verb: 'applying', unit: 'migrations', total: pending.length })
    let done = 0
    try {
      return await migrate(database, () => progress.at(++done))
    } finally {
      progress.end()
    }
  } finally {
    await release()
  }
}

/** Shows every migration with its state, a line each. */
export async function showMigrations(storage: KeptStorage, json: boolean): Promise<string> {
  const status = await statusOf(storage)
  if (json) return `${JSON.stringify({ migrations: status })}\n`
  return status.map(({ name, state }) => `${state.padEnd(8)} ${name}\n`).join('')
}

async function statusOf(storage: KeptStorage) {
  const database = await openBeside(storage)
  try {
    return await migrationStatus(database)
  } finally {
    await database.close()
  }
}
