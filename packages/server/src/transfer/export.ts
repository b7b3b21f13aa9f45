import type { Database, TransactionQueries } from '../database/database.js'
import type { TOTPsTable } from '../database/tables/index.js'
import { placeOf } from '../sealing/reseal.js'
import type { Sealing } from '../sealing/sealing.js'
import { identificationColumnNames, type TransferredUser, totpColumnNames, userColumnNames, userLine } from './line.js'

/** Users read, and written, at once. */
const pageSize = 500

export interface ExportTarget {
  /** Told how many users there are, before the first one. */
  begin(total: number): void
  /** Takes some lines, each with its line break. */
  write(lines: string, users: number): Promise<void>
}

/**
 * Writes every user, in the order of their ids, as they all were at one moment. What is in memory meanwhile does not grow
 * with their number.
 *
 * @returns how many there were
 * @throws StartupError when a user has a secret that is sealed with a key which is not at hand
 */
export function exportUsers(database: Database, sealing: Sealing, target: ExportTarget): Promise<number> {
  const snapshot = database.queries.transaction().setAccessMode('read only').setIsolationLevel('repeatable read')
  return snapshot.execute(async (transaction) => {
    target.begin(await count(transaction))
    let written = 0
    for (let after = ''; ; ) {
      const users = await page(database, sealing, transaction, after)
      const last = users.at(-1)
      if (!last) return written
      await target.write(users.map((user) => `${userLine(user)}\n`).join(''), users.length)
      written += users.length
      after = last.id
    }
  })
}

async function count(transaction: TransactionQueries): Promise<number> {
  const { users } = await transaction
    .selectFrom('users')
    .select((query) => query.fn.countAll<number>().as('users'))
    .executeTakeFirstOrThrow()
  return Number(users)
}

async function page(
  database: Database,
  sealing: Sealing,
  transaction: TransactionQueries,
  after: string,
): Promise<TransferredUser[]> {
  const rows = await transaction
    .selectFrom('users')
    .select(userColumnNames)
    .select((users) => [
      database
        .jsonRows(
          users
            .selectFrom('identifications')
            .select(identificationColumnNames)
            .whereRef('user_id', '=', 'users.id')
            .orderBy('position')
            .orderBy('id'),
        )
        .as('identifications'),
      database
        .jsonRows(
          users
            .selectFrom('totps')
            .select(['id', ...totpColumnNames])
            .whereRef('user_id', '=', 'users.id')
            .where('verified', '=', 1),
        )
        .as('totps'),
    ])
    .where('id', '>', after)
    .orderBy('id')
    .limit(pageSize)
    .execute()
  return rows.map(({ identifications, totps, ...row }) => ({
    ...row,
    identifications: JSON.parse(identifications),
    totp: opened(JSON.parse(totps), sealing),
  }))
}

/** The authenticator application of a user, who has one at most. */
function opened([totp]: Omit<TOTPsTable, 'user_id' | 'verified'>[], sealing: Sealing): TransferredUser['totp'] {
  if (!totp) return null
  const { id, secret, ...columns } = totp
  return { ...columns, secret: sealing.open(placeOf('totps', id), secret) }
}
