import { existsSync } from 'node:fs'
import { open, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { migrate, requireCurrentSchema } from '../database/migrate.js'
import { createIds } from '../ids.js'
import { throughDraft } from '../instance/draft.js'
import { openBeside, openStorage } from '../instance/storage.js'
import type { KeptStorage } from '../options.js'
import { createSealing } from '../sealing/sealing.js'
import { StartupError } from '../startup-error.js'
import { exportUsers } from '../transfer/export.js'
import { importUsers } from '../transfer/import.js'
import { LineError, readLines } from '../transfer/lines.js'
import { encryptionKeys } from './encryption-keys.js'
import { createProgress, type Progress } from './progress.js'

/** What secrets of users are sealed with; in a line they are in the clear. */
function sealing() {
  const { encryptionKey, previousEncryptionKey } = encryptionKeys()
  return createSealing(encryptionKey, previousEncryptionKey)
}

/** Writes every user to a file, or to the standard output for `-`. Says what it did. */
export async function exportTo(storage: KeptStorage, target: string): Promise<string> {
  const database = await openBeside(storage)
  try {
    await requireCurrentSchema(database)
    const write = (sink: Sink) => {
      let progress: Progress | undefined
      let done = 0
      return exportUsers(database, sealing(), {
        begin(total) {
          progress = createProgress({ verb: 'exporting', unit: 'users', total })
        },
        async write(lines, users) {
          await sink(lines)
          done += users
          progress?.at(done)
        },
      }).finally(() => progress?.end())
    }
    return `exported ${plural(await (target === '-' ? write(standardOutput) : toNewFile(target, write)))}\n`
  } finally {
    await database.close()
  }
}

type Sink = (text: string) => Promise<unknown>

const standardOutput: Sink = (text) =>
  new Promise<void>((fulfil, reject) => {
    process.stdout.write(text, (error) => {
      if (error) reject(new StartupError(`the export could not be written: ${error.message}`, { cause: error }))
      else fulfil()
    })
  })

/** Writes a file that only its owner can read. It is there whole and on the disk, or not at all. */
async function toNewFile<Result>(target: string, write: (sink: Sink) => Promise<Result>): Promise<Result> {
  const path = resolve(target)
  if (existsSync(path)) throw new StartupError(`${path} is there already; name a file that is not`)
  return throughDraft(path, async (draft) => {
    const file = await open(draft, 'wx', 0o600).catch((cause: Error) => {
      throw new StartupError(`${path} cannot be written: ${cause.message}`, { cause })
    })
    try {
      const result = await write((text) => file.appendFile(text))
      await file.sync()
      return result
    } finally {
      await file.close()
    }
  })
}

interface ImportArguments {
  skipExisting: boolean
  dryRun: boolean
}

/** Reads users from a file, or from the standard input for `-`. Says what it did. */
export async function importFrom(
  storage: KeptStorage,
  source: string,
  { skipExisting, dryRun }: ImportArguments,
): Promise<string> {
  const { bytes, chunks } = await input(source)
  const { database, release } = await openStorage(storage)
  const progress = createProgress({ verb: 'importing', unit: 'bytes', total: bytes })
  let read = 0
  async function* counted() {
    for await (const chunk of chunks) {
      read += chunk.length
      yield chunk
    }
  }
  try {
    await migrate(database)
    const target = { database, sealing: sealing(), ids: createIds(Date.now) }
    const { imported, skipped } = await importUsers(target, readLines(counted()), {
      skipExisting,
      dryRun,
      onSkipped: (line, reason) => void process.stderr.write(`line ${line} left out: ${reason}\n`),
      onProgress: () => progress.at(read),
    })
    progress.end()
    const left = skipped > 0 ? `, left out ${skipped}` : ''
    return `${dryRun ? 'would import' : 'imported'} ${plural(imported)}${left}\n`
  } catch (error) {
    progress.end()
    if (!(error instanceof LineError)) throw error
    throw new StartupError(`line ${error.number} of ${nameOf(source)}: ${error.message}; nothing was imported`, {
      exitCode: 2,
      cause: error,
    })
  } finally {
    await release()
  }
}

async function input(source: string): Promise<{ bytes: number | undefined; chunks: AsyncIterable<Buffer> }> {
  if (source === '-') return { bytes: undefined, chunks: process.stdin }
  try {
    return { bytes: (await stat(source)).size, chunks: (await open(source)).createReadStream() }
  } catch (cause) {
    throw new StartupError(`${source} cannot be read: ${(cause as Error).message}`, { exitCode: 2, cause })
  }
}

const nameOf = (source: string) => (source === '-' ? 'the standard input' : source)
const plural = (users: number) => (users === 1 ? '1 user' : `${users} users`)
