import { stat } from 'node:fs/promises'
import { copyDataDirectory } from '../instance/backup.js'
import { databasePath } from '../instance/database-file.js'
import type { KeptStorage } from '../options.js'
import { StartupError } from '../startup-error.js'
import { createProgress } from './progress.js'

/**
 * Copies a data directory while it may be in use.
 *
 * @returns what was done, in words
 * @throws StartupError when there is nothing to copy, the target is there already, or the storage is PostgreSQL
 */
export async function backUp(storage: KeptStorage, target: string): Promise<string> {
  if ('databaseUrl' in storage) throw new StartupError(dumpInstruction(storage.databaseUrl, target), { exitCode: 2 })
  const total = await stat(databasePath(storage.dataDir)).then(
    ({ size }) => size,
    () => undefined,
  )
  const progress = createProgress({ verb: 'copying', unit: 'bytes', total })
  try {
    const { path, bytes } = await copyDataDirectory(storage.dataDir, target, progress.at)
    progress.end()
    return `backed up ${(bytes / 1e6).toFixed(1)} MB to ${path}; restore it with: clerk-server start --data-dir ${path}\n`
  } finally {
    progress.end()
  }
}

/** The password stays out: the command goes into scripts and histories. */
function dumpInstruction(databaseUrl: string, target: string): string {
  const url = new URL(databaseUrl)
  const password = url.password === '' ? '' : ', with the password in PGPASSWORD or ~/.pgpass'
  url.password = ''
  return [
    `PostgreSQL makes its own backups, also beside running servers${password}:`,
    `  pg_dump --format=custom --file=${shellQuoted(`${target}.dump`)} ${shellQuoted(url.href)}`,
    'and restores one into an empty database:',
    `  pg_restore --no-owner --exit-on-error --dbname=${shellQuoted(url.href)} ${shellQuoted(`${target}.dump`)}`,
  ].join('\n')
}

const shellQuoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`
