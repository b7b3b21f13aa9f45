import type { Queries } from '../database/database.js'
import type { InvitationsTable, SignInTokensTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import { ownerOf } from '../identifications/owner.js'
import type { Destinations } from '../redirect-urls/destinations.js'
import type { Tickets } from '../tokens/ticket.js'
import type { Visitor } from '../visitors/visitor.js'

/** What a ticket is used for, and on which page. `complete`: its user is signed in there already. */
interface Use {
  status: 'sign_up' | 'sign_in' | 'complete'
  page: string
}

/**
 * Tells what a ticket is good for in a browser. It is not used up: the page does that.
 *
 * @throws ApiError for a ticket that lets nobody in (any more)
 */
export type TicketUse = (ticket: string, visitor: Visitor) => Promise<Use>

export interface TicketUseParts {
  tickets: Pick<Tickets, 'read'>
  invitations: { ofTicket(id: string): Promise<InvitationsTable> }
  signInTokens: { ofTicket(id: string): Promise<SignInTokensTable> }
  queries: Queries
  browserSessions: { open(clientId: string): Promise<{ user_id: string }[]> }
  destinations: Destinations
  publicUrl: () => string
}

export function ticketUse(parts: TicketUseParts): TicketUse {
  const { tickets, invitations, signInTokens, browserSessions, destinations } = parts

  const isSignedIn = async (userId: string, { client }: Visitor) =>
    client !== undefined && (await browserSessions.open(client.id)).some(({ user_id }) => user_id === userId)

  async function statusOf(userId: string | undefined, visitor: Visitor): Promise<Use['status']> {
    if (userId === undefined) return 'sign_up'
    return (await isSignedIn(userId, visitor)) ? 'complete' : 'sign_in'
  }

  /** The page where people sign up or in: the application's, if it has one of its own. */
  const ownPage = (status: Use['status'], { settings }: Visitor) =>
    status === 'sign_up'
      ? (settings.sign_up_url ?? `${parts.publicUrl()}/sign-up`)
      : (settings.sign_in_url ?? `${parts.publicUrl()}/sign-in`)

  /** A URL that was allowed when the invitation was made may not be so any more. */
  async function isAllowed(url: string): Promise<boolean> {
    try {
      await destinations.check(url, 'redirect_url')
      return true
    } catch (error) {
      if (error instanceof ApiError) return false
      throw error
    }
  }

  /** What each kind of ticket is about: whom it lets in, and where it wants to go. */
  const subjects: {
    prefix: string
    find(id: string): Promise<{ userId: string | undefined; redirectUrl: string | null }>
  }[] = [
    {
      prefix: 'inv_',
      async find(id) {
        const { email_address, redirect_url } = await invitations.ofTicket(id)
        return { userId: await ownerOf(parts.queries, 'email_address', email_address), redirectUrl: redirect_url }
      },
    },
    {
      prefix: 'sit_',
      async find(id) {
        const { user_id } = await signInTokens.ofTicket(id)
        return { userId: user_id, redirectUrl: null }
      },
    },
  ]

  return async (ticket, visitor) => {
    const id = tickets.read(ticket)
    const subject = subjects.find(({ prefix }) => id.startsWith(prefix))
    if (!subject) throw new ApiError('ticket_invalid_code')
    const { userId, redirectUrl } = await subject.find(id)
    const status = await statusOf(userId, visitor)
    const isElsewhere = redirectUrl !== null && (await isAllowed(redirectUrl))
    return { status, page: isElsewhere ? redirectUrl : ownPage(status, visitor) }
  }
}
