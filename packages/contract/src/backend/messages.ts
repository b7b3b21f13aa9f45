import { z } from 'zod'
import * as field from '../fields.js'
import { table } from '../route.js'

const MessageStatus = z.enum(['queued', 'submitted', 'failed'])

const Email = z
  .object({
    object: z.literal('email'),
    id: field.Id,
    from_email_name: z.string(),
    to_email_address: z.string(),
    email_address_id: field.Id,
    subject: z.string(),
    body: z.string(),
    status: MessageStatus,
  })
  .meta({ id: 'Email' })

export type EmailJSON = z.output<typeof Email>

const SMSMessage = z
  .object({
    object: z.literal('sms_message'),
    id: field.Id,
    from_phone_number: z.string(),
    to_phone_number: z.string(),
    phone_number_id: field.Id,
    message: z.string(),
    status: MessageStatus,
  })
  .meta({ id: 'SMSMessage' })

export type SMSMessageJSON = z.output<typeof SMSMessage>

/** Messages to users. No official description has these routes; 2.6.3 calls them. */
export const messages = table({
  'POST /emails': {
    summary: "Send an e-mail to one of a user's addresses",
    body: z.object({
      from_email_name: field.Text(),
      subject: field.Text(998),
      body: z.string(),
      email_address_id: field.Reference,
    }),
    returns: Email,
    errors: ['resource_not_found'],
  },
  'POST /sms_messages': {
    summary: "Send a text message to one of a user's phone numbers",
    body: z.object({ message: field.Text(1600), phone_number_id: field.Reference }),
    returns: SMSMessage,
    errors: ['resource_not_found'],
  },
})
