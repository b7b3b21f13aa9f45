/** What the API answered with at the time of 2.6.3, one object of each kind. */
const verification = {
  status: 'verified',
  strategy: 'email_code',
  external_verification_redirect_url: null,
  attempts: 2,
  expire_at: 1_639_000_600,
}

export const emailAddress = {
  object: 'email_address',
  id: 'idn_mail',
  email_address: 'ada@example.com',
  verification,
  linked_to: [{ type: 'oauth_google', id: 'idn_google' }],
}

export const phoneNumber = {
  object: 'phone_number',
  id: 'idn_phone',
  phone_number: '+14155550101',
  reserved_for_second_factor: false,
  verification: { ...verification, strategy: 'phone_code' },
  linked_to: [],
}

/** An account at a provider, by the kind of object it came as. */
export const externalAccounts = {
  google_account: {
    object: 'google_account',
    id: 'idn_google',
    google_id: '1015',
    approved_scopes: 'email profile',
    email_address: 'ada@example.com',
    given_name: 'Ada',
    family_name: 'Lovelace',
    picture: 'https://images.example.com/google',
  },
  facebook_account: {
    object: 'facebook_account',
    id: 'idn_facebook',
    facebook_id: '2015',
    approved_scopes: 'email',
    email_address: 'ada@example.com',
    first_name: 'Ada',
    last_name: 'Lovelace',
    picture: 'https://images.example.com/facebook',
  },
  external_account: {
    object: 'external_account',
    id: 'idn_github',
    provider: 'oauth_github',
    provider_user_id: '3015',
    approved_scopes: 'user',
    email_address: 'ada@example.com',
    first_name: 'Ada',
    last_name: 'Lovelace',
    avatar_url: 'https://images.example.com/github',
  },
}

export const user = {
  object: 'user',
  id: 'user_1',
  username: 'ada',
  first_name: 'Ada',
  last_name: 'Lovelace',
  gender: 'female',
  birthday: '1815-12-10',
  profile_image_url: 'https://images.example.com/ada',
  primary_email_address_id: 'idn_mail',
  primary_phone_number_id: 'idn_phone',
  password_enabled: true,
  two_factor_enabled: false,
  public_metadata: { zodiac_sign: 'sagittarius', nested: { inner_key: [1, null] } },
  private_metadata: { camelCase: true },
  email_addresses: [emailAddress],
  phone_numbers: [phoneNumber],
  external_accounts: Object.values(externalAccounts),
  created_at: 1_639_000_000,
  updated_at: 1_639_000_500,
}

export const session = {
  object: 'session',
  id: 'sess_1',
  client_id: 'client_1',
  user_id: 'user_1',
  status: 'active',
  last_active_at: 1_639_000_000,
  expire_at: 1_639_600_000,
  abandon_at: 1_641_600_000,
}

export const client = {
  object: 'client',
  id: 'client_1',
  session_ids: ['sess_1'],
  sessions: [session],
  sign_up_attempt_id: null,
  sign_in_attempt_id: null,
  last_active_session_id: 'sess_1',
  created_at: 1_639_000_000,
  updated_at: 1_639_000_500,
}

export const invitation = {
  object: 'invitation',
  id: 'inv_1',
  email_address: 'ada@example.com',
  created_at: 1_639_000_000,
  updated_at: 1_639_000_500,
}

export const allowlistIdentifier = {
  object: 'allowlist_identifier',
  id: 'alid_1',
  identifier: '*@example.com',
  created_at: 1_639_000_000,
  updated_at: 1_639_000_500,
}

export const email = {
  object: 'email',
  id: 'ema_1',
  from_email_name: 'sales',
  to_email_address: 'ada@example.com',
  email_address_id: 'idn_mail',
  subject: 'Tacos',
  body: 'On Tuesday!',
  status: 'queued',
}

export const smsMessage = {
  object: 'sms_message',
  id: 'sms_1',
  from_phone_number: '+14155550100',
  to_phone_number: '+14155550101',
  phone_number_id: 'idn_phone',
  message: 'Tacos on Tuesday!',
  status: 'queued',
}
