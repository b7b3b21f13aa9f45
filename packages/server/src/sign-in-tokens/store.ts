import type { Clock } from '../clock.js'
import type { Database } from '../database/database.js'
import type { SignInTokensTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { Ids } from '../ids.js'

export interface SignInTokenStore {
  /** @param lifetime milliseconds. @throws ApiError `resource_not_found` when there is no such user */
  create(userId: string, lifetime: number): Promise<SignInTokensTable>
  /** @throws ApiError `resource_not_found`, `sign_in_token_cannot_be_revoked_code` for one that is not pending */
  revoke(id: string): Promise<SignInTokensTable>
}

export function createSignInTokenStore(database: Database, clock: Clock, ids: Ids): SignInTokenStore {
  const { queries } = database

  /** Why a token could not be revoked. */
  async function unrevocable(id: string): Promise<ApiError> {
    const row = await queries.selectFrom('sign_in_tokens').select('status').where('id', '=', id).executeTakeFirst()
    return row
      ? new ApiError('sign_in_token_cannot_be_revoked_code', { message: `the sign-in token was ${row.status} already` })
      : new ApiError('resource_not_found', { message: `there is no sign-in token with the id ${id}` })
  }

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

    async revoke(id) {
      const revoked = await queries
        .updateTable('sign_in_tokens')
        .set({ status: 'revoked', updated_at: clock() })
        .where('id', '=', id)
        .where('status', '=', 'pending')
        .returningAll()
        .executeTakeFirst()
      if (!revoked) throw await unrevocable(id)
      return revoked
    },
  }
}
