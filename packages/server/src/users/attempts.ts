import { sql } from 'kysely'
import type { Clock } from '../clock.js'
import type { Queries } from '../database/database.js'
import type { Flag, UsersTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import { isLocked, lockedFrom, lockoutAttempts } from './standing.js'

/** Takes the count of an attempt back, and the lock that it has led to if others have used up the rest meanwhile. */
export type GiveBack = (within: Queries) => Promise<void>

/** Counts what is tried of the secrets of users: passwords, codes, backup codes, whatever it is (OWASP ASVS 6.3.1). */
export interface Attempts {
  /**
   * Tries something, of whose failures a user has ten in a row. It counts as failed from its beginning, so that many at
   * once are as many as one after another; what succeeds, or was no attempt after all, is given back. Those that failed
   * before count until the user is signed in. Not to be called in a transaction, which could undo the count.
   *
   * @param work gives back `undefined` for what was wrong; what it throws counts as no attempt. It is told how to give the
   *   attempt back itself, in the transaction of what it lets happen
   * @throws ApiError `user_locked` when none is left, and whatever `work` throws
   */
  count<Result>(userId: string, work: (giveBack: GiveBack) => Promise<Result | undefined>): Promise<Result | undefined>
  /** Takes as long as counting an attempt that fails, and counts none. */
  pretend(userId: string): Promise<void>
}

export function createAttempts(queries: Queries, clock: Clock): Attempts {
  async function begin(userId: string): Promise<void> {
    const now = clock()
    const counted = await queries
      .updateTable('users')
      .set((user) => ({
        // A lock that has run out leaves nothing behind.
        failed_verifications: user
          .case()
          .when('locked', '=', 1)
          .then(1)
          .else(user('failed_verifications', '+', 1))
          .end(),
        locked: 0,
        lockout_expires_at: null,
      }))
      .where('id', '=', userId)
      .where((user) =>
        user.or([
          user.and([user('locked', '=', 0), user('failed_verifications', '<', lockoutAttempts)]),
          user.and([user('locked', '=', 1), user('lockout_expires_at', '<=', now)]),
        ]),
      )
      .returning('id')
      .executeTakeFirst()
    if (counted) return
    await lockExhausted(userId)
    const user = await queries.selectFrom('users').selectAll().where('id', '=', userId).executeTakeFirst()
    throw user ? lockedError(user, now) : new ApiError('resource_not_found', { message: 'this account was deleted' })
  }

  const lockExhausted = (userId: string) =>
    queries
      .updateTable('users')
      .set(lockedFrom(clock()))
      .where('id', '=', userId)
      .where('locked', '=', 0)
      .where('failed_verifications', '>=', lockoutAttempts)
      .execute()

  async function giveBack(userId: string, within: Queries): Promise<void> {
    await within
      .updateTable('users')
      .set((user) => {
        const wasLast = user('failed_verifications', '>=', lockoutAttempts)
        return {
          failed_verifications: user('failed_verifications', '-', 1),
          locked: user.case().when(wasLast).then(sql.lit<Flag>(0)).else(user.ref('locked')).end(),
          lockout_expires_at: user.case().when(wasLast).then(null).else(user.ref('lockout_expires_at')).end(),
        }
      })
      .where('id', '=', userId)
      .where('failed_verifications', '>', 0)
      .execute()
  }

  return {
    async pretend(userId) {
      await queries
        .updateTable('users')
        .set({ failed_verifications: sql.ref('failed_verifications') })
        .where('id', '=', userId)
        .returning('id')
        .execute()
      await lockExhausted('')
    },

    async count(userId, work) {
      await begin(userId)
      let result: Awaited<ReturnType<typeof work>>
      let isGivenBack = false
      try {
        result = await work(async (within) => {
          await giveBack(userId, within)
          isGivenBack = true
        })
      } catch (error) {
        // Whatever was done in a transaction that failed was not.
        await giveBack(userId, queries)
        throw error
      }
      if (result === undefined) await lockExhausted(userId)
      else if (!isGivenBack) await giveBack(userId, queries)
      return result
    },
  }
}

/** @throws ApiError `user_banned`, `user_locked` */
export function requireAllowed(user: UsersTable, now: number): void {
  if (user.banned) throw new ApiError('user_banned', { message: 'this account is banned' })
  requireUnlocked(user, now)
}

/** @throws ApiError `user_locked` */
export function requireUnlocked(user: UsersTable, now: number): void {
  if (isLocked(user, now)) throw lockedError(user, now)
}

/** Says when to try again, where the lock ends by itself. */
function lockedError({ lockout_expires_at: end }: Pick<UsersTable, 'lockout_expires_at'>, now: number): ApiError {
  if (end === null) return new ApiError('user_locked', { message: 'this account is locked' })
  const seconds = Math.ceil((end - now) / 1000)
  return new ApiError('user_locked', {
    message: `this account is locked: try again in ${Math.ceil(seconds / 60)} minutes`,
    meta: { lockout_expires_in_seconds: seconds },
  })
}
