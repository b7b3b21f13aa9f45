import type { InvitationJSON } from '@clerk-server/contract'
import type { InvitationsTable } from '../database/tables/index.js'
import type { Tickets } from '../tokens/ticket.js'
import { statusAt } from './store.js'

/** A stored invitation as the Backend API shows it at a moment, in milliseconds; with its link while it can be accepted. */
export async function invitationView(row: InvitationsTable, tickets: Tickets, now: number): Promise<InvitationJSON> {
  const status = statusAt(row, now)
  return {
    object: 'invitation',
    id: row.id,
    email_address: row.email_address,
    public_metadata: JSON.parse(row.public_metadata) as Record<string, unknown>,
    revoked: status === 'revoked',
    status,
    ...(status === 'pending' && { url: tickets.link(await tickets.issue(row)) }),
    expires_at: row.expires_at,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}
