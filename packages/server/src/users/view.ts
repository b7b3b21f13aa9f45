import type { UserJSON } from '@clerk-server/contract'
import { emailAddressView } from '../email-addresses/view.js'
import { hasSecondFactor } from '../identifications/rules.js'
import { phoneNumberView } from '../phone-numbers/view.js'
import type { Metadata } from './metadata.js'
import { standingView } from './standing.js'
import type { StoredUser } from './store.js'

/** A stored user as the Backend API shows it at a moment, in milliseconds. */
export function userView({ row, identifications }: StoredUser, now: number): UserJSON {
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
    two_factor_enabled: hasSecondFactor(row, identifications),
    totp_enabled: row.totp_enabled === 1,
    backup_code_enabled: row.backup_code_enabled === 1,
    mfa_enabled_at: row.mfa_enabled_at,
    mfa_disabled_at: row.mfa_disabled_at,
    banned: row.banned === 1,
    ...standingView(row, now),
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
