import type { AttributeJSON, EnvironmentJSON } from '@clerk-server/contract'
import type { Settings } from '../settings/settings.js'
import { codesOf, firstFactorsOf, type Identifier, secondFactorsOf } from '../settings/strategies.js'

type Attributes = EnvironmentJSON['user_settings']['attributes']

const off: AttributeJSON = {
  enabled: false,
  required: false,
  used_for_first_factor: false,
  first_factors: [],
  used_for_second_factor: false,
  second_factors: [],
  verifications: [],
  verify_at_sign_up: false,
  immutable: false,
}

/** What a person has, is asked for, and can prove who they are with. */
export function attributesView(settings: Settings): Attributes {
  const asked = (name: 'first_name' | 'last_name' | 'password'): AttributeJSON => ({
    ...off,
    enabled: settings[name] !== 'off',
    required: settings[name] === 'required',
  })

  const identifier = (name: Identifier, verification?: string): AttributeJSON => {
    if (settings[name] === 'off') return off
    return {
      ...off,
      enabled: true,
      required: settings[name] === 'required',
      used_for_first_factor: firstFactorsOf(settings, name).length > 0,
      first_factors: codesOf(settings, name),
      verifications: verification === undefined ? [] : [verification],
      verify_at_sign_up: verification !== undefined,
    }
  }

  const secondFactor = (strategy: 'totp' | 'backup_code' | 'phone_code') => {
    const used = secondFactorsOf(settings).includes(strategy)
    return { used_for_second_factor: used, second_factors: used ? [strategy] : [] }
  }

  const enabledFor = (strategy: 'totp' | 'backup_code'): AttributeJSON => {
    const factor = secondFactor(strategy)
    return { ...off, enabled: factor.used_for_second_factor, ...factor, verifications: factor.second_factors }
  }

  return {
    email_address: identifier('email_address', 'email_code'),
    phone_number: { ...identifier('phone_number', 'phone_code'), ...secondFactor('phone_code') },
    username: identifier('username'),
    web3_wallet: off,
    first_name: asked('first_name'),
    last_name: asked('last_name'),
    password: asked('password'),
    authenticator_app: enabledFor('totp'),
    ticket: { ...off, enabled: true },
    backup_code: enabledFor('backup_code'),
    passkey: off,
  }
}
