import type { Settings } from './settings.js'

/** What people can be known by, in the order it is shown. */
export const identifiers = ['email_address', 'phone_number', 'username'] as const
export type Identifier = (typeof identifiers)[number]

export type FirstFactor = 'password' | 'email_code' | 'phone_code'
export type SecondFactor = 'totp' | 'backup_code' | 'phone_code'

const codes = { email_address: 'email_code', phone_number: 'phone_code', username: undefined } as const

export const enabledIdentifiers = (settings: Settings): Identifier[] =>
  identifiers.filter((identifier) => settings[identifier] !== 'off')

/** Codes that an instance sends to sign people in who are known by this. */
export function codesOf(settings: Settings, identifier: Identifier): ('email_code' | 'phone_code')[] {
  const code = codes[identifier]
  return code !== undefined && settings[identifier] !== 'off' && settings[code] ? [code] : []
}

/** What people can sign in with who are known by this: nothing, where the instance does not ask for it. */
export function firstFactorsOf(settings: Settings, identifier: Identifier): FirstFactor[] {
  if (settings[identifier] === 'off') return []
  return [...(settings.password === 'off' ? [] : (['password'] as const)), ...codesOf(settings, identifier)]
}

/** What people can have beside that. Backup codes are for those who have lost another factor. */
export function secondFactorsOf(settings: Settings): SecondFactor[] {
  const factors: SecondFactor[] = []
  if (settings.second_factor_totp) factors.push('totp')
  if (settings.second_factor_phone_code && settings.phone_number !== 'off') factors.push('phone_code')
  if (settings.second_factor_backup_code && factors.length > 0) factors.push('backup_code')
  return factors
}
