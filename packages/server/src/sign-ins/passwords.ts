import type { UsersTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import { madeOnce } from '../made-once.js'
import type { PasswordDigest, Passwords } from '../passwords/passwords.js'
import { checkPassword, checkSize } from '../passwords/policy.js'
import { newSecret } from '../tokens/secret.js'
import type { GiveBack } from '../users/attempts.js'
import { type Account, passwordMark } from './attempt.js'
import type { Advanced, Progress, Standing } from './progress.js'

/** Passwords as a factor, and those that take the place of a forgotten one. */
export interface SignInPasswords {
  /**
   * @throws ApiError `form_password_incorrect`, `form_password_or_identifier_incorrect`, `strategy_for_user_invalid`,
   *   `form_password_size_in_bytes_exceeded`, `user_locked`, `user_banned`, `client_state_invalid`
   */
  attempt(standing: Standing, password: string): Promise<Advanced>
  /** @throws ApiError one of `form_password_…`, `user_locked`, `user_banned`, `client_state_invalid` */
  reset(standing: Standing, chosen: { password: string; sign_out_of_other_sessions: boolean }): Promise<Advanced>
}

interface Users {
  replaceDigest(user: UsersTable, better: PasswordDigest): Promise<void>
}

export function createSignInPasswords(progress: Progress, passwords: Passwords, users: Users): SignInPasswords {
  /** What a password is compared with where there is none. */
  const nobodys = madeOnce(() => passwords.digest(newSecret()))

  return {
    async attempt(standing, password) {
      const { settings } = standing.visitor
      const hidden = settings.enumeration_protection
      checkSize(password)
      if (hidden) await nobodys()
      const account = hasPassword(standing.account) && settings.password !== 'off' ? standing.account : undefined
      if (!account && !hidden) {
        throw new ApiError('strategy_for_user_invalid', { message: 'this account has no password: sign in by a code' })
      }
      const advanced = await progress.tried(
        { ...standing, account },
        async ({ row }, giveBack) => {
          const isRight = await passwords.verify(row, password, (better) => users.replaceDigest(row, better))
          return isRight ? letIn(standing, row, giveBack) : undefined
        },
        async () => passwords.verify(await nobodys(), password, async () => {}),
      )
      if (advanced) return advanced
      const code = hidden ? 'form_password_or_identifier_incorrect' : 'form_password_incorrect'
      throw new ApiError(code, { param: 'password', message: hidden ? 'or identifier is wrong' : 'is wrong' })
    },

    async reset(standing, { password, sign_out_of_other_sessions }) {
      const { account } = standing
      const names = [...(account?.identifications.map(({ value }) => value) ?? []), account?.row.username ?? '']
      await checkPassword(password, { identifiers: names, skipChecks: false })
      const new_password = { ...(await passwords.digest(password)), sign_out_of_other_sessions }
      return progress.step(standing, (transaction, attempt, user) => {
        if (!user || !attempt.first) throw new ApiError('client_state_invalid')
        const first = { ...attempt.first, new_password }
        return progress.advance(transaction, { ...attempt, first }, user, standing)
      })
    },
  }

  /** The password may have been changed while it was being verified. */
  function letIn(standing: Standing, verified: UsersTable, giveBack: GiveBack): Promise<Advanced | undefined> {
    return progress.step(standing, async (transaction, attempt, account) => {
      if (!account || passwordMark(account.row) !== passwordMark(verified)) return undefined
      await giveBack(transaction)
      const first = { strategy: 'password', status: 'verified' } as const
      return progress.advance(transaction, { ...attempt, first }, account, standing)
    })
  }
}

const hasPassword = (account: Account | undefined) => account !== undefined && account.row.password_digest !== null
