import { closeSync, existsSync, mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import Libsql from 'libsql'
import { StartupError } from '../startup-error.js'
import { databasePath } from './database-file.js'

export interface DataDirectory {
  path: string
  databaseFile: string
  /** Lets another server have the directory. */
  release(): void
}

/** Another process holds the data directory. */
export class DirectoryInUse extends StartupError {}

/**
 * Makes a data directory where there is none, readable by its owner only, and takes it for this process. The lock is
 * one of the operating system's, held through an otherwise empty SQLite file: it goes when the process does, however
 * that ends, and a reused process id cannot fake it.
 *
 * @throws StartupError when another process holds it, with that process's id, or when it cannot be made or written.
 */
export function takeDataDirectory(directory: string): DataDirectory {
  // libSQL takes what looks like an address for one; an absolute path never does.
  const path = resolve(directory)
  const pidFile = join(path, 'server.pid')
  try {
    mkdirSync(path, { recursive: true, mode: 0o700 })
    const lock = new Libsql(join(path, 'server.lock'))
    lock.exec('pragma busy_timeout = 0; pragma journal_mode = delete; begin exclusive')
    writeFileSync(pidFile, `${process.pid}\n`)
    return { path, databaseFile: ownersOnly(databasePath(path)), release: () => lock.close() }
  } catch (error) {
    if (isBusy(error)) {
      throw new DirectoryInUse(`the data directory ${path} is in use by the clerk-server with pid ${pidIn(pidFile)}`)
    }
    throw new StartupError(`the data directory ${path} cannot be used: ${(error as Error).message}`, { cause: error })
  }
}

/** The id of the process that holds a data directory; `undefined` for one that nobody holds. */
export function holderOf(directory: string): string | undefined {
  const path = join(resolve(directory), 'server.lock')
  if (!existsSync(path)) return undefined
  const lock = new Libsql(path)
  try {
    lock.exec('pragma busy_timeout = 0; begin exclusive; rollback')
    return undefined
  } catch (error) {
    if (isBusy(error)) return pidIn(join(resolve(directory), 'server.pid'))
    throw error
  } finally {
    lock.close()
  }
}

/**
 * Makes a file that others cannot read, whatever the folder allows; SQLite gives its log the same mode. One that is there
 * is left alone: to close a file takes every lock from the process that SQLite has on it (POSIX, fcntl).
 */
function ownersOnly(path: string): string {
  if (!existsSync(path)) closeSync(openSync(path, 'a', 0o600))
  return path
}

const isBusy = (error: unknown) => error instanceof Error && /locked|busy/i.test(error.message)

function pidIn(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim()
  } catch {
    return 'unknown'
  }
}
