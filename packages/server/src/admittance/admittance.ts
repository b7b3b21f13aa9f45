import { isTestRecipient } from '../delivery/test-recipients.js'
import type { ListLookup } from '../listed-identifiers/lookup.js'
import type { Settings } from '../settings/settings.js'
import type { SettingsStore } from '../settings/store.js'
import { type Examined, type Occasion, refusalOf } from './decision.js'
import type { IsDisposable } from './disposable-domains.js'
import { isTagged, withoutTag } from './email-address.js'

/** Something that people are known by, in the form it is compared in: lower case, or E.164. */
export interface Identifier {
  type: Examined['type']
  value: string
}

/**
 * Who may come in. A user name is on no list: it is left out, and whoever has nothing else is on none either.
 *
 * To be asked outside of transactions. Each throws ApiError: `sign_up_mode_restricted`, `form_email_address_blocked`, `not_allowed_access`.
 */
export interface Admittance {
  /**
   * Of somebody who signs up with all of these; asked whenever they give one more, and once again before their account is
   * made, when what was given is known to be theirs.
   *
   * @param invited whether an invitation was presented that is valid and theirs: it admits where the allowlist and the
   *   sign-up mode do not
   */
  requireSignUp(identifiers: readonly Identifier[], invited: boolean): Promise<void>
  /** Of somebody who has an account, and wants to be known by one thing more: it must be allowed by itself. */
  requireAddition(identifier: Identifier): Promise<void>
  /** Of a user with all of these that are verified. Whoever signed up by an invitation counts as invited. */
  requireSignIn(identifiers: readonly Identifier[]): Promise<void>
}

interface Sources {
  settings: Pick<SettingsStore, 'current'>
  onList: ListLookup
  /** Whether one of these e-mail addresses has accepted an invitation. */
  hasAccepted(emailAddresses: readonly string[]): Promise<boolean>
  isDisposable: IsDisposable
}

type Invited = boolean | (() => Promise<boolean>)

export function createAdmittance({ settings, onList, hasAccepted, isDisposable }: Sources): Admittance {
  /** What a setting does not ask for is not looked up. */
  async function examine(identifiers: readonly Identifier[], current: Settings): Promise<Examined[]> {
    const values = identifiers.map(({ value }) => value)
    const allowed = current.allowlist ? await onList('allowlist', values) : none
    // Whoever is blocked is so with every tag.
    const blocked = current.blocklist
      ? await onList(
          'blocklist',
          values.flatMap((one) => [one, bare(one)]),
        )
      : none
    return Promise.all(
      identifiers.map(async ({ type, value }) => ({
        type,
        onAllowlist: allowed.has(value),
        onBlocklist: blocked.has(value) || blocked.has(bare(value)),
        tagged: isAddress(value) && isTagged(value) && !(current.test_mode && isTestRecipient(value)),
        disposable: current.block_disposable_email_domains && isAddress(value) && (await isDisposable(value)),
      })),
    )
  }

  async function decide(occasion: Occasion, identifiers: readonly Identifier[], invited: Invited): Promise<void> {
    const current = await settings.current()
    const examined = await examine(identifiers, current)
    // What nobody asks for is not looked up here either.
    const asks = current.allowlist && !examined.some(({ onAllowlist }) => onAllowlist)
    const applicant = {
      identifiers: examined,
      invited: typeof invited === 'boolean' ? invited : asks && (await invited()),
    }
    const refusal = refusalOf(occasion, applicant, current)
    if (refusal) throw refusal
  }

  return {
    requireSignUp: (identifiers, invited) => decide('sign-up', identifiers, invited),
    requireAddition: (identifier) => decide('addition', [identifier], false),
    requireSignIn: (identifiers) =>
      decide('sign-in', identifiers, () => hasAccepted(identifiers.map(({ value }) => value).filter(isAddress))),
  }
}

const none: ReadonlySet<string> = new Set()
const isAddress = (value: string) => value.includes('@')
const bare = (value: string) => (isAddress(value) ? withoutTag(value) : value)
