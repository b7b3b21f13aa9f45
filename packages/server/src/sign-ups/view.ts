import type { SignUpJSON } from '@clerk-server/contract'
import type { SignUpsTable } from '../database/tables/index.js'
import type { Settings } from '../settings/settings.js'
import type { Metadata } from '../users/metadata.js'
import { type AddressProof, proofOf } from './proof.js'
import { type Address, progressOf } from './requirements.js'
import { strategyOf } from './strategies.js'

/** A stored attempt as its browser sees it at a moment, in milliseconds. */
export function signUpView(row: SignUpsTable, settings: Settings, now: number): SignUpJSON {
  const verification = (address: Address) => verificationView(proofOf(row, address, now), strategyOf[address])
  return {
    object: 'sign_up_attempt',
    id: row.id,
    status: statusOf(row, now),
    ...progressOf(row, settings, now),
    verifications: {
      email_address: verification('email_address'),
      phone_number: verification('phone_number'),
      web3_wallet: null,
      external_account: null,
    },
    username: row.username,
    email_address: row.email_address,
    phone_number: row.phone_number,
    web3_wallet: null,
    password_enabled: row.password_hasher !== null,
    has_password: row.password_hasher !== null,
    first_name: row.first_name,
    last_name: row.last_name,
    locale: row.locale,
    unsafe_metadata: JSON.parse(row.unsafe_metadata) as Metadata,
    public_metadata: JSON.parse(row.public_metadata) as Metadata,
    custom_action: false,
    external_id: null,
    created_session_id: row.created_session_id,
    created_user_id: row.created_user_id,
    abandon_at: row.abandon_at,
    legal_accepted_at: row.legal_accepted_at,
  }
}

/** An attempt is abandoned by time alone. */
export function statusOf(row: SignUpsTable, now: number): SignUpJSON['status'] {
  if (row.created_user_id !== null) return 'complete'
  return row.abandon_at <= now ? 'abandoned' : 'missing_requirements'
}

type VerificationJSON = SignUpJSON['verifications']['email_address']

function verificationView(proof: AddressProof | null, strategy: string): VerificationJSON {
  if (proof === null) return null
  const supported_strategies = [strategy]
  if (proof.strategy === 'ticket') {
    const ticket = { object: 'verification_ticket', attempts: null, expire_at: null } as const
    return { ...ticket, ...proof, next_action: '', supported_strategies }
  }
  const { status, attempts, expire_at } = proof
  return {
    object: 'verification_otp',
    status,
    strategy: proof.strategy,
    attempts,
    expire_at,
    next_action: nextActions[status],
    supported_strategies,
  }
}

const nextActions = {
  unverified: 'needs_attempt',
  verified: '',
  failed: 'needs_prepare',
  expired: 'needs_prepare',
} as const
