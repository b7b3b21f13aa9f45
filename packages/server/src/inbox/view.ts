import type { MessagesTable } from '../database/tables/index.js'
import { codeIn, linksIn } from './contents.js'
import type { InboxMessageJSON } from './routes.js'

/** A stored message as the inbox shows it. */
export const inboxMessageView = (row: MessagesTable): InboxMessageJSON => ({
  id: row.id,
  channel: row.channel,
  slug: row.slug,
  user_id: row.user_id,
  from: row.from_name,
  to: row.recipient,
  subject: row.subject,
  body: row.body,
  body_plain: row.body_plain,
  code: codeIn(row),
  links: linksIn(row),
  status: row.status,
  attempts: row.attempts,
  last_error: row.last_error,
  created_at: row.created_at,
})
