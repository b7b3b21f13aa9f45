/**
 * Mail and text messages: those that were sent, and those that are still to be. A row is written in the transaction of
 * whatever the message is about, so that there is never one without the other.
 */
export interface MessagesTable {
  id: string
  channel: 'email' | 'sms'
  /** What it is about, such as `invitation`; none for one that an application wrote itself. */
  slug: string | null
  user_id: string | null
  identification_id: string | null
  /** The part of the sender's address before the @, of mail. */
  from_name: string | null
  /** An e-mail address or a phone number. */
  recipient: string
  subject: string | null
  /** HTML of mail, text of a text message. */
  body: string
  /** The same in plain text, of mail. */
  body_plain: string | null
  status: 'queued' | 'submitted' | 'failed'
  /** How often it was tried to hand it over. */
  attempts: number
  next_attempt_at: number
  /** Until when one of the servers that share the database has it in hand. */
  leased_until: number
  last_error: string | null
  created_at: number
  updated_at: number
}
