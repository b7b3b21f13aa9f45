import type { Queries } from '../database/database.js'
import type { InvitationsTable, SignInTokensTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import { ownerOf } from '../identifications/owner.js'
import type { Destinations } from '../redirect-urls/destinations.js'
import type { Tickets } from '../tokens/ticket.js'
import type { Visitor } from '../visitors/visitor.js'

type Status = 'sign_up' | 'sign_in' | 'complete'

/** What is to be done in a browser that comes with a ticket. `complete`: nothing, its user is signed in there. */
interface Use {
  status: Status
  /** Where it is done. */
  page: string
  /** Whether it is done with the ticket. Who was invited and has an account signs in as ever. */
  withTicket: boolean
}

/**
 * Tells what a ticket is good for in a browser. It is not used up: the page does that.
 *
 * @throws ApiError for a ticket that lets nobody in (any more)
 */
export type TicketUse = (ticket: string, visitor: Visitor) => Promise<Use>

interface TicketUseParts {
  queries: Queries
  tickets: Pick<Tickets, 'read'>
  invitations: { ofTicket(id: string): Promise<InvitationsTable> }
  signInTokens: { ofTicket(id: string): Promise<SignInTokensTable> }
  browserSessions: { open(clientId: string): Promise<{ user_id: string }[]> }
  destinations: Destinations
  publicUrl: () => string
}

interface Subject {
  /** What the ticket itself does. */
  does: Status
  /** Whose account it is about, if there is one. */
  userId: string | undefined
  redirectUrl: string | null
}

export function ticketUse(parts: TicketUseParts): TicketUse {
  /** What tickets are of, by how the ids of their rows begin. */
  const subjects: Readonly<Record<string, (id: string) => Promise<Subject>>> = {
    async inv(id) {
      const { email_address, redirect_url } = await parts.invitations.ofTicket(id)
      const userId = await ownerOf(parts.queries, 'email_address', email_address)
      return { does: 'sign_up', userId, redirectUrl: redirect_url }
    },
    async sit(id) {
      const { user_id } = await parts.signInTokens.ofTicket(id)
      return { does: 'sign_in', userId: user_id, redirectUrl: null }
    },
  }

  async function statusOf({ userId }: Subject, { client }: Visitor): Promise<Status> {
    if (userId === undefined) return 'sign_up'
    const open = client ? await parts.browserSessions.open(client.id) : []
    return open.some(({ user_id }) => user_id === userId) ? 'complete' : 'sign_in'
  }

  /** A URL that was allowed when the invitation was made may not be so any more. */
  async function isAllowed(url: string): Promise<boolean> {
    try {
      await parts.destinations.check(url, 'redirect_url')
      return true
    } catch (error) {
      if (error instanceof ApiError) return false
      throw error
    }
  }

  async function pageOf({ redirectUrl }: Subject, status: Status, { settings }: Visitor): Promise<string> {
    if (redirectUrl !== null && (await isAllowed(redirectUrl))) return redirectUrl
    return status === 'sign_up'
      ? (settings.sign_up_url ?? `${parts.publicUrl()}/sign-up`)
      : (settings.sign_in_url ?? `${parts.publicUrl()}/sign-in`)
  }

  return async (ticket, visitor) => {
    const id = parts.tickets.read(ticket)
    const subject = await subjects[id.split('_', 1)[0] ?? '']?.(id)
    if (!subject) throw new ApiError('ticket_invalid_code')
    const status = await statusOf(subject, visitor)
    return { status, page: await pageOf(subject, status, visitor), withTicket: status === subject.does }
  }
}
