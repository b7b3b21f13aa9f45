import { z } from 'zod'
import { Deleted } from '../backend/objects.js'
import { EmailAddress, PhoneNumber } from '../backend/user.js'
import * as field from '../fields.js'
import { browserTable } from '../route.js'
import { rule } from '../rules.js'

/** How a code is sent. A link that does the same would need a page which is not served. */
const Preparation = <const Strategy extends string>(strategy: Strategy) =>
  z.object({
    strategy: z
      .string()
      .refine(
        (value) => value === strategy,
        rule('form_param_value_invalid', `must be ${strategy}: this server verifies by no other way`),
      )
      .meta({ enum: [strategy] }),
    redirect_url: z.string().nullish(),
    action_complete_redirect_url: z.string().nullish(),
  })

/** A number that became a second factor, with the backup codes that came with it, where it is the first. */
const OwnPhoneNumber = PhoneNumber.extend({ backup_codes: z.array(z.string()).nullable() }).meta({
  id: 'OwnPhoneNumber',
})

export type OwnPhoneNumberJSON = z.output<typeof OwnPhoneNumber>

const Attempt = z.object({ code: z.string().trim().max(64) })

const ownErrors = ['resource_not_found', 'signed_out'] as const
const additionErrors = ['feature_not_enabled', 'form_identifier_exists', 'not_allowed_access', ...ownErrors] as const
const deletionErrors = [
  'identification_deletion_failed',
  'last_required_identification_deletion_failed',
  ...ownErrors,
] as const
const preparationErrors = [
  'verification_already_verified',
  'verification_code_too_many_requests',
  ...ownErrors,
] as const
const attemptErrors = [
  'form_code_incorrect',
  'form_identifier_exists',
  'user_locked',
  'verification_already_verified',
  'verification_expired',
  'verification_failed',
  'verification_missing',
  ...ownErrors,
] as const

/** The addresses and numbers of whoever is signed in. */
export const meAddresses = browserTable({
  'GET /me/email_addresses': {
    summary: "List one's e-mail addresses",
    returns: z.array(EmailAddress),
    bare: true,
    errors: ownErrors,
  },
  'POST /me/email_addresses': {
    summary: 'Add an e-mail address, which counts once it is verified',
    body: z.object({ email_address: field.EmailAddressText }),
    returns: EmailAddress,
    errors: ['form_email_address_blocked', ...additionErrors],
  },
  'GET /me/email_addresses/{email_id}': {
    summary: "Read one of one's e-mail addresses",
    returns: EmailAddress,
    errors: ownErrors,
  },
  'DELETE /me/email_addresses/{email_id}': {
    summary: 'Delete an e-mail address, unless nothing else identifies one',
    returns: Deleted('email_address'),
    errors: deletionErrors,
  },
  'POST /me/email_addresses/{email_id}/prepare_verification': {
    summary: 'Send a code to an e-mail address, which ends the one that was sent before',
    body: Preparation('email_code'),
    returns: EmailAddress,
    errors: preparationErrors,
  },
  'POST /me/email_addresses/{email_id}/attempt_verification': {
    summary: 'Verify an e-mail address by the code that was last sent to it',
    body: Attempt,
    returns: EmailAddress,
    errors: attemptErrors,
  },
  'GET /me/phone_numbers': {
    summary: "List one's phone numbers",
    returns: z.array(PhoneNumber),
    bare: true,
    errors: ownErrors,
  },
  'POST /me/phone_numbers': {
    summary: 'Add a phone number, which counts once it is verified',
    body: z.object({ phone_number: field.PhoneNumberText, reserved_for_second_factor: z.boolean().nullish() }),
    returns: PhoneNumber,
    errors: ['identification_create_second_factor_unverified', ...additionErrors],
  },
  'GET /me/phone_numbers/{phone_number_id}': {
    summary: "Read one of one's phone numbers",
    returns: PhoneNumber,
    errors: ownErrors,
  },
  'PATCH /me/phone_numbers/{phone_number_id}': {
    summary: 'Make a phone number a second factor, or the one that is asked first, or neither',
    body: z.object({
      reserved_for_second_factor: z.boolean().nullish(),
      default_second_factor: z.boolean().nullish(),
    }),
    returns: OwnPhoneNumber,
    errors: [
      'backup_codes_not_available',
      'feature_not_enabled',
      'form_disable_default_second_factor_not_allowed',
      'identification_update_failed',
      'identification_update_second_factor_unverified',
      ...ownErrors,
    ],
  },
  'DELETE /me/phone_numbers/{phone_number_id}': {
    summary: 'Delete a phone number, unless nothing else identifies one',
    returns: Deleted('phone_number'),
    errors: deletionErrors,
  },
  'POST /me/phone_numbers/{phone_number_id}/prepare_verification': {
    summary: 'Send a code to a phone number, which ends the one that was sent before',
    body: Preparation('phone_code'),
    returns: PhoneNumber,
    errors: preparationErrors,
  },
  'POST /me/phone_numbers/{phone_number_id}/attempt_verification': {
    summary: 'Verify a phone number by the code that was last sent to it',
    body: Attempt,
    returns: PhoneNumber,
    errors: attemptErrors,
  },
})
