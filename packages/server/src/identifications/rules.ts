import type { IdentificationsTable, UsersTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'

/** What holds for the addresses and numbers of one user, taken together. `rows` are always all of them, in their order. */

export type IdentificationType = IdentificationsTable['type']

/** Somebody has the value, who may be the very same user. */
export const taken = (param: IdentificationType) =>
  new ApiError('form_identifier_exists', { param, message: 'is taken already' })

const names: Record<IdentificationType, string> = { email_address: 'e-mail address', phone_number: 'phone number' }

/** There is none with that id, or not for whoever asks. */
export const unknownIdentification = (type: IdentificationType, id: string) =>
  new ApiError('resource_not_found', { message: `there is no ${names[type]} with the id ${id}` })

/**
 * The primary one of a kind: the one that is wanted or was so far, while it is verified; else the first that is verified.
 * One that nobody has proven is never primary, because applications trust the primary address to be its user's.
 */
export function primaryOf(rows: IdentificationsTable[], type: IdentificationType, wanted: string | null) {
  const verified = rows.filter((row) => row.type === type && row.status === 'verified')
  return (verified.find(({ id }) => id === wanted) ?? verified[0])?.id ?? null
}

/** The number a code is sent to unless another is asked for: the default so far, or else the first second factor. */
export function defaultSecondFactorOf(rows: IdentificationsTable[]) {
  const factors = rows.filter((row) => row.reserved_for_second_factor)
  return (factors.find((row) => row.default_second_factor) ?? factors[0])?.id ?? null
}

/** Whether signing in asks for a second factor. Backup codes alone are none: they stand in for one that was lost. */
export const hasSecondFactor = (
  { totp_enabled }: Pick<UsersTable, 'totp_enabled'>,
  rows: Pick<IdentificationsTable, 'reserved_for_second_factor'>[],
) => totp_enabled === 1 || rows.some((row) => row.reserved_for_second_factor)

/** Whether anything leads to the user, by what `POST /users` counts; a second factor leads to nobody. */
export const isIdentified = (
  { username, external_id }: Pick<UsersTable, 'username' | 'external_id'>,
  rows: (Pick<IdentificationsTable, 'value'> & Partial<Pick<IdentificationsTable, 'reserved_for_second_factor'>>)[],
) => username !== null || external_id !== null || rows.some((row) => !row.reserved_for_second_factor)

/** Whether nothing else of its kind is verified. */
export const isLastVerified = ({ type, status }: IdentificationsTable, rest: IdentificationsTable[]) =>
  status === 'verified' && !rest.some((one) => one.type === type && one.status === 'verified')

/** @throws ApiError `form_verification_needed` */
export function checkPrimary({ status }: Pick<IdentificationsTable, 'status'>, param: string): void {
  if (status === 'verified') return
  throw new ApiError('form_verification_needed', { param, message: 'is for verified addresses only: verify it first' })
}

type UnverifiedFactor =
  | 'identification_create_second_factor_unverified'
  | 'identification_update_second_factor_unverified'

/**
 * @param rows all of the user's as they are to be, this one among them
 * @throws ApiError with the given code, or `identification_update_failed`
 */
export function checkSecondFactor(
  { status }: IdentificationsTable,
  user: UsersTable,
  rows: IdentificationsTable[],
  unverified: UnverifiedFactor,
): void {
  const param = 'reserved_for_second_factor'
  if (status !== 'verified') throw new ApiError(unverified, { param, message: 'is for verified numbers only' })
  if (isIdentified(user, rows)) return
  throw new ApiError('identification_update_failed', { param, message: 'would leave nothing that identifies the user' })
}

/** @throws ApiError `form_param_value_invalid` */
export function checkDefaultSecondFactor({ reserved_for_second_factor }: IdentificationsTable): void {
  if (reserved_for_second_factor) return
  throw new ApiError('form_param_value_invalid', {
    param: 'default_second_factor',
    message: 'is for a number that is reserved_for_second_factor only',
  })
}
