import type { Frontend } from '@clerk-server/contract'
import type { Handlers } from '../http/mount.js'
import type { Visitor } from '../visitors/visitor.js'
import type { TicketUse } from './use.js'

export const ticketsFrontend = (use: TicketUse): Pick<Handlers<Frontend, Visitor>, 'GET /tickets/accept'> => ({
  'GET /tickets/accept': async ({ query: { ticket } }, visitor) => {
    const { status, page, withTicket } = await use(ticket, visitor)
    const url = new URL(page)
    if (withTicket) url.searchParams.set('__clerk_ticket', ticket)
    url.searchParams.set('__clerk_status', status)
    return url.href
  },
})
