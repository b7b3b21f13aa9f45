import { z } from 'zod'
import * as field from '../fields.js'
import { browserTable } from '../route.js'

const Asked = z.enum(['on', 'off', 'required'])
const Names = z.array(z.string())
/** A page: a URL, or nothing where there is no such page. */
const Page = z.string()
const Switch = z.object({ enabled: z.boolean() })
const Enabled = z.boolean()

const AuthConfig = z.object({
  object: z.literal('auth_config'),
  id: field.Id,
  first_name: Asked,
  last_name: Asked,
  email_address: Asked,
  phone_number: Asked,
  username: Asked,
  password: Asked,
  /** People need one of each of the lists to be known by. */
  identification_requirements: z.array(Names),
  identification_strategies: Names,
  first_factors: Names,
  second_factors: Names,
  email_address_verification_strategies: Names,
  single_session_mode: Enabled,
  enhanced_email_deliverability: Enabled,
  test_mode: Enabled,
  cookieless_dev: Enabled,
  url_based_session_syncing: Enabled,
  claimed_at: field.Timestamp.nullable(),
  reverification: Enabled,
  native_settings: z.object({
    object: z.literal('native_settings'),
    api_enabled: Enabled,
    trusted_device_sign_in_enabled: Enabled,
    trusted_device_enrollment_prompt_after_sign_in_enabled: Enabled,
    trusted_device_enrollment_prompt_after_sign_up_enabled: Enabled,
  }),
})

const DisplayConfig = z.object({
  object: z.literal('display_config'),
  id: field.Id,
  instance_environment_type: z.enum(['development', 'production']),
  application_name: z.string(),
  theme: z.object({}),
  preferred_sign_in_strategy: z.enum(['password', 'otp']),
  home_url: Page,
  sign_in_url: Page,
  sign_up_url: Page,
  user_profile_url: Page,
  waitlist_url: Page,
  oauth_consent_url: Page,
  after_sign_in_url: Page,
  after_sign_up_url: Page,
  after_sign_out_one_url: Page,
  after_sign_out_all_url: Page,
  after_switch_session_url: Page,
  after_join_waitlist_url: Page,
  organization_profile_url: Page,
  create_organization_url: Page,
  after_leave_organization_url: Page,
  after_create_organization_url: Page,
  logo_link_url: Page,
  support_email: z.string().nullable(),
  branded: Enabled,
  experimental_force_oauth_first: Enabled,
  clerk_js_version: z.string().nullable(),
  show_devmode_warning: Enabled,
  google_one_tap_client_id: z.string().nullable(),
  help_url: Page.nullable(),
  privacy_policy_url: Page.nullable(),
  terms_url: Page.nullable(),
  logo_image_url: Page.nullable(),
  favicon_image_url: Page.nullable(),
  logo_url: Page.nullable(),
  favicon_url: Page.nullable(),
  logo_image: z.null(),
  favicon_image: z.null(),
  captcha_public_key: z.null(),
  captcha_widget_type: z.null(),
  captcha_public_key_invisible: z.null(),
  captcha_provider: z.null(),
  captcha_oauth_bypass: Names,
  captcha_heartbeat: Enabled,
})

const Attribute = z
  .object({
    enabled: Enabled,
    required: Enabled,
    used_for_first_factor: Enabled,
    first_factors: Names,
    used_for_second_factor: Enabled,
    second_factors: Names,
    verifications: Names,
    verify_at_sign_up: Enabled,
    immutable: Enabled,
  })
  .meta({ id: 'AttributeSettings' })

export type AttributeJSON = z.output<typeof Attribute>

const UserSettings = z.object({
  attributes: z.object({
    email_address: Attribute,
    phone_number: Attribute,
    username: Attribute,
    web3_wallet: Attribute,
    first_name: Attribute,
    last_name: Attribute,
    password: Attribute,
    authenticator_app: Attribute,
    ticket: Attribute,
    backup_code: Attribute,
    passkey: Attribute,
  }),
  /** No way to sign in with an account of somebody else's is served. */
  social: z.object({}),
  saml: Switch,
  enterprise_sso: Switch.extend({ self_serve_sso: Enabled }),
  sign_in: z.object({ second_factor: z.object({ required: Enabled }) }),
  sign_up: z.object({
    captcha_enabled: Enabled,
    captcha_widget_type: z.enum(['smart', 'invisible']),
    custom_action_required: Enabled,
    progressive: Enabled,
    mode: z.enum(['public', 'restricted']),
    legal_consent_enabled: Enabled,
  }),
  restrictions: z.object({
    allowlist: Switch,
    blocklist: Switch,
    allowlist_blocklist_disabled_on_sign_in: Switch,
    block_email_subaddresses: Switch,
    block_disposable_email_domains: Switch,
  }),
  password_settings: z.object({
    disable_hibp: Enabled,
    disable_password_reverification: Enabled,
    min_length: z.int(),
    max_length: z.int(),
    require_special_char: Enabled,
    require_numbers: Enabled,
    require_uppercase: Enabled,
    require_lowercase: Enabled,
    show_zxcvbn: Enabled,
    min_zxcvbn_strength: z.int().min(0).max(4),
    enforce_hibp_on_sign_in: Enabled,
    allowed_special_characters: z.string(),
  }),
  username_settings: z.object({
    min_length: z.int(),
    max_length: z.int(),
    allow_extended_special_characters: Enabled,
    allow_numeric_usernames: Enabled,
  }),
  actions: z.object({
    delete_self: Enabled,
    create_organization: Enabled,
    create_organizations_limit: z.null(),
  }),
  attack_protection: z.object({
    user_lockout: Switch.extend({ max_attempts: z.int(), duration_in_minutes: z.int() }),
    pii: Switch,
    email_link: z.object({ require_same_client: Enabled }),
    enumeration_protection: Switch,
  }),
  passkey_settings: z.object({
    allow_autofill: Enabled,
    show_sign_in_button: Enabled,
    satisfies_second_factor: Enabled,
  }),
})

const OrganizationSettings = z.object({
  enabled: Enabled,
  max_allowed_memberships: z.int(),
  actions: z.object({ admin_delete: Enabled }),
  domains: z.object({ enabled: Enabled, enrollment_modes: Names, default_role: z.string() }),
  slug: z.object({ disabled: Enabled }),
  creator_role: z.string(),
})

const Billing = z.object({ enabled: Enabled, has_paid_plans: Enabled })

/** What the pages of a browser client go by. */
const Environment = z
  .object({
    auth_config: AuthConfig,
    display_config: DisplayConfig,
    user_settings: UserSettings,
    organization_settings: OrganizationSettings,
    fraud_settings: z.object({
      object: z.literal('fraud_settings'),
      native: z.object({ device_attestation_mode: z.literal('disabled') }),
    }),
    commerce_settings: z.object({
      billing: z.object({
        stripe_publishable_key: z.null(),
        free_trial_requires_payment_method: Enabled,
        user: Billing,
        organization: Billing,
      }),
    }),
    api_keys_settings: Switch.extend({ user_api_keys_enabled: Enabled, orgs_api_keys_enabled: Enabled }),
    protect_config: z.object({}),
    client_debug_mode: Enabled,
    partitioned_cookies: Enabled,
    maintenance_mode: Enabled,
  })
  .meta({ id: 'Environment' })

export type EnvironmentJSON = z.output<typeof Environment>

export const environment = browserTable({
  'GET /environment': {
    summary: 'Read how people sign up and in, and what the pages for it say',
    returns: Environment,
    bare: true,
  },
  'PATCH /environment': {
    summary: 'Read the same: what a browser client of a development instance asks for when it starts',
    returns: Environment,
    bare: true,
  },
})
