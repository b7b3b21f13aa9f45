import { z } from 'zod'
import * as field from '../fields.js'
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
