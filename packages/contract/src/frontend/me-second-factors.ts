import { z } from 'zod'
import { Deleted } from '../backend/objects.js'
import * as field from '../fields.js'
import { browserTable } from '../route.js'

const TOTP = z
  .object({
    object: z.literal('totp'),
    id: field.Id,
    /** In base32, and as a picture for an application to scan says it; told once, before a code of it was shown. */
    secret: z.string().nullable(),
    uri: z.string().nullable(),
    verified: z.boolean(),
    /** The codes that came with it, where it is the first second factor. */
    backup_codes: z.array(z.string()).nullable(),
    created_at: field.Timestamp,
    updated_at: field.Timestamp,
  })
  .meta({ id: 'TOTP' })

export type TOTPJSON = z.output<typeof TOTP>

const BackupCodes = z
  .object({
    object: z.literal('backup_code'),
    id: field.Id,
    codes: z.array(z.string()),
    created_at: field.Timestamp,
    updated_at: field.Timestamp,
  })
  .meta({ id: 'BackupCodes' })

const ownErrors = ['resource_not_found', 'signed_out'] as const

/** What whoever is signed in has beside a password or a code, but for phone numbers. */
export const meSecondFactors = browserTable({
  'POST /me/totp': {
    summary: 'Get the secret of an authenticator application, which counts once a code of it was shown',
    returns: TOTP,
    errors: ['feature_not_enabled', 'totp_already_enabled', ...ownErrors],
  },
  'POST /me/totp/attempt_verification': {
    summary: 'Show a code of the authenticator application, which is a second factor from then on',
    body: z.object({ code: z.string().trim().max(64) }),
    returns: TOTP,
    errors: ['backup_codes_not_available', 'form_code_incorrect', 'totp_already_enabled', ...ownErrors],
  },
  'DELETE /me/totp': {
    summary: 'Do without the authenticator application',
    returns: Deleted('totp'),
    errors: ownErrors,
  },
  'POST /me/backup_codes': {
    summary: 'Get ten codes that stand in for another second factor once each; those there were end',
    returns: BackupCodes,
    errors: ['backup_codes_not_available', 'feature_not_enabled', ...ownErrors],
  },
})
