import type { Database, TransactionQueries } from '../database/database.js'
import { identificationColumnNames, type TransferredUser, userColumnNames, userLine } from './line.js'

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
 */
export function exportUsers(database: Database, target: ExportTarget): Promise<number> {
  const snapshot = database.queries.transaction().setAccessMode('read only').setIsolationLevel('repeatable read')
  return snapshot.execute(async (transaction) => {
    target.begin(await count(transaction))
    let written = 0
    for (let after = ''; ; ) {
      const users = await page(database, transaction, after)
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

async function page(database: Database, transaction: TransactionQueries, after: string): Promise<TransferredUser[]> {
  const rows = await transaction
    .selectFrom('users')
    .select(userColumnNames)
    .select((users) =>
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
    )
    .where('id', '>', after)
    .orderBy('id')
    .limit(pageSize)
    .execute()
  return rows.map(({ identifications, ...row }) => ({
    ...row,
    identifications: JSON.parse(identifications),
  }))
}
