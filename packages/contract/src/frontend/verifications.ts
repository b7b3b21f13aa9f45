import { z } from 'zod'
import * as field from '../fields.js'

const Proof = <const Kind extends string, const Strategy extends string>(kind: Kind, strategies: readonly Strategy[]) =>
  z.object({
    object: z.literal(`verification_${kind}`),
    status: z.enum(['unverified', 'verified']),
    strategy: z.enum(strategies),
    attempts: z.int().nullable(),
    expire_at: field.Timestamp.nullable(),
  })

const statuses = ['unverified', 'verified', 'failed', 'expired'] as const

/** How the steps of an attempt to sign in stand, by what they are proven with. */
export const CodeProof = z.object({
  object: z.literal('verification_otp'),
  status: z.enum(statuses),
  strategy: z.enum(['email_code', 'phone_code', 'reset_password_email_code', 'reset_password_phone_code']),
  attempts: z.int().nullable(),
  expire_at: field.Timestamp,
})
export const PasswordProof = Proof('password', ['password'])
export const TicketProof = Proof('ticket', ['ticket'])
export const TOTPProof = Proof('totp', ['totp'])
export const BackupCodeProof = Proof('backup_code', ['backup_code'])
