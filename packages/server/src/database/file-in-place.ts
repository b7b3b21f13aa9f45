import { statSync } from 'node:fs'
import Libsql from 'libsql'

/**
 * Looks whether an SQLite file and its write-ahead log are still the files that are open. Somebody may have removed or
 * replaced them under the server, and what is written then is gone with the process, though the disk has taken it.
 *
 * @returns throws `SQLITE_IOERR` when one is not
 */
export function fileInPlace(path: string): () => void {
  const opened = new Map([[path, inodeOf(path)]])
  const log = `${path}-wal`
  return () => {
    // The first commit makes it.
    if (opened.get(log) === undefined) opened.set(log, inodeOf(log))
    for (const [file, inode] of opened) {
      if (inodeOf(file) === inode) continue
      throw new Libsql.SqliteError(`${file} was removed or replaced while it was open`, 'SQLITE_IOERR')
    }
  }
}

const inodeOf = (file: string) => statSync(file, { throwIfNoEntry: false })?.ino
