import type { Database, TransactionQueries } from '../database/database.js'
import type { SignInTokensTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import { lockIdentified } from '../identifications/settlement.js'
import type { Tickets } from '../tokens/ticket.js'
import type { StoredUser } from '../users/store.js'
import { requireClient, type Visitor } from '../visitors/visitor.js'
import type { Advanced, Progress, Standing } from './progress.js'
import type { SignInStore } from './store.js'

/** The tickets of sign-in tokens as a first factor. Each is used up by it. */
export interface SignInTickets {
  /** The user whom a ticket lets in. @throws ApiError `ticket_invalid_code`, `ticket_expired_code` */
  userOf(ticket: string): Promise<string>
  /**
   * Begins an attempt that has its first factor.
   *
   * @throws ApiError those of {@link SignInTickets.attempt}
   */
  begin(ticket: string, visitor: Visitor): Promise<Advanced>
  /**
   * @throws ApiError `ticket_invalid_code` when it is another user's, too, `ticket_expired_code`,
   *   `sign_in_token_already_used_code`, `sign_in_token_revoked_code`, `user_banned`, `user_locked`
   */
  attempt(standing: Standing, ticket: string): Promise<Advanced>
}

interface SignInTokens {
  /** @throws ApiError `ticket_invalid_code` */
  ofTicket(id: string): Promise<SignInTokensTable>
  /** @throws ApiError `sign_in_token_already_used_code`, `sign_in_token_revoked_code`, `ticket_expired_code` */
  accept(transaction: TransactionQueries, id: string): Promise<void>
}

interface TicketParts {
  database: Pick<Database, 'queries'>
  users: { get(id: string): Promise<StoredUser> }
  tickets: Tickets
  signInTokens: SignInTokens
  signIns: SignInStore
  progress: Progress
}

const first = { strategy: 'ticket', status: 'verified' } as const

export function createSignInTickets({
  database: { queries },
  users,
  tickets,
  signInTokens,
  signIns,
  progress,
}: TicketParts): SignInTickets {
  const tokenOf = (ticket: string) => signInTokens.ofTicket(tickets.read(ticket))

  return {
    userOf: async (ticket) => (await tokenOf(ticket)).user_id,

    async begin(ticket, visitor) {
      const { id: client_id } = requireClient(visitor)
      const { id, user_id } = await tokenOf(ticket)
      const by = { visitor, refusal: await progress.refusalOf(await users.get(user_id)) }
      return queries.transaction().execute(async (transaction) => {
        const { user, rows } = await lockIdentified(transaction, user_id)
        await signInTokens.accept(transaction, id)
        const attempt = await signIns.create(transaction, { client_id, user_id, identifier: null, first })
        return progress.advance(transaction, attempt, { row: user, identifications: rows }, by)
      })
    },

    async attempt(standing, ticket) {
      const { id, user_id } = await tokenOf(ticket)
      return progress.step(standing, async (transaction, attempt, account) => {
        if (account?.row.id !== user_id) {
          throw new ApiError('ticket_invalid_code', { message: 'the ticket is for another account' })
        }
        await signInTokens.accept(transaction, id)
        return progress.advance(transaction, { ...attempt, first }, account, standing)
      })
    },
  }
}
