import { migrationStatus } from '../database/migrate.js'
import { type Check, type Finding, fail, ok, type Patient, warn } from './check.js'
import { dataDirectory, diskSpace, lock } from './data-directory.js'
import { clock, extensions, integrity, version } from './database.js'
import { keys } from './keys.js'
import { mailServer } from './mail-server.js'

/** Everything that is looked at, in this order. */
export const checks: Readonly<Record<string, Check>> = {
  node: async () => nodeVersion(process.versions.node),
  'data directory': dataDirectory,
  lock,
  'disk space': diskSpace,
  database: reachable,
  'database version': version,
  extensions,
  migrations,
  integrity,
  keys,
  clock,
  'mail server': mailServer,
}

const oldest = [20, 19]

function nodeVersion(running: string): Finding {
  const [major = 0, minor = 0] = running.split('.').map(Number)
  const [oldestMajor = 0, oldestMinor = 0] = oldest
  if (major > oldestMajor || (major === oldestMajor && minor >= oldestMinor)) return ok(`Node ${running}`)
  return fail(`Node ${running} is too old`, `install Node ${oldest.join('.')} or later`)
}

async function reachable({ database, databaseProblem }: Patient): Promise<Finding | undefined> {
  if (database) return ok('can be opened')
  if (databaseProblem === undefined) return warn('is not there yet', 'nothing: the first start makes it')
  return fail(databaseProblem, 'see to it that the database runs, and that the path or the URL names it')
}

async function migrations({ database }: Patient): Promise<Finding | undefined> {
  if (!database) return undefined
  const status = await migrationStatus(database)
  const named = (state: string) => status.filter((one) => one.state === state).map(({ name }) => name)
  if (named('newer').length > 0) {
    return fail(`made by a newer version: it has ${named('newer').join(', ')}`, 'use that version of clerk-server')
  }
  const pending = named('pending')
  if (pending.length === 0) return ok(`all ${status.length} applied`)
  return warn(`pending: ${pending.join(', ')}`, 'run clerk-server migrate; or start, which does the same')
}
