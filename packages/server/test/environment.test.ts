import { type EnvironmentJSON, environment as routes } from '@clerk-server/contract'
import { expect, test } from 'vitest'
import { officialFrontendViolations } from '../../../test/support/official.js'
import { environmentFrontend } from '../src/environment/frontend.js'
import { projection } from '../src/http/projection.js'
import type { Environment } from '../src/options.js'
import { defaultsIn } from '../src/settings/definitions.js'
import type { SettingsChange } from '../src/settings/settings.js'

const publicUrl = 'http://127.0.0.1:4010'

/** What a browser client is told, held against the contract and the official description. */
async function told(change: SettingsChange = {}, environment: Environment = 'development') {
  const settings = { ...defaultsIn(environment), ...change } as ReturnType<typeof defaultsIn>
  const store = { current: async () => settings }
  const handlers = environmentFrontend(store, `ins_${'a'.repeat(27)}`, environment, () => publicUrl)
  const info = { apiVersion: '2025-11-10' }
  const body = (await handlers['GET /environment']({}, info)) as EnvironmentJSON
  expect(await handlers['PATCH /environment']({}, info)).toEqual(body)
  const { returns } = routes['GET /environment']
  expect(returns.parse(body)).toEqual(body)
  expect(projection(returns)(body)).toEqual(body)
  expect(officialFrontendViolations('GET /environment', body)).toEqual([])
  expect(officialFrontendViolations('PATCH /environment', body)).toEqual([])
  return body
}

test('an instance of which nothing was set asks for an address and a password, and has pages of its own', async () => {
  const { auth_config, display_config, user_settings } = await told()
  expect(auth_config).toMatchObject({
    id: `aconf_${'a'.repeat(27)}`,
    email_address: 'required',
    phone_number: 'off',
    first_name: 'on',
    password: 'required',
    identification_requirements: [['email_address']],
    identification_strategies: ['email_address'],
    first_factors: ['email_code', 'password', 'reset_password_email_code', 'ticket'],
    second_factors: ['totp', 'backup_code'],
    single_session_mode: true,
    test_mode: true,
  })
  expect(display_config).toMatchObject({
    application_name: 'My application',
    instance_environment_type: 'development',
    preferred_sign_in_strategy: 'password',
    branded: false,
    captcha_public_key: null,
    home_url: publicUrl,
    sign_in_url: `${publicUrl}/sign-in`,
    sign_up_url: `${publicUrl}/sign-up`,
    user_profile_url: `${publicUrl}/user`,
    after_sign_in_url: publicUrl,
    after_sign_out_one_url: `${publicUrl}/sign-in`,
  })
  expect(user_settings.attributes.email_address).toEqual({
    enabled: true,
    required: true,
    used_for_first_factor: true,
    first_factors: ['email_code'],
    used_for_second_factor: false,
    second_factors: [],
    verifications: ['email_code'],
    verify_at_sign_up: true,
    immutable: false,
  })
  expect(user_settings.attributes).toMatchObject({
    password: { enabled: true, required: true, used_for_first_factor: false },
    phone_number: { enabled: false, used_for_first_factor: false, used_for_second_factor: false },
    authenticator_app: { enabled: true, used_for_second_factor: true, second_factors: ['totp'] },
    backup_code: { enabled: true, used_for_second_factor: true, second_factors: ['backup_code'] },
  })
  expect(user_settings).toMatchObject({
    social: {},
    sign_up: { mode: 'public', captcha_enabled: false, progressive: true },
    password_settings: { min_length: 8, max_length: 72 },
    username_settings: { min_length: 4, max_length: 64 },
    attack_protection: { user_lockout: { enabled: true, max_attempts: 10, duration_in_minutes: 60 } },
  })
})

test('a production instance says so, and takes no test addresses', async () => {
  expect(await told({}, 'production')).toMatchObject({
    auth_config: { test_mode: false },
    display_config: { instance_environment_type: 'production' },
  })
})

test('every identifier signs in by what it can: a password, a code, or both', async () => {
  const all = { email_address: 'optional', phone_number: 'optional', username: 'optional' } as const
  const both = await told({ ...all, second_factor_phone_code: true })
  expect(both.auth_config).toMatchObject({
    email_address: 'on',
    identification_requirements: [['email_address', 'phone_number', 'username']],
    first_factors: ['email_code', 'password', 'phone_code', 'reset_password_email_code', 'ticket'],
    second_factors: ['totp', 'phone_code', 'backup_code'],
  })
  expect(both.user_settings.attributes).toMatchObject({
    phone_number: {
      first_factors: ['phone_code'],
      used_for_second_factor: true,
      second_factors: ['phone_code'],
      verify_at_sign_up: true,
    },
    username: { enabled: true, required: false, used_for_first_factor: true, first_factors: [], verifications: [] },
  })

  const withoutCodes = await told({ ...all, email_code: false, phone_code: false })
  expect(withoutCodes.auth_config.first_factors).toEqual(['password', 'reset_password_email_code', 'ticket'])
  expect(withoutCodes.user_settings.attributes.email_address).toMatchObject({
    used_for_first_factor: true,
    first_factors: [],
    verifications: ['email_code'],
  })

  const withoutPassword = await told({ ...all, password: 'off', username: 'off' })
  expect(withoutPassword.auth_config.first_factors).toEqual(['email_code', 'phone_code', 'ticket'])
  expect(withoutPassword.display_config.preferred_sign_in_strategy).toBe('otp')
  expect(withoutPassword.user_settings.attributes.password).toMatchObject({ enabled: false, required: false })
})

test('backup codes alone are no second factor', async () => {
  const { auth_config, user_settings } = await told({ second_factor_totp: false, second_factor_phone_code: true })
  expect(auth_config.second_factors).toEqual([])
  expect(user_settings.attributes).toMatchObject({
    authenticator_app: { enabled: false },
    backup_code: { enabled: false, used_for_second_factor: false },
    phone_number: { used_for_second_factor: false },
  })
})

test('what was set is told: names, pages, modes, restrictions', async () => {
  const home = 'https://app.example.com'
  const set = await told({
    application_name: 'Acme',
    support_email: 'help@example.com',
    terms_url: `${home}/terms`,
    privacy_policy_url: `${home}/privacy`,
    help_url: `${home}/help`,
    home_url: home,
    sign_in_url: `${home}/in`,
    sign_up_url: `${home}/up`,
    user_profile_url: `${home}/me`,
    after_sign_up_url: `${home}/welcome`,
    after_sign_out_url: `${home}/bye`,
    sign_up_mode: 'restricted',
    session_mode: 'multi',
    preferred_sign_in_strategy_when_password_required: 'otp',
    enumeration_protection: true,
    allowlist: true,
    block_email_subaddresses: true,
  })
  expect(set.display_config).toMatchObject({
    application_name: 'Acme',
    support_email: 'help@example.com',
    terms_url: `${home}/terms`,
    privacy_policy_url: `${home}/privacy`,
    help_url: `${home}/help`,
    preferred_sign_in_strategy: 'otp',
    home_url: home,
    logo_link_url: home,
    sign_in_url: `${home}/in`,
    sign_up_url: `${home}/up`,
    user_profile_url: `${home}/me`,
    after_sign_in_url: home,
    after_sign_up_url: `${home}/welcome`,
    after_sign_out_one_url: `${home}/bye`,
    after_sign_out_all_url: `${home}/bye`,
    after_switch_session_url: home,
  })
  expect(set.auth_config.single_session_mode).toBe(false)
  expect(set.user_settings).toMatchObject({
    sign_up: { mode: 'restricted' },
    restrictions: {
      allowlist: { enabled: true },
      blocklist: { enabled: false },
      block_email_subaddresses: { enabled: true },
    },
    attack_protection: { enumeration_protection: { enabled: true } },
  })
  const developed = await told({ development_origin: 'http://localhost:3000' })
  expect(developed.display_config.after_sign_in_url).toBe('http://localhost:3000')
})
