import { createHmac } from 'node:crypto'
import type { Clock } from '../clock.js'
import type { Database, TransactionQueries } from '../database/database.js'
import { ApiError } from '../errors.js'
import { hasSecondFactor } from '../identifications/rules.js'
import { lockIdentified } from '../identifications/settlement.js'

const codesAtOnce = 10
const length = 8
/** Letters and digits that nobody takes for one another: 40 bits a code. */
const alphabet = 'abcdefghjkmnpqrstuvwxyz123456789'

/** Codes for users who have lost their other second factor. Each is good for one time, however many try it at once. */
export interface BackupCodeStore {
  /**
   * Gives a user ten new codes, in place of all there were. They are told this once; only digests are kept.
   *
   * @throws ApiError `backup_codes_not_available` when there is no second factor that they could stand in for
   */
  generate(userId: string): Promise<{ codes: string[]; createdAt: number }>
  /**
   * Gives a user the codes that they have from elsewhere, in place of all there were.
   *
   * @throws ApiError `backup_codes_not_available`
   */
  adopt(transaction: TransactionQueries, userId: string, codes: string[]): Promise<void>
  /** Whether a code is right and was not used, in the transaction of what it lets happen. It is used up then. */
  accept(transaction: TransactionQueries, userId: string, code: string): Promise<boolean>
}

/**
 * @param key makes digests of codes that are good for nothing without it
 * @param random an unpredictable integer from 0 up to, but not including, its argument
 */
export function createBackupCodeStore(
  { queries }: Pick<Database, 'queries'>,
  key: Buffer,
  clock: Clock,
  random: (end: number) => number,
): BackupCodeStore {
  const digest = (userId: string, code: string) => createHmac('sha256', key).update(`${userId} ${code}`).digest('hex')
  const newCode = () => Array.from({ length }, () => alphabet[random(alphabet.length)]).join('')

  async function replace(transaction: TransactionQueries, userId: string, codes: Iterable<string>): Promise<number> {
    const now = clock()
    const { user, rows } = await lockIdentified(transaction, userId)
    const digests = new Set([...codes].map((code) => digest(userId, plain(code))))
    if (digests.size > 0 && !hasSecondFactor(user, rows)) throw new ApiError('backup_codes_not_available')
    await transaction.deleteFrom('backup_codes').where('user_id', '=', userId).execute()
    if (digests.size > 0) {
      const values = [...digests].map((one) => ({ user_id: userId, digest: one, used_at: null, created_at: now }))
      await transaction.insertInto('backup_codes').values(values).execute()
    }
    await transaction
      .updateTable('users')
      .set({ backup_code_enabled: digests.size > 0 ? 1 : 0, updated_at: now })
      .where('id', '=', userId)
      .execute()
    return now
  }

  return {
    generate: (userId) =>
      queries.transaction().execute(async (transaction) => {
        const codes = new Set<string>()
        while (codes.size < codesAtOnce) codes.add(newCode())
        return { codes: [...codes], createdAt: await replace(transaction, userId, codes) }
      }),

    async adopt(transaction, userId, codes) {
      await replace(transaction, userId, codes)
    },

    async accept(transaction, userId, code) {
      const used = await transaction
        .updateTable('backup_codes')
        .set({ used_at: clock() })
        .where('user_id', '=', userId)
        .where('digest', '=', digest(userId, plain(code)))
        .where('used_at', 'is', null)
        .returning('user_id')
        .executeTakeFirst()
      return used !== undefined
    },
  }
}

/** As it was made, however it is typed. */
const plain = (code: string) => code.replace(/[\s-]/g, '').toLowerCase()
