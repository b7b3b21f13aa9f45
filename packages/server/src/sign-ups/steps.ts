import type { Frontend, RouteRequest } from '@clerk-server/contract'
import type { Clock } from '../clock.js'
import type { Queries } from '../database/database.js'
import type { SignUpsTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { InvitationStore } from '../invitations/store.js'
import type { Passwords } from '../passwords/passwords.js'
import { checkPassword } from '../passwords/policy.js'
import type { Settings } from '../settings/settings.js'
import type { Tickets } from '../tokens/ticket.js'
import { metadataText } from '../users/metadata.js'
import type { RequireAdmission } from './admission.js'
import { givenAddresses } from './given-addresses.js'
import { byTicket, proofOf } from './proof.js'
import { type Address, attributes } from './requirements.js'
import type { SignUpChange } from './store.js'
import { changedIdentifiers, requireFree } from './taken.js'

export type Given = RouteRequest<Frontend, 'PATCH /client/sign_ups/{sign_up_id}', 'output'>['body']

interface Context {
  /** The attempt as it was before the first step. */
  before: SignUpsTable
  settings: Settings
}

/** What one thing that is given changes of an attempt, as it is after the steps before it. */
type Step = (given: Given, attempt: SignUpsTable, context: Context) => SignUpChange | Promise<SignUpChange>

export interface StepParts {
  queries: Queries
  tickets: Pick<Tickets, 'read'>
  invitations: Pick<InvitationStore, 'ofTicket'>
  requireAdmission: RequireAdmission
  passwords: Pick<Passwords, 'digest'>
  clock: Clock
}

/**
 * What is given is gone through in these steps, in this order: what refuses soonest and costs least comes first.
 *
 * @throws ApiError when something cannot be taken
 */
export type Steps = Readonly<Record<'asked' | 'ticket' | 'addresses' | 'profile' | 'admission' | 'password', Step>>

export const signUpSteps = (parts: StepParts): Steps => ({
  /** What the instance does not ask for is a mistake of the page, and would be lost. */
  asked(given, _, { settings }) {
    const named: Given = { ...given, ...Object.fromEntries(givenAddresses(given)) }
    const unasked = attributes.find((name) => settings[name] === 'off' && named[name] != null)
    if (unasked === undefined) return {}
    throw new ApiError('form_param_unknown', { param: unasked, message: 'is not asked for by this instance' })
  },

  /** The address of an invitation is proven by its ticket, and what the application said of the user comes with it. */
  async ticket({ strategy, ticket }, { invitation_id }) {
    if (ticket == null) {
      if (strategy !== 'ticket' || invitation_id !== null) return {}
      throw new ApiError('form_conditional_param_missing', {
        param: 'ticket',
        message: 'is required with the strategy',
      })
    }
    const { id, email_address, public_metadata } = await parts.invitations.ofTicket(parts.tickets.read(ticket))
    if (id === invitation_id) return {}
    return { invitation_id: id, email_address, email_address_verification: JSON.stringify(byTicket), public_metadata }
  },

  /** Whoever gives another address has to prove that one. */
  addresses(given, attempt) {
    const change: SignUpChange = {}
    for (const [address, value] of givenAddresses(given)) {
      if (value === attempt[address] || isOfInvitation(attempt, address, value)) continue
      Object.assign(change, { [address]: value, [`${address}_verification`]: null })
    }
    return change
  },

  profile({ username, first_name, last_name, locale, unsafe_metadata, legal_accepted }, { legal_accepted_at }) {
    const accepted = legal_accepted ? (legal_accepted_at ?? parts.clock()) : null
    return {
      ...(username !== undefined && { username }),
      ...(first_name !== undefined && { first_name }),
      ...(last_name !== undefined && { last_name }),
      ...(locale !== undefined && { locale }),
      ...(unsafe_metadata != null && { unsafe_metadata: metadataText(unsafe_metadata, 'unsafe_metadata') }),
      ...(legal_accepted != null && { legal_accepted_at: accepted }),
    }
  },

  /** With enumeration protection, whether an address is taken is told to nobody who has not shown that it is theirs. */
  async admission(_, attempt, { before, settings }) {
    await parts.requireAdmission(attempt)
    const { username, ...changed } = changedIdentifiers(before, attempt)
    await requireFree(parts.queries, { username, ...(settings.enumeration_protection ? {} : changed) })
    return {}
  },

  /** Only the digest is kept. A field that was left empty is no password. */
  async password({ password }, attempt) {
    if (password == null) return {}
    const identifiers = [attempt.email_address, attempt.phone_number, attempt.username].filter((one) => one !== null)
    await checkPassword(password, { identifiers, skipChecks: false })
    const { password_digest } = await parts.passwords.digest(password)
    return { password_digest, password_hasher: 'argon2id' }
  },
})

/** Who was invited signs up with the address of the invitation. @throws ApiError `form_param_value_invalid` for another */
function isOfInvitation(attempt: SignUpsTable, address: Address, value: string | null): boolean {
  if (proofOf(attempt, address, 0)?.strategy !== 'ticket') return false
  if (value === null) return true
  throw new ApiError('form_param_value_invalid', {
    param: address,
    message: 'is not that of the invitation, which is the one to sign up with',
  })
}
