import { existsSync } from 'node:fs'
import { databasePath } from '../instance/database-file.js'
import { preparePrivateKey } from '../instance/private-key.js'
import type { Storage } from '../options.js'

/**
 * Begins to make a private key where keys will have to be made, as far as can be told without opening anything. It takes
 * longer than to load the server, and another core.
 */
export function prepareFirstStart(storage: Storage): void {
  if ('memory' in storage || ('dataDir' in storage && !existsSync(databasePath(storage.dataDir)))) preparePrivateKey()
}
