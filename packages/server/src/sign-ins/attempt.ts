import type { SignInJSON } from '@clerk-server/contract'
import type { IdentificationsTable, SignInsTable, UsersTable, VerificationsTable } from '../database/tables/index.js'
import { hasSecondFactor } from '../identifications/rules.js'
import type { PasswordDigest } from '../passwords/passwords.js'
import { type CodeStrategy, codeStrategies, isCodeStrategy, resetsPassword } from './strategies.js'

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
  /** The address or number that it was sent to. */
  recipient: string
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

export type FirstProof = ((CodeProof & { new_password?: NewPassword }) | OtherProof<'password' | 'ticket'>) & {
  /** What {@link passwordMark} was when it was right. */
  password_mark?: string
}
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

/** Tells one password of a user from the next. A digest tells less: a better one of the same password may take its place. */
export const passwordMark = ({ password_digest, password_updated_at }: UsersTable): string =>
  password_digest === null ? 'none' : `of ${password_updated_at}`

/** An attempt whose first factor, where it was right just now, is kept with the password there is. */
export function marked(attempt: Attempt, { row }: Account): Attempt {
  const { first } = attempt
  if (first?.status !== 'verified' || first.password_mark !== undefined) return attempt
  return { ...attempt, first: { ...first, password_mark: passwordMark(row) } }
}

/** Whether a code went to what is still the user's, and still such a factor. */
export const isOwnCode = (
  { strategy, recipient }: Pick<CodeProof, 'strategy' | 'recipient'>,
  place: 'first' | 'second',
  { identifications }: Account,
): boolean =>
  identifications.some(
    ({ type, value, status, reserved_for_second_factor }) =>
      type === codeStrategies[strategy].type &&
      value === recipient &&
      status === 'verified' &&
      reserved_for_second_factor === (place === 'second' ? 1 : 0),
  )

export const isCode = (proof: FirstProof | SecondProof): proof is CodeProof => isCodeStrategy(proof.strategy)

/**
 * The first factor, as far as it counts until the attempt is complete. Who changes a password, or gives up an address, wants
 * to be rid of whoever came by it: what they have proven before is to be proven anew.
 */
export function firstOf({ first, created_session_id }: Attempt, account: Account | undefined): FirstProof | null {
  if (first?.status !== 'verified' || created_session_id !== null || account === undefined) return first
  const counts =
    first.password_mark === passwordMark(account.row) && (!isCode(first) || isOwnCode(first, 'first', account))
  return counts ? first : null
}

type Status = SignInJSON['status']

/** What an attempt waits for at a moment: the first of the things, in this order, that is not there. */
export function statusAt(attempt: Attempt, account: Account | undefined, now: number): Status {
  const { second } = attempt
  const first = firstOf(attempt, account)
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
