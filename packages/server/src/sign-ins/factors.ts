import type { SignInFactorJSON } from '@clerk-server/contract'
import type { IdentificationType } from '../identifications/rules.js'
import type { Settings } from '../settings/settings.js'
import { codesOf } from '../settings/strategies.js'
import type { Account, Attempt } from './attempt.js'
import { type Identifier, readIdentifier } from './identifier.js'
import { type CodeStrategy, codeStrategies } from './strategies.js'

/** Something that a user can prove themselves by. */
export interface Factor {
  strategy: SignInFactorJSON['strategy']
  /** Where a code goes. */
  recipient?: Recipient
}

export interface Recipient {
  type: IdentificationType
  /** What it is called where it is shown. */
  id: string
  value: string
  /** Whether it is the one that the user is shown by, or that is asked for first. */
  preferred: boolean
}

/** Makes ids for recipients that are not to be told from those that nobody has. */
export type Pseudonyms = (value: string) => string

/** What can be the first factor of an attempt, the most usual first. */
export function firstFactorsOf(
  attempt: Attempt,
  account: Account | undefined,
  settings: Settings,
  pseudonym: Pseudonyms,
): Factor[] {
  if (attempt.first?.strategy === 'ticket') return [{ strategy: 'ticket' }]
  if (attempt.identifier === null) return []
  const hidden = settings.enumeration_protection
  const recipients = hidden ? hiddenRecipients(attempt.identifier, settings, pseudonym) : ownRecipients(account)
  const hasPassword = hidden || (account !== undefined && account.row.password_digest !== null)
  const password = settings.password !== 'off' && hasPassword
  return [
    ...(password ? [{ strategy: 'password' } as const] : []),
    ...codeFactors(recipients, (strategy) => {
      const { type, channel, resets } = codeStrategies[strategy]
      return resets ? password && settings[type] !== 'off' : codesOf(settings, type).includes(channel)
    }),
  ]
}

/** Where it is not to be told who has an account, there is what anybody by that name would have, and nothing else. */
function hiddenRecipients(identifier: string, settings: Settings, pseudonym: Pseudonyms): Recipient[] {
  const { type, value } = readIdentifier(identifier, settings) ?? ({ type: 'username' } as Identifier)
  return type === 'username' ? [] : [{ type, value, id: pseudonym(value), preferred: true }]
}

/** What is proven to be the user's. A number that is a second factor cannot be the first, too. */
const ownRecipients = (account: Account | undefined): Recipient[] =>
  (account?.identifications ?? [])
    .filter(({ status, reserved_for_second_factor }) => status === 'verified' && !reserved_for_second_factor)
    .map(({ type, id, value }) => ({ type, id, value, preferred: id === account?.row[`primary_${type}_id`] }))

const codeFactors = (recipients: Recipient[], isOn: (strategy: CodeStrategy) => boolean): Factor[] =>
  (Object.keys(codeStrategies) as CodeStrategy[])
    .filter(isOn)
    .flatMap((strategy) =>
      recipients
        .filter(({ type }) => type === codeStrategies[strategy].type)
        .map((recipient) => ({ strategy, recipient })),
    )

/** What can be the second factor of a user: whatever they have, the default first. */
export function secondFactorsOf({ row, identifications }: Account): Factor[] {
  const numbers = identifications
    .filter(({ reserved_for_second_factor }) => reserved_for_second_factor === 1)
    .map(({ type, id, value, default_second_factor }): Factor => {
      return { strategy: 'phone_code', recipient: { type, id, value, preferred: default_second_factor === 1 } }
    })
  return [
    ...(row.totp_enabled ? [{ strategy: 'totp' } as const] : []),
    ...numbers,
    ...(row.backup_code_enabled ? [{ strategy: 'backup_code' } as const] : []),
  ]
}

/** The recipient that a code goes to: the one that is named, or else the one the user is known by here, or prefers. */
export function recipientOf(
  factors: Factor[],
  strategy: CodeStrategy,
  { id, identifier }: { id: string | undefined; identifier: string | null },
): Recipient | undefined {
  const recipients = factors.flatMap((factor) => (factor.strategy === strategy ? (factor.recipient ?? []) : []))
  if (id !== undefined) return recipients.find((one) => one.id === id)
  return (
    recipients.find(({ value }) => value === identifier) ??
    recipients.find(({ preferred }) => preferred) ??
    recipients[0]
  )
}
