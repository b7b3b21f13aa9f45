import type { Database, TransactionQueries } from '../database/database.js'
import { insertionInto } from '../database/insertion.js'
import type { IdentificationsTable } from '../database/tables/index.js'
import { ownerOf } from './owner.js'
import { taken } from './rules.js'

const insertIdentification = insertionInto<IdentificationsTable>('identifications')

/**
 * Writes new identifications of a user.
 *
 * @throws ApiError `form_identifier_exists`, naming the kind of the value that is taken
 */
export async function insertIdentifications(
  database: Database,
  transaction: TransactionQueries,
  rows: IdentificationsTable[],
): Promise<void> {
  // In one order whoever inserts: two users with the same two addresses must not wait for each other in PostgreSQL.
  const inOrder = [...rows].sort((a, b) => (`${a.type} ${a.value}` < `${b.type} ${b.value}` ? -1 : 1))
  // One by one, because the database says that a value is taken but not which.
  for (const row of inOrder) {
    if (row.status === 'unverified') await refuseTaken(transaction, row)
    await refusingTaken(database, row, () => insertIdentification(transaction, row))
  }
}

/** @throws ApiError `form_identifier_exists` when the write makes a value somebody's that is somebody else's already */
export async function refusingTaken<Result>(
  database: Database,
  { type }: Pick<IdentificationsTable, 'type'>,
  write: () => Promise<Result>,
): Promise<Result> {
  try {
    return await write()
  } catch (error) {
    const constraint = database.violated(error)
    if (constraint === 'identifications_taken' || constraint === 'identifications_of_user') throw taken(type)
    throw error
  }
}

/**
 * An unverified value is in no index that another account shares. If that account comes to have it at this moment, it
 * is as if it had a moment later: verifying is what must fail then, and does.
 */
async function refuseTaken(transaction: TransactionQueries, { type, value }: IdentificationsTable): Promise<void> {
  if (await ownerOf(transaction, type, value)) throw taken(type)
}
