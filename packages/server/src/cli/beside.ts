import type { Queries } from '../database/database.js'
import { requireCurrentSchema } from '../database/migrate.js'
import { existingInstance, type Instance } from '../instance/instance.js'
import { openBeside } from '../instance/storage.js'
import type { KeptStorage } from '../options.js'

/**
 * Works on an instance beside the servers that run on it.
 *
 * @throws StartupError when there is none, or its database is of another version or cannot be opened
 */
export async function besideServers(
  storage: KeptStorage,
  work: (queries: Queries, instance: Instance) => Promise<void>,
): Promise<void> {
  const database = await openBeside(storage)
  try {
    await requireCurrentSchema(database)
    await work(database.queries, await existingInstance(database.queries))
  } finally {
    await database.close()
  }
}
