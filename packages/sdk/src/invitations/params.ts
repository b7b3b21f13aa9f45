import type { PageParams } from '../transport/pages.js'

type InvitationOrder = 'created_at' | 'email_address' | 'expires_at'

export interface InvitationListParams extends PageParams {
  /** Default: all but those that were revoked. */
  status?: 'pending' | 'accepted' | 'revoked' | 'expired' | undefined
  /** A part of the e-mail address, or the id. */
  query?: string | undefined
  /** `-` in front is descending. The server's default is `-created_at`. */
  orderBy?: InvitationOrder | `+${InvitationOrder}` | `-${InvitationOrder}` | undefined
}

export interface CreateInvitationParams {
  emailAddress: string
  /** Where the browser goes when the invitation was accepted. */
  redirectUrl?: string | undefined
  /** What becomes the public metadata of the user who signs up: an object, or the JSON text of one. */
  publicMetadata?: Record<string, unknown> | string | undefined
  /** Whether the invitation is sent by e-mail. Default: `true`. */
  notify?: boolean | null | undefined
  /** Whether an address that was invited before, or is a user's, may be invited. Default: `false`, which is an error then. */
  ignoreExisting?: boolean | null | undefined
  /** 1 to 365. The server's default is 30. */
  expiresInDays?: number | null | undefined
  /** Which e-mail is sent. Default: `invitation`. */
  templateSlug?: 'invitation' | 'waitlist_invitation' | undefined
}
