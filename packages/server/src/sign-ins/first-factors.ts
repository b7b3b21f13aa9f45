import type { Frontend, RouteRequest } from '@clerk-server/contract'
import type { Clock } from '../clock.js'
import { ApiError } from '../errors.js'
import { requireUnlocked } from '../users/attempts.js'
import type { Visitor } from '../visitors/visitor.js'
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
  attempt(standing: Standing, sent: Sent, visitor: Visitor): Promise<Advanced>
  /** Takes the new password, after a code that asks for one. @throws ApiError those of {@link SignInPasswords.reset} */
  reset(standing: Standing, chosen: NewPassword, visitor: Visitor): Promise<Advanced>
}

interface FirstFactorParts {
  progress: Progress
  codes: SignInCodes
  passwords: SignInPasswords
  tickets: SignInTickets
  pseudonym: Pseudonyms
  clock: Clock
}

type AttemptFirstFactor = (standing: Standing, sent: Sent, visitor: Visitor) => Promise<Advanced>

export function createFirstFactors({
  progress,
  codes,
  passwords,
  tickets,
  pseudonym,
  clock,
}: FirstFactorParts): FirstFactors {
  const reset: FirstFactors['reset'] = (standing, { password, sign_out_of_other_sessions }, visitor) =>
    passwords.reset(standing, { password, sign_out_of_other_sessions: sign_out_of_other_sessions ?? false }, visitor)

  const byCode: AttemptFirstFactor = (standing, sent, visitor) =>
    codes.attempt(standing, 'first', { strategy: sent.strategy as CodeStrategy, code: required(sent, 'code') }, visitor)

  /** The code is used up even if the password that came with it is refused: the next one needs none. */
  const byResetCode: AttemptFirstFactor = async (standing, sent, visitor) => {
    const advanced = await byCode(standing, sent, visitor)
    if (sent.password == null) return advanced
    const next = await progress.standing(visitor, advanced.attempt.id, 'needs_new_password')
    return reset(next, { password: sent.password }, visitor)
  }

  const strategies: Record<Sent['strategy'], AttemptFirstFactor> = {
    password: (standing, sent, visitor) => passwords.attempt(standing, required(sent, 'password'), visitor),
    ticket: (standing, sent, visitor) => tickets.attempt(standing, required(sent, 'ticket'), visitor),
    email_code: byCode,
    phone_code: byCode,
    reset_password_email_code: byResetCode,
    reset_password_phone_code: byResetCode,
  }

  return {
    reset,

    async prepare(standing, { strategy, ...asked }) {
      const { attempt, account, settings } = standing
      if (account) requireUnlocked(account.row, clock())
      const factors = firstFactorsOf(attempt, account, settings, pseudonym)
      const id = asked[`${codeStrategies[strategy].type}_id`] ?? undefined
      const recipient = recipientOf(factors, strategy, { id, identifier: attempt.identifier })
      if (!recipient)
        throw new ApiError('strategy_for_user_invalid', {
          param: 'strategy',
          message: `${strategy} cannot be used for this account`,
        })
      return codes.prepare(standing, 'first', strategy, recipient)
    },

    attempt: (standing, sent, visitor) => strategies[sent.strategy](standing, sent, visitor),
  }
}

/** @throws ApiError `form_conditional_param_missing` */
function required(sent: Sent, param: 'code' | 'password' | 'ticket'): string {
  const value = sent[param]
  if (value) return value
  throw new ApiError('form_conditional_param_missing', { param, message: `is required with ${sent.strategy}` })
}
