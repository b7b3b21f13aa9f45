import type { SignInJSON } from '@clerk-server/contract'
import type { IdentificationsTable, SignInsTable, UsersTable, VerificationsTable } from '../database/tables/index.js'
import { hasSecondFactor } from '../identifications/rules.js'
import type { PasswordDigest } from '../passwords/passwords.js'
import { type CodeStrategy, resetsPassword } from './strategies.js'

/** Whom an attempt is about. */
export interface Account {
  row: UsersTable
  identifications: Pick<
    IdentificationsTable,
    'id' | 'type' | 'value' | 'status' | 'reserved_for_second_factor' | 'default_second_factor'
  >[]
}

/** A code that was sent, and what came of it. */
export interface CodeProof extends Pick<VerificationsTable, 'status' | 'attempts' | 'expire_at'> {
  strategy: CodeStrategy
  verification_id: string
  /** What the verification was made for. */
  subject_id: string
}

/** Something that needs no preparation: it is there once it was right. */
interface OtherProof<Strategy> {
  strategy: Strategy
  status: 'verified'
}

/** A password that was chosen, and takes the place of the other one with the last step. */
interface NewPassword extends PasswordDigest {
  sign_out_of_other_sessions: boolean
}

export type FirstProof = (CodeProof & { new_password?: NewPassword }) | OtherProof<'password' | 'ticket'>
export type SecondProof = CodeProof | OtherProof<'totp' | 'backup_code'>

/** An attempt to sign in, with its proofs taken out of the text. */
export interface Attempt extends Omit<SignInsTable, 'first_factor' | 'second_factor'> {
  first: FirstProof | null
  second: SecondProof | null
}

export const attemptOf = ({ first_factor, second_factor, ...row }: SignInsTable): Attempt => ({
  ...row,
  first: first_factor === null ? null : (JSON.parse(first_factor) as FirstProof),
  second: second_factor === null ? null : (JSON.parse(second_factor) as SecondProof),
})

export const rowOf = ({ first, second, ...row }: Attempt): SignInsTable => ({
  ...row,
  first_factor: first && JSON.stringify(first),
  second_factor: second && JSON.stringify(second),
})

type Status = SignInJSON['status']

/** What an attempt waits for at a moment: the first of the things, in this order, that is not there. */
export function statusAt(attempt: Attempt, account: Account | undefined, now: number): Status {
  const { first, second } = attempt
  if (attempt.created_session_id !== null) return 'complete'
  if (attempt.abandon_at <= now) return 'abandoned'
  if (attempt.identifier === null && attempt.user_id === null) return 'needs_identifier'
  if (first?.status !== 'verified') return 'needs_first_factor'
  if (resetsPassword(first.strategy) && !newPasswordOf(attempt)) return 'needs_new_password'
  if (asksForSecondFactor(account) && second?.status !== 'verified') return 'needs_second_factor'
  return 'complete'
}

export const asksForSecondFactor = (account: Account | undefined) =>
  account !== undefined && hasSecondFactor(account.row, account.identifications)

export const newPasswordOf = ({ first }: Attempt) => (first && 'new_password' in first ? first.new_password : undefined)
