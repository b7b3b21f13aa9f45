import type { Clock } from '../clock.js'
import type { TransactionQueries } from '../database/database.js'
import type { SignUpsTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import { refuseDottedTwin } from '../identifications/gmail.js'
import type { InvitationStore } from '../invitations/store.js'
import type { SessionStart } from '../sessions/start.js'
import { unlocked } from '../users/standing.js'
import type { NewIdentification, NewUser, UserStore } from '../users/store.js'
import type { Visitor } from '../visitors/visitor.js'
import { proofOf } from './proof.js'
import { addresses, isFinished, progressOf } from './requirements.js'
import type { SignUpStore } from './store.js'

export interface CompletionParts {
  signUps: SignUpStore
  users: Pick<UserStore, 'create'>
  invitations: Pick<InvitationStore, 'accept'>
  sessionStart: SessionStart
  clock: Clock
}

/** How an attempt stands after a step, and the token of a browser that somebody has signed in to by it. */
export interface Outcome {
  attempt: SignUpsTable
  token?: string
}

/**
 * Makes a user of an attempt to which nothing is missing, and signs them in, in the transaction of the step that was the
 * last: all of it happens, or nothing.
 *
 * @throws ApiError `form_identifier_exists` when somebody else was first, and those of an invitation that is good no more
 */
export type Complete = (transaction: TransactionQueries, attempt: SignUpsTable, visitor: Visitor) => Promise<Outcome>

export const completion =
  ({ signUps, users, invitations, sessionStart, clock }: CompletionParts): Complete =>
  async (transaction, attempt, visitor) => {
    const now = clock()
    if (!isFinished(progressOf(attempt, visitor.settings, now))) return { attempt }
    await acceptInvitation(transaction, attempt, invitations, now)
    const { email_address } = attempt
    if (visitor.settings.ignore_dots_for_gmail_addresses && email_address !== null) {
      await refuseDottedTwin(transaction, email_address, clock)
    }
    const { row } = await users.create(newUser(attempt, now), transaction)
    const { session, token } = await sessionStart.begin(
      transaction,
      { userId: row.id, clientId: attempt.client_id, strategy: strategyOf(attempt, now), secondFactor: false },
      visitor,
    )
    const completed = await signUps.change(transaction, attempt, {
      created_user_id: row.id,
      created_session_id: session.id,
      // From now on it is the user's, who may choose another.
      password_digest: null,
    })
    await signUps.settle(transaction, completed)
    return { attempt: completed, token }
  }

/** An address that was proven by a ticket stands and falls with its invitation. */
async function acceptInvitation(
  transaction: TransactionQueries,
  attempt: SignUpsTable,
  invitations: CompletionParts['invitations'],
  now: number,
): Promise<void> {
  const { invitation_id, email_address } = attempt
  if (invitation_id !== null) return invitations.accept(transaction, invitation_id, email_address ?? '')
  if (proofOf(attempt, 'email_address', now)?.strategy === 'ticket') throw new ApiError('ticket_invalid_code')
}

const newUser = (attempt: SignUpsTable, now: number): NewUser => ({
  external_id: null,
  username: attempt.username,
  first_name: attempt.first_name,
  last_name: attempt.last_name,
  locale: attempt.locale,
  password_digest: attempt.password_digest,
  password_hasher: attempt.password_hasher,
  password_updated_at: attempt.password_digest === null ? null : now,
  public_metadata: attempt.public_metadata,
  private_metadata: '{}',
  unsafe_metadata: attempt.unsafe_metadata,
  banned: 0,
  ...unlocked,
  delete_self_enabled: 1,
  create_organization_enabled: 1,
  create_organizations_limit: null,
  bypass_client_trust: 0,
  legal_accepted_at: attempt.legal_accepted_at,
  last_sign_in_at: null,
  last_active_at: null,
  identifications: addresses.flatMap((type) => identificationOf(attempt, type, now)),
})

/** What a ticket has proven is verified by the word of who invited. */
function identificationOf(attempt: SignUpsTable, type: (typeof addresses)[number], now: number): NewIdentification[] {
  const value = attempt[type]
  if (value === null) return []
  const byCode = proofOf(attempt, type, now)?.strategy !== 'ticket'
  return [{ type, value, status: 'verified', verification: byCode ? attempt[`${type}_verification`] : null }]
}

/** By what the user has shown who they are. */
const strategyOf = (attempt: SignUpsTable, now: number): string =>
  addresses.map((address) => proofOf(attempt, address, now)?.strategy).find((one) => one !== undefined) ?? 'password'
