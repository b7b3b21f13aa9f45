import { existsSync } from 'node:fs'
import { readFile, unlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import type { Queries } from '../database/database.js'
import { StartupError } from '../startup-error.js'
import { sync } from './sync.js'

const Keyring = z.object({
  instanceId: z.string(),
  secret: z.string().min(32),
  signingKey: z.object({ kid: z.string(), privateKey: z.string() }),
})

/** The keys of an instance as the first versions kept them. */
export type Keyring = z.output<typeof Keyring>

/** Where the first versions kept the keys of an instance. */
export interface FormerKeyring {
  /** @throws StartupError when there is something that cannot be read */
  load(): Promise<Keyring | undefined>
  /** Removes it. By then its keys must be kept durably elsewhere. */
  remove(): Promise<void>
  /** What a person knows it by. */
  name: string
}

export const formerKeyringPath = (directory: string) => join(directory, 'keys.json')

/** The file `keys.json` of a data directory. */
export function formerKeyringFile(directory: string): FormerKeyring {
  const path = formerKeyringPath(directory)
  return {
    name: path,
    load: async () => (existsSync(path) ? parse(await readFile(path, 'utf8'), path) : undefined),
    async remove() {
      await unlink(path)
      await sync(dirname(path))
    },
  }
}

/** The table `keyring` of a database that several servers share. */
export function formerKeyringTable(queries: Queries): FormerKeyring {
  const name = 'the table keyring'
  return {
    name,
    async load() {
      const row = await queries.selectFrom('keyring').select('keys').executeTakeFirst()
      return row && parse(row.keys, name)
    },
    async remove() {
      await queries.deleteFrom('keyring').execute()
    },
  }
}

function parse(text: string, name: string): Keyring {
  try {
    return Keyring.parse(JSON.parse(text))
  } catch (cause) {
    throw new StartupError(
      `${name} is not a readable keyring; restore it from a backup, or move it away to get new keys (which ends every session)`,
      { cause },
    )
  }
}
