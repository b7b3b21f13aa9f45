import { z } from 'zod'
import * as field from '../fields.js'
import { rule } from '../rules.js'

/** In base32, with at least 80 bits: less, and no authenticator application takes it. */
const TOTPSecret = z
  .string()
  .overwrite((value) => value.replace(/[\s=]/g, '').toUpperCase())
  .refine(
    (value) => /^[A-Z2-7]{16,128}$/.test(value),
    rule('invalid_totp_secret_code', 'must be 16 to 128 characters of base32'),
  )

/** A code as its user has it. A digest of one would have to be tried with every sign-in. */
const BackupCode = field
  .Text(64)
  .trim()
  .min(6)
  .refine(
    (value) => !value.startsWith('$'),
    rule('form_param_value_invalid', 'must be codes as users have them, and no digests of them'),
  )

/** Second factors that a user has from another system. */
export const secondFactors = {
  totp_secret: TOTPSecret.nullish(),
  backup_codes: z.array(BackupCode).max(100).nullish(),
}

/** What can be wrong with them. */
export const secondFactorErrors = ['backup_codes_not_available', 'invalid_totp_secret_code'] as const
