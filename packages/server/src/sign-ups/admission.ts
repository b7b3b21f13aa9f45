import type { Admittance } from '../admittance/admittance.js'
import type { SignUpsTable } from '../database/tables/index.js'
import { addresses } from './requirements.js'

/** @throws ApiError when nobody may sign up with what is known of an attempt, or not without an invitation */
export type RequireAdmission = (attempt: SignUpsTable) => Promise<void>

export const admission =
  ({ requireSignUp }: Pick<Admittance, 'requireSignUp'>): RequireAdmission =>
  (attempt) => {
    const known = addresses.flatMap((type) => {
      const value = attempt[type]
      return value === null ? [] : [{ type, value }]
    })
    return requireSignUp(known, attempt.invitation_id !== null)
  }
