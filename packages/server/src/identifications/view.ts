import type { EmailAddressJSON } from '@clerk-server/contract'
import type { Proof, StoredIdentification } from './proof.js'

/** What an e-mail address and a phone number show alike. */
export const identificationView = (row: StoredIdentification) => ({
  id: row.id,
  reserved: row.status === 'reserved',
  verification: verificationOf(row),
  linked_to: [],
  created_at: row.created_at,
  updated_at: row.updated_at,
})

function verificationOf({ status, verification }: StoredIdentification): EmailAddressJSON['verification'] {
  if (verification) return codeView(verification)
  return status === 'verified' ? verifiedByAdministrator : null
}

const verifiedByAdministrator = {
  object: 'verification_admin',
  status: 'verified',
  strategy: 'admin',
  attempts: null,
  expire_at: null,
} as const

const codeView = ({ status, strategy, attempts, expire_at }: Proof) =>
  ({ object: 'verification_otp', status, strategy, attempts, expire_at }) as const
