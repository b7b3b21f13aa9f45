import { z } from 'zod'
import { PasswordText, passwordErrors } from '../backend/passwords.js'
import * as field from '../fields.js'
import { browserTable } from '../route.js'
import { BackupCodeProof, CodeProof, PasswordProof, TicketProof, TOTPProof } from './verifications.js'

const factorStrategies = [
  'password',
  'email_code',
  'phone_code',
  'ticket',
  'reset_password_email_code',
  'reset_password_phone_code',
  'totp',
  'backup_code',
] as const

const Factor = z
  .object({
    strategy: z.enum(factorStrategies),
    /** The address or number, with most of it covered. */
    safe_identifier: z.string().optional(),
    email_address_id: field.Id.optional(),
    phone_number_id: field.Id.optional(),
    primary: z.boolean().optional(),
    default: z.boolean().optional(),
  })
  .meta({ id: 'SignInFactor' })

export type SignInFactorJSON = z.output<typeof Factor>

export const SignIn = z
  .object({
    object: z.literal('sign_in_attempt'),
    id: field.Id,
    status: z.enum([
      'abandoned',
      'needs_identifier',
      'needs_first_factor',
      'needs_second_factor',
      'needs_new_password',
      'complete',
    ]),
    supported_identifiers: z.array(z.enum(['email_address', 'phone_number', 'username'])),
    supported_first_factors: z.array(Factor).nullable(),
    supported_second_factors: z.array(Factor).nullable(),
    first_factor_verification: z.discriminatedUnion('object', [PasswordProof, CodeProof, TicketProof]).nullable(),
    second_factor_verification: z.discriminatedUnion('object', [CodeProof, TOTPProof, BackupCodeProof]).nullable(),
    identifier: z.string().nullable(),
    user_data: z
      .object({
        first_name: z.string().nullable(),
        last_name: z.string().nullable(),
        image_url: z.string(),
        has_image: z.boolean(),
        profile_image_url: z.string(),
      })
      .nullable(),
    created_session_id: field.Id.nullable(),
    abandon_at: field.Timestamp,
  })
  .meta({ id: 'SignIn' })

export type SignInJSON = z.output<typeof SignIn>

const codes = ['email_code', 'phone_code', 'reset_password_email_code', 'reset_password_phone_code'] as const

const CreateSignIn = z.object({
  /** What somebody is known by: an e-mail address, a phone number or a user name. */
  identifier: field.Text().trim().nullish(),
  /** Without one, a password goes with an identifier, and a ticket alone. */
  strategy: z.enum(['password', 'ticket', ...codes]).nullish(),
  password: PasswordText.nullish(),
  ticket: field.Text(4096).nullish(),
  /** Nothing leaves the page that would have to come back. */
  redirect_url: z.string().nullish(),
  action_complete_redirect_url: z.string().nullish(),
  /** Whether what a sign-up found to be an account already is to be signed in to. */
  transfer: z.boolean().nullish(),
})

const errors = [
  'client_state_invalid',
  'not_allowed_access',
  'resource_not_found',
  'signed_out',
  'strategy_for_user_invalid',
  'user_banned',
  'user_locked',
] as const

const codeErrors = [
  'form_code_incorrect',
  'verification_already_verified',
  'verification_expired',
  'verification_failed',
  'verification_missing',
] as const

const passwordAttemptErrors = [
  'form_password_incorrect',
  'form_password_or_identifier_incorrect',
  'form_password_size_in_bytes_exceeded',
] as const

const ticketErrors = [
  'sign_in_token_already_used_code',
  'sign_in_token_revoked_code',
  'ticket_expired_code',
  'ticket_invalid_code',
] as const

export const signIns = browserTable({
  'POST /client/sign_ins': {
    summary: 'Begin to sign in, as far as what is given goes',
    body: CreateSignIn,
    returns: SignIn,
    errors: [
      ...errors,
      ...passwordAttemptErrors,
      ...ticketErrors,
      'account_transfer_invalid',
      'form_conditional_param_missing',
      'form_identifier_not_found',
      'identifier_already_signed_in',
      'session_exists',
      'verification_code_too_many_requests',
    ],
  },
  'GET /client/sign_ins/{sign_in_id}': {
    summary: 'Read how far it has come',
    returns: SignIn,
    errors: ['resource_not_found', 'signed_out'],
  },
  'POST /client/sign_ins/{sign_in_id}/prepare_first_factor': {
    summary: 'Have a code sent that proves the first factor',
    body: z.object({
      strategy: z.enum(codes),
      email_address_id: field.Reference.nullish(),
      phone_number_id: field.Reference.nullish(),
      redirect_url: z.string().nullish(),
      action_complete_redirect_url: z.string().nullish(),
    }),
    returns: SignIn,
    errors: [...errors, 'verification_code_too_many_requests'],
  },
  'POST /client/sign_ins/{sign_in_id}/attempt_first_factor': {
    summary: 'Prove the first factor',
    body: z.object({
      strategy: z.enum(['password', 'ticket', ...codes]),
      /** With a code that resets it, the new one. */
      password: PasswordText.nullish(),
      code: field.Text().nullish(),
      ticket: field.Text(4096).nullish(),
    }),
    returns: SignIn,
    errors: [
      ...errors,
      ...passwordAttemptErrors,
      ...codeErrors,
      ...ticketErrors,
      ...passwordErrors,
      'form_conditional_param_missing',
    ],
  },
  'POST /client/sign_ins/{sign_in_id}/prepare_second_factor': {
    summary: 'Have a code sent that proves the second factor',
    body: z.object({ strategy: z.literal('phone_code').nullish(), phone_number_id: field.Reference.nullish() }),
    returns: SignIn,
    errors: [...errors, 'verification_code_too_many_requests'],
  },
  'POST /client/sign_ins/{sign_in_id}/attempt_second_factor': {
    summary: 'Prove the second factor',
    body: z.object({ strategy: z.enum(['totp', 'backup_code', 'phone_code']), code: field.Text() }),
    returns: SignIn,
    errors: [...errors, ...codeErrors],
  },
  'POST /client/sign_ins/{sign_in_id}/reset_password': {
    summary: 'Choose a new password, after a code that resets it',
    body: z.object({ password: PasswordText, sign_out_of_other_sessions: z.boolean().nullish() }),
    returns: SignIn,
    errors: [...errors, ...passwordErrors],
  },
})
