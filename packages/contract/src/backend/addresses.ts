import { z } from 'zod'
import * as field from '../fields.js'
import { table } from '../route.js'
import { Deleted } from './objects.js'
import { EmailAddress, PhoneNumber } from './user.js'

export type EmailAddressJSON = z.output<typeof EmailAddress>
export type PhoneNumberJSON = z.output<typeof PhoneNumber>

const standing = { verified: z.boolean().nullish(), primary: z.boolean().nullish() }
const standingOfEmail = { ...standing, notify_primary_email_address_changed: z.boolean().nullish() }
const standingOfPhone = { ...standing, reserved_for_second_factor: z.boolean().nullish() }

/** An `unverified` address signs nobody in, and keeps nobody else from having it. */
const replacement = { identification_status: z.enum(['verified', 'reserved', 'unverified']).default('verified') }

const CodeVerification = z
  .object({
    object: z.literal('verification_otp'),
    id: field.Id,
    status: z.enum(['unverified', 'verified', 'failed', 'expired']),
    strategy: z.enum(['email_code', 'phone_code']),
    attempts: z.int(),
    expire_at: field.Timestamp,
    /** How the code was sent to a phone number. */
    channel: z.literal('sms').nullable(),
  })
  .meta({ id: 'CodeVerification' })

export type CodeVerificationJSON = z.output<typeof CodeVerification>

const CodeAttempt = z.object({ verification_id: field.Reference, code: z.string().trim().max(64) })

const attemptErrors = ['form_identifier_exists', 'resource_not_found', 'verification_already_verified'] as const
const phoneErrors = ['form_verification_needed', 'identification_update_failed', 'resource_not_found'] as const

export const addresses = table({
  'POST /email_addresses': {
    summary: 'Give a user one more e-mail address, which is primary if it is verified and the first that is',
    body: z.object({ user_id: field.Reference, email_address: field.EmailAddressText, ...standingOfEmail }),
    returns: EmailAddress,
    errors: ['form_identifier_exists', 'form_verification_needed', 'resource_not_found'],
  },
  'GET /email_addresses/{email_address_id}': {
    summary: 'Read an e-mail address',
    returns: EmailAddress,
    errors: ['resource_not_found'],
  },
  'PATCH /email_addresses/{email_address_id}': {
    summary: 'Change what an e-mail address counts as',
    body: z.object(standingOfEmail),
    returns: EmailAddress,
    errors: ['form_identifier_exists', 'form_verification_needed', 'resource_not_found'],
  },
  'DELETE /email_addresses/{email_address_id}': {
    summary: 'Delete an e-mail address, unless nothing else identifies its user',
    returns: Deleted('email_address'),
    errors: ['identification_deletion_failed', 'resource_not_found'],
  },
  'POST /email_addresses/{email_address_id}/prepare_verification': {
    summary: 'Send a code to an e-mail address, which ends the one that was sent before',
    returns: CodeVerification,
    errors: ['resource_not_found', 'verification_code_too_many_requests'],
  },
  'POST /email_addresses/{email_address_id}/attempt_verification': {
    summary: 'Check a code that was sent to an e-mail address; what came of it is the status',
    body: CodeAttempt,
    returns: CodeVerification,
    errors: attemptErrors,
  },
  'PUT /users/{user_id}/email_address': {
    summary: 'Replace all e-mail addresses of a user by one',
    body: z.object({
      email_address: field.EmailAddressText,
      ...replacement,
      notify_primary_email_address_changed: z.boolean().nullish(),
    }),
    returns: EmailAddress,
    errors: ['form_identifier_exists', 'resource_not_found'],
  },
  'POST /phone_numbers': {
    summary: 'Give a user one more phone number, which is primary if it is verified and the first that is',
    body: z.object({ user_id: field.Reference, phone_number: field.PhoneNumberText, ...standingOfPhone }),
    returns: PhoneNumber,
    errors: ['form_identifier_exists', 'identification_create_second_factor_unverified', ...phoneErrors],
  },
  'GET /phone_numbers/{phone_number_id}': {
    summary: 'Read a phone number',
    returns: PhoneNumber,
    errors: ['resource_not_found'],
  },
  'PATCH /phone_numbers/{phone_number_id}': {
    summary: 'Change what a phone number counts as',
    body: z.object(standingOfPhone),
    returns: PhoneNumber,
    errors: ['form_identifier_exists', 'identification_update_second_factor_unverified', ...phoneErrors],
  },
  'DELETE /phone_numbers/{phone_number_id}': {
    summary: 'Delete a phone number, unless nothing else identifies its user',
    returns: Deleted('phone_number'),
    errors: ['identification_deletion_failed', 'resource_not_found'],
  },
  'POST /phone_numbers/{phone_number_id}/prepare_verification': {
    summary: 'Send a code to a phone number, which ends the one that was sent before',
    returns: CodeVerification,
    errors: ['resource_not_found', 'verification_code_too_many_requests'],
  },
  'POST /phone_numbers/{phone_number_id}/attempt_verification': {
    summary: 'Check a code that was sent to a phone number; what came of it is the status',
    body: CodeAttempt,
    returns: CodeVerification,
    errors: attemptErrors,
  },
  'PUT /users/{user_id}/phone_number': {
    summary: 'Replace all phone numbers of a user by one, which is no second factor',
    body: z.object({ phone_number: field.PhoneNumberText, ...replacement }),
    returns: PhoneNumber,
    errors: ['form_identifier_exists', 'resource_not_found'],
  },
})
