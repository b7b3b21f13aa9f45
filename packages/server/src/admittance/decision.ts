import type { ErrorCode } from '@clerk-server/contract'
import { ApiError } from '../errors.js'
import type { Settings } from '../settings/settings.js'

/** What is known of an e-mail address or a phone number that somebody wants to come in with. */
export interface Examined {
  type: 'email_address' | 'phone_number'
  onAllowlist: boolean
  onBlocklist: boolean
  /** Whether it has a tag, such as `ada+shop@example.com`, and is not one that tests use. */
  tagged: boolean
  disposable: boolean
}

/** What is known of who wants to come in. */
export interface Applicant {
  identifiers: readonly Examined[]
  /** Whether the application has invited them: by an invitation that is valid now, or was when they signed up. */
  invited: boolean
}

export type Occasion = 'sign-up' | 'addition' | 'sign-in'

interface Rule {
  on: readonly Occasion[]
  refuses(applicant: Applicant, settings: Settings): boolean
  code: ErrorCode
  /** The parameter it is about. */
  param?: 'email_address'
}

/** The lists are of instances that anybody may sign up to. */
const listsCount = ({ sign_up_mode }: Settings) => sign_up_mode === 'public'

const isBlocked = ({ onAllowlist, onBlocklist }: Examined, { allowlist }: Settings) =>
  onBlocklist && !(allowlist && onAllowlist)

const onBlocklist = ({ identifiers }: Applicant, settings: Settings) =>
  settings.blocklist && listsCount(settings) && identifiers.some((one) => isBlocked(one, settings))

/** One of several is enough: whose address is on the allowlist may have a number as well. */
const offAllowlist = ({ identifiers, invited }: Applicant, settings: Settings) =>
  settings.allowlist && listsCount(settings) && !invited && !identifiers.some((one) => one.onAllowlist)

/** Why somebody may not come in, in the order in which they are told. */
const rules: readonly Rule[] = [
  {
    on: ['sign-up'],
    refuses: ({ invited }, { sign_up_mode }) => sign_up_mode === 'restricted' && !invited,
    code: 'sign_up_mode_restricted',
  },
  {
    on: ['sign-up', 'addition'],
    refuses: ({ identifiers }, settings) =>
      settings.block_email_subaddresses && identifiers.some(({ tagged }) => tagged),
    code: 'form_email_address_blocked',
    param: 'email_address',
  },
  {
    on: ['sign-up', 'addition'],
    refuses: ({ identifiers }, settings) =>
      settings.block_disposable_email_domains && identifiers.some(({ disposable }) => disposable),
    code: 'form_email_address_blocked',
    param: 'email_address',
  },
  { on: ['sign-up', 'addition'], refuses: onBlocklist, code: 'not_allowed_access' },
  { on: ['sign-up', 'addition'], refuses: offAllowlist, code: 'not_allowed_access' },
  {
    on: ['sign-in'],
    refuses: (applicant, settings) =>
      !settings.allowlist_blocklist_disabled_on_sign_in &&
      (onBlocklist(applicant, settings) || offAllowlist(applicant, settings)),
    code: 'not_allowed_access',
  },
]

/** Why somebody may not come in, by the settings of the instance; `undefined` when they may. */
export function refusalOf(occasion: Occasion, applicant: Applicant, settings: Settings): ApiError | undefined {
  const rule = rules.find(({ on, refuses }) => on.includes(occasion) && refuses(applicant, settings))
  return rule && new ApiError(rule.code, rule.param === undefined ? {} : { param: rule.param })
}
