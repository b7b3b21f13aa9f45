import type { SignUpsTable } from '../database/tables/index.js'
import { type Address, addresses } from './requirements.js'

/** Who may come in. */
export interface Admittance {
  requireSignUp(identifiers: readonly { type: Address; value: string }[], invited: boolean): Promise<void>
}

/** @throws ApiError when nobody may sign up with what is known of an attempt, or not without an invitation */
export type RequireAdmission = (attempt: SignUpsTable) => Promise<void>

export const admission =
  ({ requireSignUp }: Admittance): RequireAdmission =>
  (attempt) => {
    const known = addresses.flatMap((type) => {
      const value = attempt[type]
      return value === null ? [] : [{ type, value }]
    })
    return requireSignUp(known, attempt.invitation_id !== null)
  }
