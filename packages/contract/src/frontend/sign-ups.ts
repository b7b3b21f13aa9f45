import { z } from 'zod'
import * as field from '../fields.js'
import { CodeProof, TicketProof } from './verifications.js'

const next = { next_action: z.enum(['needs_prepare', 'needs_attempt', '']), supported_strategies: z.array(z.string()) }

/** Before a code was sent there is no strategy yet: a browser client sends one when it sees none. */
const NoProof = z.object({
  object: z.literal('verification'),
  status: z.literal('unverified'),
  strategy: z.null(),
  attempts: z.null(),
  expire_at: z.null(),
})

const Verification = z.discriminatedUnion('object', [
  CodeProof.extend(next),
  TicketProof.extend(next),
  NoProof.extend(next),
])

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
    first_name: z.string().nullable(),
    last_name: z.string().nullable(),
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
