import type { SignInFactorJSON, SignInJSON } from '@clerk-server/contract'
import type { Clock } from '../clock.js'
import type { Settings } from '../settings/settings.js'
import { enabledIdentifiers } from '../settings/strategies.js'
import { statusAt as verificationStatusAt } from '../verifications/status.js'
import type { Visitor } from '../visitors/visitor.js'
import {
  type Account,
  type Attempt,
  type CodeProof,
  type FirstProof,
  firstOf,
  isCode,
  type SecondProof,
  statusAt,
} from './attempt.js'
import { type Factor, firstFactorsOf, type Pseudonyms, secondFactorsOf } from './factors.js'
import { safeIdentifier } from './safe-identifier.js'

/** An attempt as its browser sees it now. */
export type ShowSignIn = (attempt: Attempt, visitor: Pick<Visitor, 'settings'>) => Promise<SignInJSON>

export const showSignIn =
  (users: { get(id: string): Promise<Account> }, pseudonym: Pseudonyms, clock: Clock): ShowSignIn =>
  async (attempt, { settings }) => {
    // Of somebody who may not be known yet nothing is shown, and nothing read: the time would tell.
    const isShown = (first: FirstProof | null) => first?.status === 'verified' || !settings.enumeration_protection
    const found = attempt.user_id !== null && isShown(attempt.first) ? await users.get(attempt.user_id) : undefined
    const first = firstOf(attempt, found)
    return signInView({ ...attempt, first }, isShown(first) ? found : undefined, settings, pseudonym, clock())
  }

function signInView(
  attempt: Attempt,
  account: Account | undefined,
  settings: Settings,
  pseudonym: Pseudonyms,
  now: number,
): SignInJSON {
  const proven = attempt.first?.status === 'verified'
  return {
    object: 'sign_in_attempt',
    id: attempt.id,
    status: statusAt(attempt, account, now),
    supported_identifiers: enabledIdentifiers(settings),
    supported_first_factors: firstFactorsOf(attempt, account, settings, pseudonym).map((factor) =>
      factorView(factor, 'primary'),
    ),
    // What else somebody has is told to whoever has proven to be them, and to nobody before.
    supported_second_factors:
      proven && account ? secondFactorsOf(account).map((factor) => factorView(factor, 'default')) : null,
    first_factor_verification: attempt.first && firstView(attempt.first, now),
    second_factor_verification: attempt.second && secondView(attempt.second, now),
    identifier: attempt.identifier,
    user_data: account ? userData(account) : null,
    created_session_id: attempt.created_session_id,
    abandon_at: attempt.abandon_at,
  }
}

function factorView({ strategy, recipient }: Factor, preference: 'primary' | 'default'): SignInFactorJSON {
  if (!recipient) return { strategy }
  const { type, id, preferred } = recipient
  return { strategy, safe_identifier: safeIdentifier(recipient), [`${type}_id`]: id, [preference]: preferred }
}

const firstView = (proof: FirstProof, now: number): SignInJSON['first_factor_verification'] => {
  if (isCode(proof)) return codeView(proof, now)
  return proof.strategy === 'password'
    ? { object: 'verification_password', ...done, strategy: 'password' }
    : { object: 'verification_ticket', ...done, strategy: 'ticket' }
}

const secondView = (proof: SecondProof, now: number): SignInJSON['second_factor_verification'] => {
  if (isCode(proof)) return codeView(proof, now)
  return proof.strategy === 'totp'
    ? { object: 'verification_totp', ...done, strategy: 'totp' }
    : { object: 'verification_backup_code', ...done, strategy: 'backup_code' }
}

const done = { status: 'verified', attempts: null, expire_at: null } as const

const codeView = (proof: CodeProof, now: number) =>
  ({
    object: 'verification_otp',
    status: verificationStatusAt(proof, now),
    strategy: proof.strategy,
    attempts: proof.attempts,
    expire_at: proof.expire_at,
  }) as const

const userData = ({ row }: Account) => ({
  first_name: row.first_name,
  last_name: row.last_name,
  image_url: '',
  has_image: false,
  profile_image_url: '',
})
