import { sql } from 'kysely'
import type { TransactionQueries } from '../database/database.js'
import type { UsersTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'

/**
 * Locks the row of a user until the end of the transaction, by an UPDATE, which works the same on both databases: who else
 * changes anything of the user waits.
 *
 * @throws ApiError `resource_not_found`
 */
export async function lockUser(transaction: TransactionQueries, userId: string): Promise<UsersTable> {
  const user = await transaction
    .updateTable('users')
    .set({ updated_at: sql.ref('updated_at') })
    .where('id', '=', userId)
    .returningAll()
    .executeTakeFirst()
  if (!user) throw new ApiError('resource_not_found', { message: `there is no user with the id ${userId}` })
  return user
}
