import type { TransactionQueries } from '../database/database.js'
import type { IdentificationsTable, UsersTable } from '../database/tables/index.js'
import type { TransferredUser } from './line.js'

/** Values looked up in one statement. */
const valuesAtOnce = 1000

/** The statuses with which an address is its user's alone. */
const exclusive: readonly IdentificationsTable['status'][] = ['verified', 'reserved']

/** Something that only one user can have. */
export interface Claim {
  /** Names it among all claims. */
  key: string
  /** What to say where another user has it. */
  sentence: string
}

const uniqueColumns = ['id', 'username', 'external_id'] as const satisfies readonly (keyof UsersTable)[]

const claim = (kind: string, value: string): Claim => ({
  key: `${kind} ${value}`,
  sentence: `its ${kind} is there already`,
})

/** Everything that a user claims. */
export function takenBy(user: TransferredUser): Claim[] {
  const columns = uniqueColumns.flatMap((column) => {
    const value = user[column]
    return value === null ? [] : [claim(column, value)]
  })
  const identifications = user.identifications.flatMap(({ id, type, value, status }) => [
    claim('identification id', id),
    ...(exclusive.includes(status) ? [claim(type, value)] : []),
  ])
  return [...columns, ...identifications]
}

/** The claims of some users that others have already, by their keys. The database decides once more when they are inserted. */
export async function takenIn(transaction: TransactionQueries, users: TransferredUser[]): Promise<Set<string>> {
  const taken = new Set<string>()
  for (const column of uniqueColumns) {
    const values = users.flatMap((user) => user[column] ?? [])
    for (const some of chunks(values)) {
      const rows = await transaction.selectFrom('users').select(column).where(column, 'in', some).execute()
      for (const row of rows) taken.add(claim(column, row[column] as string).key)
    }
  }
  const identifications = users.flatMap((user) => user.identifications)
  for (const some of chunks(identifications.map(({ id }) => id))) {
    const rows = await transaction.selectFrom('identifications').select('id').where('id', 'in', some).execute()
    for (const { id } of rows) taken.add(claim('identification id', id).key)
  }
  for (const some of chunks(identifications.map(({ value }) => value))) {
    const rows = await transaction
      .selectFrom('identifications')
      .select(['type', 'value'])
      .where('value', 'in', some)
      .where('status', 'in', exclusive)
      .execute()
    for (const { type, value } of rows) taken.add(claim(type, value).key)
  }
  return taken
}

function* chunks(values: string[]): Generator<string[]> {
  for (let from = 0; from < values.length; from += valuesAtOnce) yield values.slice(from, from + valuesAtOnce)
}
