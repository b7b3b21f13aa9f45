import { randomBytes } from 'node:crypto'
import { open, readFile, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { StartupError } from '../startup-error.js'
import { Keyring, type KeyringStore } from './keyring.js'
import { keyringPath } from './keyring-path.js'

/** A keyring in the file `keys.json` of a data directory, which only its owner can read. */
export function keyringFile(directory: string): KeyringStore {
  const path = keyringPath(directory)
  const load = async () => {
    const text = await readFile(path, 'utf8').catch(unlessMissing)
    return text === undefined ? undefined : parse(text, path)
  }
  return {
    load,
    async keep(keyring) {
      await writeDurably(path, `${JSON.stringify(keyring, null, 2)}\n`)
      return keyring
    },
  }
}

function parse(text: string, path: string): Keyring {
  try {
    return Keyring.parse(JSON.parse(text))
  } catch (cause) {
    throw new StartupError(
      `${path} is not a readable keyring; restore it from a backup, or move it away to get new keys (which ends every session)`,
      { cause },
    )
  }
}

/** Writes a file so that after a crash it is there whole or not at all. The lock of the directory keeps others out. */
async function writeDurably(path: string, text: string): Promise<void> {
  const draft = `${path}.${randomBytes(4).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
  await syncDirectory(dirname(path))
}

async function syncDirectory(path: string): Promise<void> {
  const directory = await open(path, 'r')
  try {
    await directory.sync()
  } finally {
    await directory.close()
  }
}

function unlessMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
