import { existsSync } from 'node:fs'
import { copyFile, mkdir, open, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import { StartupError } from '../startup-error.js'
import { databasePath } from './database-file.js'
import { throughDraft } from './draft.js'
import { formerKeyringPath } from './former-keyring.js'
import { sync } from './sync.js'

/** Milliseconds between two looks at how large the copy is. */
const interval = 100

export interface Backup {
  path: string
  bytes: number
}

/**
 * Copies a data directory as it is at one moment, while a server may write to it. The copy is a data directory too,
 * which only its owner can read. It is there whole and on the disk, or not at all.
 *
 * @param onProgress told now and then how many bytes the copy has
 * @throws StartupError when there is nothing to copy, or the target is there already, or cannot be written
 */
export async function copyDataDirectory(
  source: string,
  target: string,
  onProgress: (bytes: number) => void,
): Promise<Backup> {
  const path = resolve(target)
  if (!existsSync(databasePath(source))) throw new StartupError(`there is no database in ${resolve(source)}`)
  if (existsSync(path)) throw new StartupError(`${path} is there already; name a folder that is not`)
  try {
    await mkdir(dirname(path), { recursive: true, mode: 0o700 })
    const bytes = await throughDraft(path, (draft) => copyInto(draft, source, onProgress))
    return { path, bytes }
  } catch (error) {
    throw new StartupError(`no backup was made in ${path}: ${(error as Error).message}`, { cause: error })
  }
}

/** Gives the bytes of the database. */
async function copyInto(target: string, source: string, onProgress: (bytes: number) => void): Promise<number> {
  await mkdir(target, { mode: 0o700 })
  await copyDatabase(databasePath(source), databasePath(target), onProgress)
  const files = [databasePath(target), ...(await copyFormerKeys(source, target))]
  for (const file of [...files, target]) await sync(file)
  return (await stat(databasePath(target))).size
}

/** A thread of its own does it, because SQLite lets nothing else happen meanwhile. */
async function copyDatabase(source: string, target: string, onProgress: (bytes: number) => void): Promise<void> {
  await (await open(target, 'wx', 0o600)).close()
  const worker = new Worker(new URL('./vacuum.js', import.meta.url), { workerData: { source, target } })
  let running = true
  const done = new Promise<void>((fulfil, reject) => {
    worker.once('error', reject)
    worker.once('exit', () => fulfil())
  }).finally(() => {
    running = false
  })
  const watching = (async () => {
    while (running) {
      onProgress((await stat(target)).size)
      await Promise.race([done.catch(() => {}), sleep(interval)])
    }
  })()
  await done
  await watching
}

/** Of a directory that only the first versions have used: later ones have their keys in the database. */
async function copyFormerKeys(source: string, target: string): Promise<string[]> {
  if (!existsSync(formerKeyringPath(source))) return []
  await copyFile(formerKeyringPath(source), formerKeyringPath(target))
  return [formerKeyringPath(target)]
}
