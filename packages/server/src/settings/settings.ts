/** Whether people are asked for something when they sign up, and have to give it. */
export type Attribute = 'off' | 'optional' | 'required'

/** How an instance behaves. What each setting is for, may be and is by default is in `definitions.ts`. */
export interface Settings {
  application_name: string
  support_email: string | null
  terms_url: string | null
  privacy_policy_url: string | null
  help_url: string | null

  sign_up_mode: 'public' | 'restricted'
  email_address: Attribute
  phone_number: Attribute
  username: Attribute
  first_name: Attribute
  last_name: Attribute
  password: Attribute

  email_code: boolean
  phone_code: boolean
  preferred_sign_in_strategy_when_password_required: 'password' | 'otp' | null
  second_factor_totp: boolean
  second_factor_backup_code: boolean
  second_factor_phone_code: boolean
  enumeration_protection: boolean

  session_mode: 'single' | 'multi'
  /** Seconds. */
  session_lifetime: number
  /** Seconds. */
  session_inactivity_timeout: number | null

  home_url: string | null
  sign_in_url: string | null
  sign_up_url: string | null
  user_profile_url: string | null
  after_sign_in_url: string | null
  after_sign_up_url: string | null
  after_sign_out_url: string | null
  development_origin: string | null
  allowed_origins: string[] | null

  allowlist: boolean
  blocklist: boolean
  allowlist_blocklist_disabled_on_sign_in: boolean
  block_email_subaddresses: boolean
  block_disposable_email_domains: boolean
  ignore_dots_for_gmail_addresses: boolean
  test_mode: boolean
}

/** Settings by name; those that are left out, or are `undefined`, stay as they are. */
export type SettingsChange = { readonly [Name in keyof Settings]?: Settings[Name] | undefined }
