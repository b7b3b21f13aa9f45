import type { Backend, RouteResponse } from '@clerk-server/contract'
import type { MessagesTable } from '../database/tables/index.js'

/** A queued mail as the Backend API shows it. */
export const emailView = (row: MessagesTable): RouteResponse<Backend, 'POST /emails'> => ({
  object: 'email',
  ...messageView(row),
  from_email_name: row.from_name ?? '',
  reply_to_email_name: null,
  to_email_address: row.recipient,
  email_address_id: row.identification_id ?? '',
  subject: row.subject ?? '',
  body: row.body,
  body_plain: row.body_plain,
})

/** A queued text message as the Backend API shows it. Which number it comes from is for the hook to say. */
export const smsMessageView = (row: MessagesTable): RouteResponse<Backend, 'POST /sms_messages'> => ({
  object: 'sms_message',
  ...messageView(row),
  from_phone_number: '',
  to_phone_number: row.recipient,
  phone_number_id: row.identification_id ?? '',
  message: row.body,
  created_at: row.created_at,
})

const messageView = (row: MessagesTable) => ({
  id: row.id,
  slug: row.slug,
  user_id: row.user_id ?? '',
  data: null,
  delivered_by_clerk: true,
  status: row.status,
})
