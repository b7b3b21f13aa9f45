import type { ErrorCode } from '@clerk-server/contract'
import type { Clock } from '../clock.js'
import type { Database, Queries, TransactionQueries } from '../database/database.js'
import type { SignInTokensTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { Ids } from '../ids.js'
import { revokePending } from '../tokens/revocation.js'

export interface SignInTokenStore {
  /** @param lifetime milliseconds. @throws ApiError `resource_not_found` when there is no such user */
  create(userId: string, lifetime: number): Promise<SignInTokensTable>
  /** @throws ApiError `resource_not_found`, `sign_in_token_cannot_be_revoked_code` for one that is not pending */
  revoke(id: string): Promise<SignInTokensTable>
  /**
   * The sign-in token that a ticket is, while it lets its user in.
   *
   * @throws ApiError `ticket_invalid_code`, `ticket_expired_code`, `sign_in_token_already_used_code`,
   *   `sign_in_token_revoked_code`
   */
  ofTicket(id: string): Promise<SignInTokensTable>
  /** Uses one up, in the transaction of what it lets happen. @throws ApiError as {@link ofTicket} */
  accept(transaction: TransactionQueries, id: string): Promise<void>
}

export function createSignInTokenStore(database: Database, clock: Clock, ids: Ids): SignInTokenStore {
  const { queries } = database

  const find = (within: Queries, id: string) =>
    within.selectFrom('sign_in_tokens').selectAll().where('id', '=', id).executeTakeFirst()

  return {
    async create(userId, lifetime) {
      const now = clock()
      const row: SignInTokensTable = {
        id: ids('signInToken'),
        user_id: userId,
        status: 'pending',
        expires_at: now + lifetime,
        created_at: now,
        updated_at: now,
      }
      try {
        await queries.insertInto('sign_in_tokens').values(row).execute()
      } catch (error) {
        if (!database.missesReference(error)) throw error
        throw new ApiError('resource_not_found', { message: `there is no user with the id ${userId}` })
      }
      return row
    },

    revoke(id) {
      const refusal = (status: SignInTokensTable['status'] | undefined) =>
        status === undefined
          ? new ApiError('resource_not_found', { message: `there is no sign-in token with the id ${id}` })
          : new ApiError('sign_in_token_cannot_be_revoked_code', { message: `the sign-in token was ${status} already` })
      return revokePending(queries, { table: 'sign_in_tokens', id, now: clock(), refusal })
    },

    ofTicket: async (id) => requireUsable(await find(queries, id), clock()),

    async accept(transaction, id) {
      const now = clock()
      const accepted = await transaction
        .updateTable('sign_in_tokens')
        .set({ status: 'accepted', updated_at: now })
        .where('id', '=', id)
        .where('status', '=', 'pending')
        .where('expires_at', '>', now)
        .returning('id')
        .executeTakeFirst()
      if (!accepted) requireUsable(await find(transaction, id), now)
    },
  }
}

/** @throws ApiError that says why a sign-in token does not let anybody in */
function requireUsable(row: SignInTokensTable | undefined, now: number): SignInTokensTable {
  if (row?.status === 'pending' && row.expires_at > now) return row
  throw new ApiError(row ? unusable[row.status] : 'ticket_invalid_code')
}

/** One that is pending and no use can only have expired. */
const unusable = {
  pending: 'ticket_expired_code',
  accepted: 'sign_in_token_already_used_code',
  revoked: 'sign_in_token_revoked_code',
} as const satisfies Record<SignInTokensTable['status'], ErrorCode>
