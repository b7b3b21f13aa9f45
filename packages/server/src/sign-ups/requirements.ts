import type { SignUpsTable } from '../database/tables/index.js'
import type { Settings } from '../settings/settings.js'
import { enabledIdentifiers } from '../settings/strategies.js'
import { isVerified } from './proof.js'

/** What people are asked for, in the order it is shown. */
export const attributes = ['email_address', 'phone_number', 'username', 'first_name', 'last_name', 'password'] as const
type Attribute = (typeof attributes)[number]

/** What must be shown to be somebody's own. */
export const addresses = ['email_address', 'phone_number'] as const
export type Address = (typeof addresses)[number]

/** How far an attempt has come, by what an instance asks for. */
export interface Progress {
  required_fields: string[]
  optional_fields: string[]
  missing_fields: string[]
  unverified_fields: string[]
}

/** @param now milliseconds since 1970 */
export function progressOf(attempt: SignUpsTable, settings: Settings, now: number): Progress {
  const required = requirementsOf(settings)
  const optional = attributes.filter((name) => settings[name] === 'optional')
  const isOpen = attempt.created_user_id === null
  return {
    required_fields: required.map(({ name }) => name),
    optional_fields: optional.filter((name) => !required.some((one) => one.name === name)),
    missing_fields: isOpen ? required.filter(({ isMet }) => !isMet(attempt)).map(({ name }) => name) : [],
    unverified_fields: isOpen
      ? addresses.filter((name) => attempt[name] !== null && !isVerified(attempt, name, now))
      : [],
  }
}

export const isFinished = ({ missing_fields, unverified_fields }: Progress) =>
  missing_fields.length === 0 && unverified_fields.length === 0

interface Requirement {
  name: string
  isMet(attempt: SignUpsTable): boolean
}

const has = (attempt: SignUpsTable, name: Attribute) => attempt[name === 'password' ? 'password_digest' : name] !== null

function requirementsOf(settings: Settings): Requirement[] {
  const required = attributes
    .filter((name) => settings[name] === 'required')
    .map((name): Requirement => ({ name, isMet: (attempt) => has(attempt, name) }))
  const identifiers = enabledIdentifiers(settings)
  if (identifiers.some((name) => settings[name] === 'required')) return required
  // Where none is required by itself, any of them will do: nobody could find a user again who has none.
  const name = addresses.every((one) => identifiers.includes(one)) ? 'email_address_or_phone_number' : identifiers[0]
  if (name === undefined) return required
  return [{ name, isMet: (attempt) => identifiers.some((one) => has(attempt, one)) }, ...required]
}
