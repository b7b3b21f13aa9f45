import type { z } from 'zod'
import type { Database, TransactionQueries } from '../database/database.js'
import type { IdentificationsTable, TOTPsTable, UsersTable } from '../database/tables/index.js'
import type { Ids } from '../ids.js'
import { placeOf, requireSealedAsGiven } from '../sealing/reseal.js'
import type { Sealing } from '../sealing/sealing.js'
import { takenBy, takenIn } from './conflicts.js'
import { type TransferredUser, UserLine } from './line.js'
import { type Line, LineError } from './lines.js'

/** Users checked and inserted at once. */
const batchSize = 200
/** Rows in one statement. */
const rowsAtOnce = 500

export interface ImportOptions {
  /** Leaves out users of whom something is there already, instead of refusing them. */
  skipExisting: boolean
  /** Does everything but keep it. */
  dryRun: boolean
  /** Told of each user that is left out. */
  onSkipped(line: number, reason: string): void
  /** Told how many lines have been read. */
  onProgress(lines: number): void
}

/** Where users go. */
export interface ImportTarget {
  database: Database
  /** What their secrets are sealed with there. */
  sealing: Sealing
  ids: Ids
}

export interface Imported {
  imported: number
  skipped: number
}

interface NumberedUser {
  number: number
  user: TransferredUser
}

/**
 * Imports users from the lines of an export: all of them, or none. What is in memory meanwhile does not grow with their
 * number.
 *
 * @throws LineError naming the first line that is wrong, or whose user is there already
 * @throws StartupError when a user has a secret, and the encryption key at hand is not that of the servers
 */
export async function importUsers(
  target: ImportTarget,
  lines: AsyncIterable<Line>,
  options: ImportOptions,
): Promise<Imported> {
  const result: Imported = { imported: 0, skipped: 0 }
  const work = async (transaction: TransactionQueries) => {
    let batch: NumberedUser[] = []
    let read = 0
    const flush = async () => {
      const fresh = await withoutExisting(transaction, batch, options)
      await insert(target, transaction, fresh)
      result.imported += fresh.length
      result.skipped += batch.length - fresh.length
      batch = []
    }
    for await (const line of lines) {
      batch.push({ number: line.number, user: parse(line) })
      options.onProgress(++read)
      if (batch.length === batchSize) await flush()
    }
    await flush()
    if (options.dryRun) throw new Rehearsed()
  }
  await target.database.queries.transaction().execute(work).catch(unlessRehearsed)
  return result
}

/** Ends the transaction of a dry run. */
class Rehearsed extends Error {}

function unlessRehearsed(error: unknown): void {
  if (!(error instanceof Rehearsed)) throw error
}

function parse({ number, text }: Line): TransferredUser {
  const found = UserLine.safeParse(json(number, text))
  if (found.success) return found.data
  throw new LineError(number, found.error.issues.map(sentence).join('; '))
}

function json(number: number, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The engine's sentence would repeat what stands there.
    throw new LineError(number, 'is no JSON')
  }
}

function sentence({ path, message }: z.core.$ZodIssue): string {
  return path.length === 0 ? message : `${path.join('.')}: ${message}`
}

async function withoutExisting(
  transaction: TransactionQueries,
  batch: NumberedUser[],
  { skipExisting, onSkipped }: ImportOptions,
): Promise<NumberedUser[]> {
  const taken = await takenIn(
    transaction,
    batch.map(({ user }) => user),
  )
  return batch.filter(({ number, user }) => {
    const claims = takenBy(user)
    const conflict = claims.find((claim) => taken.has(claim.key))
    if (!conflict) {
      for (const { key } of claims) taken.add(key)
      return true
    }
    if (!skipExisting) throw new LineError(number, conflict.sentence)
    onSkipped(number, conflict.sentence)
    return false
  })
}

async function insert(target: ImportTarget, transaction: TransactionQueries, users: NumberedUser[]): Promise<void> {
  const rows: UsersTable[] = users.map(({ user: { identifications, totp, ...row } }) => ({
    ...row,
    totp_enabled: totp ? 1 : 0,
    backup_code_enabled: 0,
  }))
  const identifications: IdentificationsTable[] = users
    .flatMap(({ user }) => user.identifications.map((one) => ({ ...one, user_id: user.id })))
    // In one order whoever inserts, so that two who want the same addresses do not wait for each other in PostgreSQL.
    .sort((a, b) => (`${a.type} ${a.value}` < `${b.type} ${b.value}` ? -1 : 1))
  const totps = users.flatMap(({ user }) => totpRow(user, target))
  if (totps.length > 0) await requireSealedAsGiven(transaction, target.sealing)
  try {
    for (const some of chunks(rows)) await transaction.insertInto('users').values(some).execute()
    for (const some of chunks(identifications)) await transaction.insertInto('identifications').values(some).execute()
    for (const some of chunks(totps)) await transaction.insertInto('totps').values(some).execute()
  } catch (error) {
    const constraint = target.database.violated(error)
    if (constraint === undefined) throw error
    const first = users[0]?.number ?? 0
    throw new LineError(first, `or one of the ${users.length - 1} after it was taken meanwhile (${constraint})`)
  }
}

/** The authenticator application of a user, if there is one, under an id of its own: nobody knows it by the one it had. */
function totpRow({ id: user_id, totp }: TransferredUser, { sealing, ids }: ImportTarget): TOTPsTable[] {
  if (!totp) return []
  const id = ids('totp')
  return [{ ...totp, id, user_id, verified: 1, secret: sealing.seal(placeOf('totps', id), totp.secret) }]
}

function* chunks<Row>(rows: Row[]): Generator<Row[]> {
  for (let from = 0; from < rows.length; from += rowsAtOnce) yield rows.slice(from, from + rowsAtOnce)
}
