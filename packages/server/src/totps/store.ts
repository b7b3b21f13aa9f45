import type { Clock } from '../clock.js'
import type { Database, TransactionQueries } from '../database/database.js'
import type { TOTPsTable, UsersTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import { type LockedUser, lockIdentified, settleSecondFactors } from '../identifications/settlement.js'
import type { Ids } from '../ids.js'
import { placeOf } from '../sealing/reseal.js'
import type { Sealing } from '../sealing/sealing.js'
import { newSecret, stepOf } from './authenticator.js'

/** An authenticator application, with its secret in the clear. */
export type StoredTOTP = TOTPsTable

/** The authenticator applications of users: each has one at most. No code is accepted twice, however many try it at once. */
export interface TOTPStore {
  /**
   * Gives a user a new secret, in place of one of which no code was shown. It is no factor until {@link verify}.
   *
   * @throws ApiError `totp_already_enabled`, `resource_not_found`
   */
  create(userId: string): Promise<StoredTOTP>
  /**
   * Makes it a second factor by a code of it. Attempts are not counted here.
   *
   * @returns `undefined` when the code is wrong
   * @throws ApiError `resource_not_found` when the user has none
   */
  verify(userId: string, code: string): Promise<StoredTOTP | undefined>
  /** Makes a secret that a user has from elsewhere their second factor, in place of another. @throws ApiError `resource_not_found` */
  adopt(transaction: TransactionQueries, userId: string, secret: string): Promise<void>
  /** Whether a code is right, and of a step that none was accepted of, in the transaction of what it lets happen. */
  accept(transaction: TransactionQueries, userId: string, code: string): Promise<boolean>
  /** Takes it away. @throws ApiError `resource_not_found` when the user has none */
  delete(userId: string): Promise<StoredTOTP>
}

export function createTOTPStore(
  { queries }: Pick<Database, 'queries'>,
  sealing: Sealing,
  clock: Clock,
  ids: Ids,
): TOTPStore {
  const sealed = (row: StoredTOTP): TOTPsTable => ({
    ...row,
    secret: sealing.seal(placeOf('totps', row.id), row.secret),
  })
  const opened = (row: TOTPsTable): StoredTOTP => ({
    ...row,
    secret: sealing.open(placeOf('totps', row.id), row.secret),
  })

  async function find(transaction: TransactionQueries, userId: string): Promise<StoredTOTP | undefined> {
    const row = await transaction.selectFrom('totps').selectAll().where('user_id', '=', userId).executeTakeFirst()
    return row && opened(row)
  }

  /** Uses up the step that a code is of. Whoever comes second with it finds it used. */
  async function used(transaction: TransactionQueries, totp: StoredTOTP, code: string): Promise<boolean> {
    const step = await stepOf(totp.secret, code, clock())
    if (step === undefined) return false
    const updated = await transaction
      .updateTable('totps')
      .set({ last_step: step, updated_at: clock() })
      .where('id', '=', totp.id)
      .where((row) => row.or([row('last_step', 'is', null), row('last_step', '<', step)]))
      .returning('id')
      .executeTakeFirst()
    return updated !== undefined
  }

  async function replace(
    transaction: TransactionQueries,
    given: Pick<TOTPsTable, 'user_id' | 'secret' | 'verified'>,
  ): Promise<StoredTOTP> {
    await transaction.deleteFrom('totps').where('user_id', '=', given.user_id).execute()
    const now = clock()
    const totp = { id: ids('totp'), last_step: null, created_at: now, updated_at: now, ...given }
    await transaction.insertInto('totps').values(sealed(totp)).execute()
    return totp
  }

  async function settle(transaction: TransactionQueries, before: LockedUser, totp_enabled: UsersTable['totp_enabled']) {
    const now = clock()
    const after = { ...before, user: { ...before.user, totp_enabled } }
    await transaction
      .updateTable('users')
      .set({ totp_enabled, ...(await settleSecondFactors(transaction, before, after, now)), updated_at: now })
      .where('id', '=', before.user.id)
      .execute()
  }

  return {
    create: (userId) =>
      queries.transaction().execute(async (transaction) => {
        const { user } = await lockIdentified(transaction, userId)
        if (user.totp_enabled) throw new ApiError('totp_already_enabled')
        return replace(transaction, { user_id: userId, secret: await newSecret(), verified: 0 })
      }),

    async adopt(transaction, userId, secret) {
      const before = await lockIdentified(transaction, userId)
      await replace(transaction, { user_id: userId, secret, verified: 1 })
      await settle(transaction, before, 1)
    },

    verify: (userId, code) =>
      queries.transaction().execute(async (transaction) => {
        const before = await lockIdentified(transaction, userId)
        const totp = await find(transaction, userId)
        if (!totp) throw noTOTP()
        if (!(await used(transaction, totp, code))) return undefined
        await transaction.updateTable('totps').set({ verified: 1 }).where('id', '=', totp.id).execute()
        await settle(transaction, before, 1)
        return { ...totp, verified: 1, updated_at: clock() }
      }),

    async accept(transaction, userId, code) {
      const totp = await find(transaction, userId)
      return totp !== undefined && totp.verified === 1 && used(transaction, totp, code)
    },

    delete: (userId) =>
      queries.transaction().execute(async (transaction) => {
        const before = await lockIdentified(transaction, userId)
        const row = await transaction
          .deleteFrom('totps')
          .where('user_id', '=', userId)
          .returningAll()
          .executeTakeFirst()
        if (!row) throw noTOTP()
        await settle(transaction, before, 0)
        return opened(row)
      }),
  }
}

const noTOTP = () => new ApiError('resource_not_found', { message: 'there is no authenticator application' })
