import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { sync } from './sync.js'

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Makes a file or a folder under a name of its own, and gives it the right one when it is finished: it is there whole, or not
 * at all. What is half made is removed when the making fails, and when a signal ends the process.
 *
 * @param write makes what it is told the path of, and has it on the disk
 */
export async function throughDraft<Result>(path: string, write: (draft: string) => Promise<Result>): Promise<Result> {
  const draft = `${path}.${randomBytes(4).toString('hex')}.partial`
  const abandon = (signal: NodeJS.Signals) => {
    rmSync(draft, { recursive: true, force: true, maxRetries: 5 })
    // Nobody listens any more, so that this time it ends the process.
    process.kill(process.pid, signal)
  }
  for (const signal of signals) process.once(signal, abandon)
  try {
    const result = await write(draft)
    await rename(draft, path)
    await sync(dirname(path))
    return result
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  } finally {
    for (const signal of signals) process.off(signal, abandon)
  }
}
