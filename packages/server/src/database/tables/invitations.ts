import type { Flag } from './flag.js'

export interface InvitationsTable {
  id: string
  /** Lower case. */
  email_address: string
  /** What becomes the public metadata of the user who signs up. */
  public_metadata: string
  redirect_url: string | null
  /** As last written; a pending invitation that is past `expires_at` has expired whatever stands here. */
  status: 'pending' | 'accepted' | 'revoked'
  /** Whether it was made where no other invitation of the address was open. One address has one such that is pending. */
  exclusive: Flag
  /** The mail that was sent of it. */
  message_id: string | null
  expires_at: number
  created_at: number
  updated_at: number
}
