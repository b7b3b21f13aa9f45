import type { TransactionQueries } from '../database/database.js'
import type { IdentificationsTable, UsersTable } from '../database/tables/index.js'
import { lockUser } from '../users/lock.js'
import { defaultSecondFactorOf, hasSecondFactor, type IdentificationType, primaryOf } from './rules.js'

/** A user whose row is locked until the end of the transaction, with all that identifies them in its order. */
export interface LockedUser {
  user: UsersTable
  rows: IdentificationsTable[]
}

/** @throws ApiError `resource_not_found` */
export async function lockIdentified(transaction: TransactionQueries, userId: string): Promise<LockedUser> {
  const user = await lockUser(transaction, userId)
  return { user, rows: await rowsOf(transaction, userId) }
}

const rowsOf = (transaction: TransactionQueries, userId: string) =>
  transaction.selectFrom('identifications').selectAll().where('user_id', '=', userId).orderBy('position').execute()

/** Which one is to be primary from now on; as it was, where nothing is said. */
export type WantedPrimary = Partial<Record<IdentificationType, string>>

/** After a change to identifications: brings what follows from them up to date, and gives back how the user stands now. */
export async function settle(
  transaction: TransactionQueries,
  { user, rows: before }: LockedUser,
  wanted: WantedPrimary,
  now: number,
): Promise<LockedUser> {
  const rows = await settleDefaultFactor(transaction, await rowsOf(transaction, user.id))
  const values = {
    ...(await settleSecondFactors(transaction, { user, rows: before }, { user, rows }, now)),
    primary_email_address_id: primaryOf(rows, 'email_address', wanted.email_address ?? user.primary_email_address_id),
    primary_phone_number_id: primaryOf(rows, 'phone_number', wanted.phone_number ?? user.primary_phone_number_id),
    updated_at: now,
  }
  await transaction.updateTable('users').set(values).where('id', '=', user.id).execute()
  return { user: { ...user, ...values }, rows }
}

/**
 * What follows for a user from a second factor that came or went, whichever kind it is of. Backup codes go with the last:
 * there is nothing left that they could stand in for.
 *
 * @returns the columns of the user that change
 */
export async function settleSecondFactors(
  transaction: TransactionQueries,
  before: LockedUser,
  after: LockedUser,
  now: number,
): Promise<Partial<Pick<UsersTable, 'mfa_enabled_at' | 'mfa_disabled_at' | 'backup_code_enabled'>>> {
  const [had, has] = [before, after].map(({ user, rows }) => hasSecondFactor(user, rows))
  if (had === has) return {}
  if (has) return { mfa_enabled_at: now }
  await transaction.deleteFrom('backup_codes').where('user_id', '=', after.user.id).execute()
  return { mfa_disabled_at: now, backup_code_enabled: 0 }
}

/** Sees to it that of several second factors one is the default. */
async function settleDefaultFactor(transaction: TransactionQueries, rows: IdentificationsTable[]) {
  const wanted = defaultSecondFactorOf(rows)
  const settled = rows.map(
    (row): IdentificationsTable => ({ ...row, default_second_factor: row.id === wanted ? 1 : 0 }),
  )
  for (const [index, { id, default_second_factor }] of settled.entries()) {
    if (rows[index]?.default_second_factor === default_second_factor) continue
    await transaction.updateTable('identifications').set({ default_second_factor }).where('id', '=', id).execute()
  }
  return settled
}
