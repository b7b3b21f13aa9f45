import { z } from 'zod'
import * as field from '../fields.js'

/** What confirmed an address: an administrator's word, or a code that was sent to it. */
const Verification = z.discriminatedUnion('object', [
  z.object({
    object: z.literal('verification_admin'),
    status: z.literal('verified'),
    strategy: z.literal('admin'),
    attempts: z.int().nullable(),
    expire_at: field.Timestamp.nullable(),
  }),
  z.object({
    object: z.literal('verification_otp'),
    status: z.enum(['unverified', 'verified', 'failed', 'expired']),
    strategy: z.enum(['email_code', 'phone_code', 'reset_password_email_code']),
    attempts: z.int().nullable(),
    expire_at: field.Timestamp.nullable(),
  }),
])

const IdentificationLink = z.object({ type: z.string(), id: field.Id })

export const EmailAddress = z
  .object({
    object: z.literal('email_address'),
    id: field.Id,
    email_address: z.string(),
    reserved: z.boolean(),
    verification: Verification.nullable(),
    linked_to: z.array(IdentificationLink),
    created_at: field.Timestamp,
    updated_at: field.Timestamp,
  })
  .meta({ id: 'EmailAddress' })

export const PhoneNumber = z
  .object({
    object: z.literal('phone_number'),
    id: field.Id,
    phone_number: z.string(),
    reserved_for_second_factor: z.boolean(),
    default_second_factor: z.boolean(),
    reserved: z.boolean(),
    verification: Verification.nullable(),
    linked_to: z.array(IdentificationLink),
    created_at: field.Timestamp,
    updated_at: field.Timestamp,
  })
  .meta({ id: 'PhoneNumber' })

/** An identity of a kind that no operation creates yet: the lists are always empty. */
const Unserved = z.never()

export const User = z
  .object({
    object: z.literal('user'),
    id: field.Id,
    external_id: z.string().nullable(),
    username: z.string().nullable(),
    first_name: z.string().nullable(),
    last_name: z.string().nullable(),
    locale: z.string().nullable(),
    has_image: z.boolean(),
    image_url: z.string(),
    profile_image_url: z.string(),
    primary_email_address_id: z.string().nullable(),
    primary_phone_number_id: z.string().nullable(),
    primary_web3_wallet_id: z.string().nullable(),
    email_addresses: z.array(EmailAddress),
    phone_numbers: z.array(PhoneNumber),
    web3_wallets: z.array(Unserved),
    passkeys: z.array(Unserved),
    external_accounts: z.array(Unserved),
    saml_accounts: z.array(Unserved),
    enterprise_accounts: z.array(Unserved),
    public_metadata: field.Metadata,
    private_metadata: field.Metadata,
    unsafe_metadata: field.Metadata,
    password_enabled: z.boolean(),
    password_last_updated_at: field.Timestamp.nullable(),
    two_factor_enabled: z.boolean(),
    totp_enabled: z.boolean(),
    backup_code_enabled: z.boolean(),
    mfa_enabled_at: field.Timestamp.nullable(),
    mfa_disabled_at: field.Timestamp.nullable(),
    banned: z.boolean(),
    locked: z.boolean(),
    lockout_expires_in_seconds: z.int().nullable(),
    verification_attempts_remaining: z.int().nullable(),
    delete_self_enabled: z.boolean(),
    create_organization_enabled: z.boolean(),
    create_organizations_limit: z.int().nullable(),
    bypass_client_trust: z.boolean(),
    legal_accepted_at: field.Timestamp.nullable(),
    last_sign_in_at: field.Timestamp.nullable(),
    last_active_at: field.Timestamp.nullable(),
    created_at: field.Timestamp,
    updated_at: field.Timestamp,
  })
  .meta({ id: 'User' })

export type UserJSON = z.output<typeof User>
