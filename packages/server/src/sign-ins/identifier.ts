import { EmailAddressText, PhoneNumberText, Username } from '@clerk-server/contract'
import type { IdentificationType } from '../identifications/rules.js'
import type { Settings } from '../settings/settings.js'

/** What somebody says they are known by. */
export interface Identifier {
  type: IdentificationType | 'username'
  /** In the form it is compared in. */
  value: string
}

/** The kinds of identifiers, in the order in which a text is tried to be one. */
const kinds = [
  { type: 'email_address', schema: EmailAddressText },
  { type: 'phone_number', schema: PhoneNumberText },
  { type: 'username', schema: Username },
] as const

/** What a text names; `undefined` for one that cannot be anybody's here. */
export function readIdentifier(text: string, settings: Settings): Identifier | undefined {
  for (const { type, schema } of kinds) {
    const parsed = settings[type] === 'off' ? undefined : schema.safeParse(text)
    if (parsed?.success) return { type, value: parsed.data }
  }
  return undefined
}
