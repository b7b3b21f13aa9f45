import { z } from 'zod'
import type { ErrorCode } from '../errors.js'
import * as field from '../fields.js'
import { browserTable } from '../route.js'
import { CodeProof, TicketProof } from './verifications.js'

const next = { next_action: z.enum(['needs_prepare', 'needs_attempt', '']), supported_strategies: z.array(z.string()) }

/** Before a code was sent there is no proof: a browser client sends one when it sees none. */
const Verification = z.discriminatedUnion('object', [CodeProof.extend(next), TicketProof.extend(next)])

export const SignUp = z
  .object({
    object: z.literal('sign_up_attempt'),
    id: field.Id,
    status: z.enum(['abandoned', 'missing_requirements', 'complete']),
    required_fields: z.array(z.string()),
    optional_fields: z.array(z.string()),
    missing_fields: z.array(z.string()),
    unverified_fields: z.array(z.string()),
    verifications: z.object({
      email_address: Verification.nullable(),
      phone_number: Verification.nullable(),
      web3_wallet: z.null(),
      external_account: z.null(),
    }),
    username: z.string().nullable(),
    email_address: z.string().nullable(),
    phone_number: z.string().nullable(),
    web3_wallet: z.null(),
    password_enabled: z.boolean(),
    /** The name by which browser clients read `password_enabled`. */
    has_password: z.boolean(),
    first_name: z.string().nullable(),
    last_name: z.string().nullable(),
    locale: z.string().nullable(),
    unsafe_metadata: field.Metadata,
    public_metadata: field.Metadata,
    custom_action: z.boolean(),
    external_id: z.string().nullable(),
    created_session_id: field.Id.nullable(),
    created_user_id: field.Id.nullable(),
    abandon_at: field.Timestamp,
    legal_accepted_at: field.Timestamp.nullable(),
  })
  .meta({ id: 'SignUp' })

export type SignUpJSON = z.output<typeof SignUp>

/** Ways to prove an address that is signed up with. */
const CodeStrategy = z.enum(['email_code', 'phone_code'])

/** What browser clients send along, and is of no use here: nothing is redirected to, and nobody is asked for a captcha. */
const disregarded = {
  action_complete_redirect_url: z.unknown().optional(),
  captcha_error: z.unknown().optional(),
  captcha_token: z.unknown().optional(),
  captcha_widget_type: z.unknown().optional(),
  channel: z.unknown().optional(),
  proof_token: z.unknown().optional(),
  redirect_url: z.unknown().optional(),
  timezone: z.unknown().optional(),
}

/** Whatever somebody can say of themselves, in as many steps as they like. What is empty is taken back. */
const given = {
  email_address: field.EmailAddressText.nullish(),
  phone_number: field.PhoneNumberText.nullish(),
  /** One of the two: which, it shows itself. */
  email_address_or_phone_number: field.Text().nullish(),
  username: field.Username.nullish(),
  password: z.string().nullish(),
  first_name: field.Text().nullish(),
  last_name: field.Text().nullish(),
  locale: field.Text().nullish(),
  unsafe_metadata: field.Metadata.nullish(),
  legal_accepted: z.boolean().nullish(),
  /** `ticket` takes the ticket of an invitation; the others send a code at once. */
  strategy: z.enum(['ticket', ...CodeStrategy.options]).nullish(),
  ticket: z.string().max(4096).nullish(),
  ...disregarded,
}

/** Parameters of ways to sign up that are not served. */
const refuses = ['code', 'oidc_login_hint', 'oidc_prompt', 'token', 'web3_wallet']

const passwordErrors = [
  'form_password_length_too_long',
  'form_password_length_too_short',
  'form_password_matches_identifier',
  'form_password_pwned',
  'form_password_size_in_bytes_exceeded',
] as const satisfies ErrorCode[]

/** Why somebody may not sign up, or not with this. */
const refusals = [
  'form_email_address_blocked',
  'form_identifier_exists',
  'invitation_already_accepted',
  'not_allowed_access',
  'revoked_invitation',
  'sign_up_mode_restricted',
  'ticket_expired_code',
  'ticket_invalid_code',
] as const satisfies ErrorCode[]

const stepErrors = [
  ...passwordErrors,
  ...refusals,
  'form_conditional_param_missing',
  'form_param_exceeds_allowed_size',
  'form_username_invalid_character',
  'form_username_invalid_length',
  'strategy_for_user_invalid',
  'verification_already_verified',
  'verification_code_too_many_requests',
] as const satisfies ErrorCode[]

/** Of an attempt that is not one of this browser's, or that is over. */
const attemptErrors = ['resource_not_found', 'sign_up_cannot_be_updated', 'signed_out'] as const satisfies ErrorCode[]

export const signUps = browserTable({
  'POST /client/sign_ups': {
    summary: 'Begin to sign up in this browser, and get as far as what is given allows',
    body: z.object({ ...given, transfer: z.boolean().nullish() }),
    returns: SignUp,
    refuses,
    errors: [...stepErrors, 'account_transfer_invalid', 'session_exists'],
  },
  'GET /client/sign_ups/{sign_up_id}': {
    summary: 'Read an attempt to sign up in this browser',
    returns: SignUp,
    errors: ['resource_not_found', 'signed_out'],
  },
  'PATCH /client/sign_ups/{sign_up_id}': {
    summary: 'Give more, or something else, of what signing up asks for',
    body: z.object(given),
    returns: SignUp,
    refuses,
    errors: [...stepErrors, ...attemptErrors],
  },
  'POST /client/sign_ups/{sign_up_id}/prepare_verification': {
    summary: 'Send a code to the address or number that is signed up with',
    body: z.object({ ...disregarded, strategy: CodeStrategy }),
    returns: SignUp,
    errors: [
      ...attemptErrors,
      'strategy_for_user_invalid',
      'verification_already_verified',
      'verification_code_too_many_requests',
    ],
  },
  'POST /client/sign_ups/{sign_up_id}/attempt_verification': {
    summary: 'Show the code that was sent; if nothing else is missing, the user is made and signed in',
    body: z.object({ strategy: CodeStrategy, code: z.string().trim().max(64) }),
    returns: SignUp,
    errors: [
      ...attemptErrors,
      ...refusals,
      'form_code_incorrect',
      'strategy_for_user_invalid',
      'verification_already_verified',
      'verification_expired',
      'verification_failed',
      'verification_missing',
    ],
  },
})
