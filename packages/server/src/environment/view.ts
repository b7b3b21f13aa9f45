import { type EnvironmentJSON, usernameLength } from '@clerk-server/contract'
import type { Environment } from '../options.js'
import { passwordLength } from '../passwords/policy.js'
import type { Attribute, Settings } from '../settings/settings.js'
import { enabledIdentifiers, firstFactorsOf, secondFactorsOf } from '../settings/strategies.js'
import { lockoutAttempts, lockoutDuration } from '../users/standing.js'
import { attributesView } from './attributes.js'

/** What an environment is of. */
export interface Surroundings {
  instanceId: string
  environment: Environment
  /** Where people reach the server, without a slash at the end. */
  publicUrl: string
}

/** What a browser client is told of an instance, by its settings. */
export function environmentView(settings: Settings, surroundings: Surroundings): EnvironmentJSON {
  return {
    auth_config: authConfig(settings, surroundings),
    display_config: displayConfig(settings, surroundings),
    user_settings: userSettings(settings),
    organization_settings: {
      enabled: false,
      max_allowed_memberships: 0,
      actions: { admin_delete: false },
      domains: { enabled: false, enrollment_modes: [], default_role: '' },
      slug: { disabled: true },
      creator_role: '',
    },
    fraud_settings: { object: 'fraud_settings', native: { device_attestation_mode: 'disabled' } },
    commerce_settings: {
      billing: {
        stripe_publishable_key: null,
        free_trial_requires_payment_method: false,
        user: { enabled: false, has_paid_plans: false },
        organization: { enabled: false, has_paid_plans: false },
      },
    },
    api_keys_settings: { enabled: false, user_api_keys_enabled: false, orgs_api_keys_enabled: false },
    protect_config: {},
    client_debug_mode: false,
    partitioned_cookies: false,
    maintenance_mode: false,
  }
}

const asked: Record<Attribute, 'on' | 'off' | 'required'> = { off: 'off', optional: 'on', required: 'required' }

function authConfig(settings: Settings, { instanceId }: Surroundings): EnvironmentJSON['auth_config'] {
  const identifiers = enabledIdentifiers(settings)
  const required = identifiers.filter((identifier) => settings[identifier] === 'required')
  const firstFactors = identifiers.flatMap((identifier) => firstFactorsOf(settings, identifier))
  const resets = firstFactors.includes('password') && settings.email_address !== 'off'
  return {
    object: 'auth_config',
    id: instanceId.replace(/^ins_/, 'aconf_'),
    first_name: asked[settings.first_name],
    last_name: asked[settings.last_name],
    email_address: asked[settings.email_address],
    phone_number: asked[settings.phone_number],
    username: asked[settings.username],
    password: asked[settings.password],
    identification_requirements: required.length > 0 ? required.map((one) => [one]) : [identifiers],
    identification_strategies: identifiers,
    first_factors: [...new Set([...firstFactors, ...(resets ? ['reset_password_email_code'] : []), 'ticket'])].sort(),
    second_factors: secondFactorsOf(settings),
    email_address_verification_strategies: ['email_code'],
    single_session_mode: settings.session_mode === 'single',
    enhanced_email_deliverability: false,
    test_mode: settings.test_mode,
    cookieless_dev: false,
    url_based_session_syncing: false,
    claimed_at: null,
    reverification: false,
    native_settings: {
      object: 'native_settings',
      api_enabled: false,
      trusted_device_sign_in_enabled: false,
      trusted_device_enrollment_prompt_after_sign_in_enabled: false,
      trusted_device_enrollment_prompt_after_sign_up_enabled: false,
    },
  }
}

/** Pages of what is not served. */
const noPages = {
  waitlist_url: '',
  oauth_consent_url: '',
  after_join_waitlist_url: '',
  organization_profile_url: '',
  create_organization_url: '',
  after_leave_organization_url: '',
  after_create_organization_url: '',
}

const noPictures = {
  logo_image_url: null,
  favicon_image_url: null,
  logo_url: null,
  favicon_url: null,
  logo_image: null,
  favicon_image: null,
}

/** Anything else would make a browser client load scripts from another machine. */
const noCaptcha = {
  captcha_public_key: null,
  captcha_widget_type: null,
  captcha_public_key_invisible: null,
  captcha_provider: null,
  captcha_oauth_bypass: [],
  captcha_heartbeat: false,
}

function displayConfig(
  settings: Settings,
  { instanceId, environment, publicUrl }: Surroundings,
): EnvironmentJSON['display_config'] {
  const home = settings.home_url ?? settings.development_origin ?? publicUrl
  const signIn = settings.sign_in_url ?? `${publicUrl}/sign-in`
  const afterSignOut = settings.after_sign_out_url ?? signIn
  return {
    object: 'display_config',
    id: instanceId.replace(/^ins_/, 'dconf_'),
    instance_environment_type: environment,
    application_name: settings.application_name,
    theme: {},
    preferred_sign_in_strategy: preferredStrategy(settings),
    ...noPages,
    home_url: home,
    sign_in_url: signIn,
    sign_up_url: settings.sign_up_url ?? `${publicUrl}/sign-up`,
    user_profile_url: settings.user_profile_url ?? `${publicUrl}/user`,
    after_sign_in_url: settings.after_sign_in_url ?? home,
    after_sign_up_url: settings.after_sign_up_url ?? home,
    after_sign_out_one_url: afterSignOut,
    after_sign_out_all_url: afterSignOut,
    after_switch_session_url: home,
    logo_link_url: home,
    support_email: settings.support_email,
    help_url: settings.help_url,
    privacy_policy_url: settings.privacy_policy_url,
    terms_url: settings.terms_url,
    branded: false,
    experimental_force_oauth_first: false,
    clerk_js_version: null,
    show_devmode_warning: false,
    google_one_tap_client_id: null,
    ...noPictures,
    ...noCaptcha,
  }
}

function preferredStrategy(settings: Settings): 'password' | 'otp' {
  if (settings.password === 'off') return 'otp'
  return settings.preferred_sign_in_strategy_when_password_required ?? 'password'
}

function userSettings(settings: Settings): EnvironmentJSON['user_settings'] {
  return {
    attributes: attributesView(settings),
    social: {},
    saml: { enabled: false },
    enterprise_sso: { enabled: false, self_serve_sso: false },
    sign_in: { second_factor: { required: false } },
    sign_up: {
      captcha_enabled: false,
      captcha_widget_type: 'smart',
      custom_action_required: false,
      progressive: true,
      mode: settings.sign_up_mode,
      legal_consent_enabled: false,
    },
    restrictions: {
      allowlist: { enabled: settings.allowlist },
      blocklist: { enabled: settings.blocklist },
      allowlist_blocklist_disabled_on_sign_in: { enabled: settings.allowlist_blocklist_disabled_on_sign_in },
      block_email_subaddresses: { enabled: settings.block_email_subaddresses },
      block_disposable_email_domains: { enabled: settings.block_disposable_email_domains },
    },
    password_settings: {
      disable_hibp: true,
      disable_password_reverification: false,
      min_length: passwordLength.min,
      max_length: passwordLength.max,
      require_special_char: false,
      require_numbers: false,
      require_uppercase: false,
      require_lowercase: false,
      show_zxcvbn: false,
      min_zxcvbn_strength: 0,
      enforce_hibp_on_sign_in: false,
      allowed_special_characters: '',
    },
    username_settings: {
      min_length: usernameLength.min,
      max_length: usernameLength.max,
      allow_extended_special_characters: false,
      allow_numeric_usernames: true,
    },
    actions: { delete_self: true, create_organization: false, create_organizations_limit: null },
    attack_protection: {
      user_lockout: {
        enabled: true,
        max_attempts: lockoutAttempts,
        duration_in_minutes: lockoutDuration / 60_000,
      },
      pii: { enabled: false },
      email_link: { require_same_client: true },
      enumeration_protection: { enabled: settings.enumeration_protection },
    },
    passkey_settings: { allow_autofill: false, show_sign_in_button: false, satisfies_second_factor: false },
  }
}
