import { open } from 'node:fs/promises'

/** Sees to it that a file, or the names in a folder, are on the disk. */
export async function sync(path: string): Promise<void> {
  // Windows flushes only what was opened to be written, and opens no folder.
  if (process.platform === 'win32') return
  const file = await open(path, 'r')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}
