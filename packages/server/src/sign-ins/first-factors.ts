import type { Frontend, RouteRequest } from '@clerk-server/contract'
import type { Clock } from '../clock.js'
import { ApiError } from '../errors.js'
import { requireUnlocked } from '../users/attempts.js'
import type { Attempt } from './attempt.js'
import type { SignInCodes } from './codes.js'
import { firstFactorsOf, type Pseudonyms, recipientOf } from './factors.js'
import type { SignInPasswords } from './passwords.js'
import type { Advanced, Progress, Standing } from './progress.js'
import { type CodeStrategy, codeStrategies } from './strategies.js'
import type { SignInTickets } from './tickets.js'

type Prepare = RouteRequest<Frontend, 'POST /client/sign_ins/{sign_in_id}/prepare_first_factor', 'output'>['body']
type Sent = RouteRequest<Frontend, 'POST /client/sign_ins/{sign_in_id}/attempt_first_factor', 'output'>['body']
type NewPassword = RouteRequest<Frontend, 'POST /client/sign_ins/{sign_in_id}/reset_password', 'output'>['body']

/** What somebody proves first who wants in. */
export interface FirstFactors {
  /** Has a code sent. @throws ApiError `strategy_for_user_invalid`, and those of {@link SignInCodes.prepare} */
  prepare(standing: Standing, asked: Prepare): Promise<Attempt>
  /** @throws ApiError those of the strategy, and `form_conditional_param_missing` */
  attempt(standing: Standing, sent: Sent): Promise<Advanced>
  /** Takes the new password, after a code that asks for one. @throws ApiError those of {@link SignInPasswords.reset} */
  reset(standing: Standing, chosen: NewPassword): Promise<Advanced>
}

interface FirstFactorParts {
  progress: Progress
  codes: SignInCodes
  passwords: SignInPasswords
  tickets: SignInTickets
  pseudonym: Pseudonyms
  clock: Clock
}

type AttemptFirstFactor = (standing: Standing, sent: Sent) => Promise<Advanced>

export function createFirstFactors({
  progress,
  codes,
  passwords,
  tickets,
  pseudonym,
  clock,
}: FirstFactorParts): FirstFactors {
  const reset: FirstFactors['reset'] = (standing, { password, sign_out_of_other_sessions }) =>
    passwords.reset(standing, { password, sign_out_of_other_sessions: sign_out_of_other_sessions ?? true })

  const byCode =
    (strategy: CodeStrategy): AttemptFirstFactor =>
    (standing, sent) =>
      codes.attempt(standing, 'first', { strategy, code: required(sent, 'code') })

  /** The code is used up even if the password that came with it is refused: the next one needs none. */
  const byResetCode =
    (strategy: CodeStrategy): AttemptFirstFactor =>
    async (standing, sent) => {
      const advanced = await byCode(strategy)(standing, sent)
      if (sent.password == null) return advanced
      const next = await progress.standing(standing.visitor, advanced.attempt.id, 'needs_new_password')
      return reset(next, { password: sent.password })
    }

  const strategies: Record<Sent['strategy'], AttemptFirstFactor> = {
    password: (standing, sent) => passwords.attempt(standing, required(sent, 'password')),
    ticket: (standing, sent) => tickets.attempt(standing, required(sent, 'ticket')),
    email_code: byCode('email_code'),
    phone_code: byCode('phone_code'),
    reset_password_email_code: byResetCode('reset_password_email_code'),
    reset_password_phone_code: byResetCode('reset_password_phone_code'),
  }

  return {
    reset,

    async prepare(standing, { strategy, ...asked }) {
      const { attempt, account, visitor } = standing
      if (account) requireUnlocked(account.row, clock())
      const factors = firstFactorsOf(attempt, account, visitor.settings, pseudonym)
      const id = asked[`${codeStrategies[strategy].type}_id`] ?? undefined
      const recipient = recipientOf(factors, strategy, { id, identifier: attempt.identifier })
      if (!recipient) {
        const message = `${strategy} cannot be used for this account`
        throw new ApiError('strategy_for_user_invalid', { param: 'strategy', message })
      }
      return codes.prepare(standing, 'first', strategy, recipient)
    },

    attempt: (standing, sent) => strategies[sent.strategy](standing, sent),
  }
}

/** @throws ApiError `form_conditional_param_missing` */
function required(sent: Sent, param: 'code' | 'password' | 'ticket'): string {
  const value = sent[param]
  if (value) return value
  throw new ApiError('form_conditional_param_missing', { param, message: `is required with ${sent.strategy}` })
}
