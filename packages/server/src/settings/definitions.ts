import { EmailAddressText, Origin, WebUrl } from '@clerk-server/contract'
import { z } from 'zod'
import type { Environment } from '../options.js'
import type { Attribute, Settings } from './settings.js'

/** One setting of an instance. */
export interface Definition<Value> {
  /** What it decides, for people. */
  description: string
  schema: z.ZodType<Value>
  default: Value
  /** What it is by default in a development instance, where that is something else. */
  inDevelopment?: Value
  /** A value as it is written on a command line; what cannot be one stays the text it is, for the schema to refuse. */
  read(text: string): unknown
}

const asText = (text: string) => text
const asTruth = (text: string) => (text === 'true' || text === 'false' ? text === 'true' : text)
const asNumber = (text: string) => (/^\d{1,15}$/.test(text) ? Number(text) : text)
const asList = (text: string) => text.split(',')

const toggle = (description: string, on = false): Definition<boolean> => ({
  description,
  schema: z.literal([true, false]),
  default: on,
  read: asTruth,
})

function choice<const Choice extends string>(description: string, choices: readonly [Choice, ...Choice[]]) {
  return { description, schema: z.enum(choices), default: choices[0], read: asText }
}

const attributes = ['off', 'optional', 'required'] as const satisfies Attribute[]
const attribute = (description: string, asked: Attribute): Definition<Attribute> => ({
  description,
  schema: z.enum(attributes),
  default: asked,
  read: asText,
})

/** One that is not there unless it is set. */
const unset = <Value>(
  description: string,
  schema: z.ZodType<Value>,
  read: (text: string) => unknown = asText,
): Definition<Value | null> => ({ description, schema: schema.nullable(), default: null, read })

const minute = 60
const day = 24 * 60 * minute
/** Seconds: five minutes to ten years, as at Clerk. */
const Duration = z
  .int()
  .min(5 * minute)
  .max(3650 * day)

/** Every setting, in the order people are shown them. */
export const definitions: { readonly [Name in keyof Settings]: Definition<Settings[Name]> } = {
  application_name: {
    description: 'What the sign-in pages call the application',
    schema: z
      .string()
      .trim()
      .regex(/^[^\p{C}]{1,64}$/u, 'must have 1 to 64 characters, none of them for control'),
    default: 'My application',
    read: asText,
  },
  support_email: unset('Where people can write to when they cannot sign in', EmailAddressText),
  terms_url: unset('The terms of service, which the pages link to', WebUrl),
  privacy_policy_url: unset('The privacy policy, which the pages link to', WebUrl),
  help_url: unset('Help, which the pages link to', WebUrl),

  sign_up_mode: choice('Who may sign up: anybody, or only who was invited', ['public', 'restricted']),
  email_address: attribute('Whether people give an e-mail address', 'required'),
  phone_number: attribute('Whether people give a phone number', 'off'),
  username: attribute('Whether people choose a user name', 'off'),
  first_name: attribute('Whether people give a first name', 'optional'),
  last_name: attribute('Whether people give a last name', 'optional'),
  password: attribute('Whether people choose a password', 'required'),

  email_code: toggle('Whether a code by e-mail signs in', true),
  phone_code: toggle('Whether a code by text message signs in', true),
  preferred_sign_in_strategy_when_password_required: unset(
    'What the pages offer first where people have a password: it, or a code (otp)',
    z.enum(['password', 'otp']),
  ),
  second_factor_totp: toggle('Whether people can have an authenticator app as their second factor', true),
  second_factor_backup_code: toggle('Whether people can have backup codes beside another second factor', true),
  second_factor_phone_code: toggle('Whether people can have a code by text message as their second factor'),
  enumeration_protection: toggle('Whether signing in hides who has an account'),

  session_mode: choice('How many people can be signed in in one browser', ['single', 'multi']),
  session_lifetime: {
    description: 'Seconds after which a session ends, however it is used',
    schema: Duration,
    default: 7 * day,
    read: asNumber,
  },
  session_inactivity_timeout: unset('Seconds after which a session ends that is not used', Duration, asNumber),

  home_url: unset("Where the application is; without it, at the development origin or the server's address", WebUrl),
  sign_in_url: unset("Where people sign in; without it, on the server's page", WebUrl),
  sign_up_url: unset("Where people sign up; without it, on the server's page", WebUrl),
  user_profile_url: unset("Where people see their profile; without it, on the server's page", WebUrl),
  after_sign_in_url: unset('Where people go from signing in; without it, home', WebUrl),
  after_sign_up_url: unset('Where people go from signing up; without it, home', WebUrl),
  after_sign_out_url: unset('Where people go from signing out; without it, to where they sign in', WebUrl),
  development_origin: unset('Where the application is that is being developed', Origin),
  allowed_origins: unset('Origins of the application, with commas between them', z.array(Origin).max(100), asList),

  allowlist: toggle('Whether only who is on the allowlist may sign up'),
  blocklist: toggle('Whether nobody who is on the blocklist may sign up'),
  allowlist_blocklist_disabled_on_sign_in: toggle('Whether the lists are for signing up only, and not for signing in'),
  block_email_subaddresses: toggle('Whether addresses such as ada+tag@example.com may not sign up'),
  block_disposable_email_domains: toggle('Whether addresses that are made to be thrown away may not sign up'),
  ignore_dots_for_gmail_addresses: toggle('Whether Gmail addresses that differ in dots only are one'),
  test_mode: {
    ...toggle(
      'Whether addresses and numbers that are made for tests have the code 424242 and get no message; never in production',
    ),
    inDevelopment: true,
  },
}

export const settingNames = Object.keys(definitions) as (keyof Settings)[]

/** What an instance is like of which nothing was set. */
export function defaultsIn(environment: Environment): Settings {
  const defaults = settingNames.map((name) => {
    const { inDevelopment, default: usual } = definitions[name]
    return [name, environment === 'development' && inDevelopment !== undefined ? inDevelopment : usual]
  })
  return Object.fromEntries(defaults) as Settings
}
