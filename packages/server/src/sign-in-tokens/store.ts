import type { Clock } from '../clock.js'
import type { Database } from '../database/database.js'
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
}

export function createSignInTokenStore(database: Database, clock: Clock, ids: Ids): SignInTokenStore {
  const { queries } = database

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

    async ofTicket(id) {
      const row = await queries.selectFrom('sign_in_tokens').selectAll().where('id', '=', id).executeTakeFirst()
      return usable(row, clock())
    },
  }
}

/** @throws ApiError that says why a sign-in token does not let anybody in */
function usable(row: SignInTokensTable | undefined, now: number): SignInTokensTable {
  if (!row) throw new ApiError('ticket_invalid_code', { param: 'ticket' })
  if (row.status === 'accepted') throw new ApiError('sign_in_token_already_used_code', { param: 'ticket' })
  if (row.status === 'revoked') throw new ApiError('sign_in_token_revoked_code', { param: 'ticket' })
  if (row.expires_at <= now) throw new ApiError('ticket_expired_code', { param: 'ticket' })
  return row
}
