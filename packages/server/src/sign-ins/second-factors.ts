import type { Frontend, RouteRequest } from '@clerk-server/contract'
import type { Clock } from '../clock.js'
import type { TransactionQueries } from '../database/database.js'
import { ApiError } from '../errors.js'
import { requireUnlocked } from '../users/attempts.js'
import type { Attempt } from './attempt.js'
import type { SignInCodes } from './codes.js'
import { recipientOf, secondFactorsOf } from './factors.js'
import type { Advanced, Progress, Standing } from './progress.js'

type Prepare = RouteRequest<Frontend, 'POST /client/sign_ins/{sign_in_id}/prepare_second_factor', 'output'>['body']
type Sent = RouteRequest<Frontend, 'POST /client/sign_ins/{sign_in_id}/attempt_second_factor', 'output'>['body']

/** What somebody proves beside the first factor who has a second. */
export interface SecondFactors {
  /** Has a code sent. @throws ApiError `strategy_for_user_invalid`, and those of {@link SignInCodes.prepare} */
  prepare(standing: Standing, asked: Prepare): Promise<Attempt>
  /** @throws ApiError `form_code_incorrect`, and those of {@link SignInCodes.attempt} */
  attempt(standing: Standing, sent: Sent): Promise<Advanced>
}

/** Codes that need not be sent. Each is accepted once. */
interface OneTimeCodes {
  accept(transaction: TransactionQueries, userId: string, code: string): Promise<boolean>
}

interface SecondFactorParts {
  progress: Progress
  codes: SignInCodes
  totps: OneTimeCodes
  backupCodes: OneTimeCodes
  clock: Clock
}

export function createSecondFactors({ progress, codes, totps, backupCodes, clock }: SecondFactorParts): SecondFactors {
  const byOneTimeCode =
    (strategy: 'totp' | 'backup_code', accepts: OneTimeCodes) =>
    async (standing: Standing, { code }: Sent) => {
      const advanced = await progress.tried(
        standing,
        (_, giveBack) =>
          progress.step(standing, async (transaction, attempt, account) => {
            if (!account || !(await accepts.accept(transaction, account.row.id, code))) return undefined
            await giveBack(transaction)
            const second = { strategy, status: 'verified' } as const
            return progress.advance(transaction, { ...attempt, second }, account, standing)
          }),
        async () => undefined,
      )
      if (advanced) return advanced
      throw new ApiError('form_code_incorrect', { param: 'code', message: 'is wrong, or was used already' })
    }

  const strategies: Record<Sent['strategy'], (standing: Standing, sent: Sent) => Promise<Advanced>> = {
    totp: byOneTimeCode('totp', totps),
    backup_code: byOneTimeCode('backup_code', backupCodes),
    phone_code: (standing, { code }) => codes.attempt(standing, 'second', { strategy: 'phone_code', code }),
  }

  return {
    async prepare(standing, { phone_number_id }) {
      const { account } = standing
      if (account) requireUnlocked(account.row, clock())
      const named = { id: phone_number_id ?? undefined, identifier: null }
      const recipient = recipientOf(account ? secondFactorsOf(account) : [], 'phone_code', named)
      if (!recipient) {
        throw new ApiError('strategy_for_user_invalid', {
          param: 'strategy',
          message: 'phone_code cannot be used for this account',
        })
      }
      return codes.prepare(standing, 'second', 'phone_code', recipient)
    },

    attempt: (standing, sent) => strategies[sent.strategy](standing, sent),
  }
}
