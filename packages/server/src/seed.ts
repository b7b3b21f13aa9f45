import { readFile } from 'node:fs/promises'
import { backend } from '@clerk-server/contract'
import type { Clock } from './clock.js'
import type { Database } from './database/database.js'
import { ApiError } from './errors.js'
import { check } from './http/check.js'
import type { Passwords } from './passwords/passwords.js'
import { StartupError } from './startup-error.js'
import { newUser } from './users/parameters.js'
import type { NewUser, UserStore } from './users/store.js'

/**
 * Fills an empty database from a file of JSON lines, each with the parameters of `POST /users`. A database that has
 * users already is left as it is, so that a seed can stay in the command a server is started with.
 *
 * @returns how many users were created
 * @throws StartupError naming the first line that is wrong, with nothing applied
 */
export async function seed(
  path: string,
  database: Database,
  users: UserStore,
  passwords: Passwords,
  clock: Clock,
): Promise<number> {
  const lines = await readLines(path)
  if ((await users.count({})) > 0) return 0
  const prepared: [number, NewUser][] = []
  for (const [number, text] of lines) {
    prepared.push([number, await onLine(path, number, () => parseUser(text, passwords, clock()))])
  }
  await database.queries.transaction().execute(async (transaction) => {
    for (const [number, user] of prepared) await onLine(path, number, () => users.create(user, transaction))
  })
  return prepared.length
}

/** The lines that say something, each with its number. */
async function readLines(path: string): Promise<[number, string][]> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new StartupError(`the seed ${path} cannot be read: ${error.message}`, { exitCode: 2, cause: error })
  })
  return text
    .split('\n')
    .map((line, index): [number, string] => [index + 1, line])
    .filter(([, line]) => line.trim() !== '')
}

const parseUser = (text: string, passwords: Passwords, now: number) =>
  newUser(check(backend['POST /users'].body.strict(), JSON.parse(text)), passwords, now)

async function onLine<Result>(path: string, number: number, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof ApiError || error instanceof SyntaxError)) throw error
    throw new StartupError(`line ${number} of the seed ${path} is wrong, nothing was applied: ${error.message}`, {
      exitCode: 2,
      cause: error,
    })
  }
}
