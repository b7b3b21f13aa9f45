import type { UserJSON } from '@clerk-server/contract'
import type { IdentificationsTable } from '../database/tables/index.js'
import type { Metadata } from './metadata.js'
import type { StoredUser } from './store.js'

/** A stored user as the Backend API shows it. */
export function userView({ row, identifications }: StoredUser): UserJSON {
  return {
    object: 'user',
    id: row.id,
    external_id: row.external_id,
    username: row.username,
    first_name: row.first_name,
    last_name: row.last_name,
    locale: row.locale,
    has_image: false,
    image_url: '',
    profile_image_url: '',
    primary_email_address_id: row.primary_email_address_id,
    primary_phone_number_id: row.primary_phone_number_id,
    primary_web3_wallet_id: null,
    email_addresses: identifications.filter(({ type }) => type === 'email_address').map(emailAddressView),
    phone_numbers: identifications.filter(({ type }) => type === 'phone_number').map(phoneNumberView),
    web3_wallets: [],
    passkeys: [],
    external_accounts: [],
    saml_accounts: [],
    enterprise_accounts: [],
    public_metadata: JSON.parse(row.public_metadata) as Metadata,
    private_metadata: JSON.parse(row.private_metadata) as Metadata,
    unsafe_metadata: JSON.parse(row.unsafe_metadata) as Metadata,
    password_enabled: row.password_digest !== null,
    password_last_updated_at: row.password_updated_at,
    two_factor_enabled: false,
    totp_enabled: false,
    backup_code_enabled: false,
    mfa_enabled_at: null,
    mfa_disabled_at: null,
    banned: row.banned === 1,
    locked: row.locked === 1,
    lockout_expires_in_seconds: null,
    verification_attempts_remaining: null,
    delete_self_enabled: row.delete_self_enabled === 1,
    create_organization_enabled: row.create_organization_enabled === 1,
    create_organizations_limit: row.create_organizations_limit,
    bypass_client_trust: row.bypass_client_trust === 1,
    legal_accepted_at: row.legal_accepted_at,
    last_sign_in_at: row.last_sign_in_at,
    last_active_at: row.last_active_at,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}

type EmailAddressJSON = UserJSON['email_addresses'][number]
type PhoneNumberJSON = UserJSON['phone_numbers'][number]

const emailAddressView = (row: IdentificationsTable): EmailAddressJSON => ({
  object: 'email_address',
  email_address: row.value,
  ...identificationView(row),
})

const phoneNumberView = (row: IdentificationsTable): PhoneNumberJSON => ({
  object: 'phone_number',
  phone_number: row.value,
  reserved_for_second_factor: false,
  default_second_factor: false,
  ...identificationView(row),
})

const identificationView = (row: IdentificationsTable) => ({
  id: row.id,
  reserved: row.status === 'reserved',
  verification: row.status === 'verified' ? verifiedByAdministrator : null,
  linked_to: [],
  created_at: row.created_at,
  updated_at: row.updated_at,
})

const verifiedByAdministrator = {
  object: 'verification_admin',
  status: 'verified',
  strategy: 'admin',
  attempts: null,
  expire_at: null,
} as const
