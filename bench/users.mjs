/** Ten users as the API lists them: each has an e-mail address, every other one a phone number, the others a Google account. */
export const tenUsers = Array.from({ length: 10 }, (_, index) => user(index))

/** @param {number} index */
function user(index) {
  const id = (/** @type {string} */ prefix) => `${prefix}_2aBcDeFgHiJkLmNoPqRsTuVwX${index}`
  const at = 1_700_000_000_000 + index
  const times = { created_at: at, updated_at: at + 1000 }
  const image = `https://img.clerk.com/eyJ0eXBlIjoiZGVmYXVsdCIsImlpZCI6Imluc18yYUJjRGVGZ0hpSmtMbU5vUHFSc1R1Vnd${index}`
  const email = `ada.lovelace+${index}@example.com`
  const hasPhone = index % 2 === 0
  const link = { type: 'oauth_google', id: id('idn') }
  const phone = {
    object: 'phone_number',
    id: id('idn'),
    phone_number: `+1555555010${index}`,
    reserved_for_second_factor: false,
    default_second_factor: false,
    reserved: false,
    verification: {
      object: 'verification_otp',
      status: 'verified',
      strategy: 'phone_code',
      attempts: 1,
      expire_at: at + 600_000,
    },
    linked_to: [],
    backup_codes: null,
    ...times,
  }
  const account = {
    object: 'google_account',
    id: id('gac'),
    google_id: `10769150350006150715${index}`,
    approved_scopes: 'email https://www.googleapis.com/auth/userinfo.email profile openid',
    email_address: email,
    given_name: 'Ada',
    family_name: 'Lovelace',
    picture: image,
    username: '',
    public_metadata: {},
    label: null,
    verification: {
      object: 'verification_oauth',
      status: 'verified',
      strategy: 'oauth_google',
      attempts: null,
      expire_at: at + 600_000,
    },
    ...times,
  }
  return {
    object: 'user',
    id: id('user'),
    external_id: index % 2 ? `customer-${index}` : null,
    username: `ada${index}`,
    first_name: 'Ada',
    last_name: 'Lovelace',
    locale: 'en-GB',
    has_image: true,
    image_url: image,
    profile_image_url: image,
    primary_email_address_id: id('idn'),
    primary_phone_number_id: hasPhone ? id('idn') : null,
    primary_web3_wallet_id: null,
    email_addresses: [
      {
        object: 'email_address',
        id: id('idn'),
        email_address: email,
        reserved: false,
        verification: {
          object: 'verification_otp',
          status: 'verified',
          strategy: 'email_code',
          attempts: 1,
          expire_at: at + 600_000,
        },
        linked_to: hasPhone ? [] : [link],
        matches_sso_connection: false,
        ...times,
      },
    ],
    phone_numbers: hasPhone ? [phone] : [],
    web3_wallets: [],
    passkeys: [],
    external_accounts: hasPhone ? [] : [account],
    saml_accounts: [],
    enterprise_accounts: [],
    public_metadata: { plan: 'business', seats: 12, features: ['export', 'audit-log'] },
    private_metadata: { stripe_customer: `cus_NffrFeUfNV2Hi${index}`, risk: { score: 0.12, checked: at } },
    unsafe_metadata: { theme: 'dark', onboarding: { step: 4, done: true } },
    password_enabled: true,
    password_last_updated_at: at,
    two_factor_enabled: false,
    totp_enabled: false,
    backup_code_enabled: false,
    mfa_enabled_at: null,
    mfa_disabled_at: null,
    banned: false,
    locked: false,
    lockout_expires_in_seconds: null,
    verification_attempts_remaining: 100,
    delete_self_enabled: true,
    create_organization_enabled: true,
    create_organizations_limit: null,
    bypass_client_trust: false,
    legal_accepted_at: null,
    last_sign_in_at: at,
    last_active_at: at,
    ...times,
  }
}
