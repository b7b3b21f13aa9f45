import type { CodeVerificationJSON } from '@clerk-server/contract'
import type { VerificationsTable } from '../database/tables/index.js'

/** A verification as the Backend API shows it, with the id that an attempt names. */
export const codeVerificationView = ({
  id,
  status,
  strategy,
  attempts,
  expire_at,
}: VerificationsTable): CodeVerificationJSON => ({
  object: 'verification_otp',
  id,
  status,
  strategy,
  attempts,
  expire_at,
  channel: strategy === 'phone_code' ? 'sms' : null,
})
