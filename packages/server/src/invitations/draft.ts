import type { Clock } from '../clock.js'
import type { InvitationsTable } from '../database/tables/index.js'
import { type InvitationOccasion, invitationMail } from '../delivery/mails/invitation.js'
import type { NewMessage } from '../delivery/outbox.js'
import { ApiError } from '../errors.js'
import type { Ids } from '../ids.js'
import type { Tickets } from '../tokens/ticket.js'

const day = 24 * 60 * 60 * 1000

/** What somebody asks for who invites. */
export interface InvitationWish {
  emailAddress: string
  /** The parameter that holds the address, as it is called on the wire. */
  param: string
  /** The mail that tells of it; none unless given. */
  mail?: InvitationOccasion | undefined
  /** JSON; `{}` by default. */
  publicMetadata?: string
  redirectUrl?: string | null | undefined
  /** 30 by default. */
  expiresInDays?: number | null | undefined
  /** Whether the address may have other invitations that are pending. */
  besideOthers?: boolean | null | undefined
  /** Whether the address may be that of a user. */
  besideUser?: boolean
}

/** An invitation that only has to be written. */
export interface InvitationDraft {
  row: Omit<InvitationsTable, 'message_id'>
  message: NewMessage | undefined
  param: string
}

/** Does for an invitation what need not be done in a transaction. @throws ApiError `form_identifier_exists` */
export type DraftInvitation = (wish: InvitationWish) => Promise<InvitationDraft>

interface Users {
  count(filter: { email_address: string[] }): Promise<number>
}

export const invitationDrafts =
  (users: Users, tickets: Tickets, clock: Clock, ids: Ids): DraftInvitation =>
  async (wish) => {
    const { emailAddress, param } = wish
    if (!wish.besideUser && (await users.count({ email_address: [emailAddress] })) > 0) {
      throw new ApiError('form_identifier_exists', { param, message: 'is the address of a user already' })
    }
    const now = clock()
    const row: InvitationDraft['row'] = {
      id: ids('invitation'),
      email_address: emailAddress,
      public_metadata: wish.publicMetadata ?? '{}',
      redirect_url: wish.redirectUrl ?? null,
      status: 'pending',
      exclusive: wish.besideOthers ? 0 : 1,
      expires_at: now + (wish.expiresInDays ?? 30) * day,
      created_at: now,
      updated_at: now,
    }
    const message = wish.mail && messageOf(wish.mail, row, tickets.link(await tickets.issue(row)))
    return { row, message, param }
  }

const messageOf = (occasion: InvitationOccasion, row: InvitationDraft['row'], url: string): NewMessage => ({
  channel: 'email',
  slug: occasion,
  user_id: null,
  identification_id: null,
  from_name: 'invitations',
  recipient: row.email_address,
  ...invitationMail(occasion, url, row.expires_at),
})
