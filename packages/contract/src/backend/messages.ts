import { z } from 'zod'
import * as field from '../fields.js'
import { table } from '../route.js'
import { rule } from '../rules.js'

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

/** What later clients read besides. */
const details = {
  /** What it is about; null when an application wrote it. */
  slug: z.string().nullable(),
  user_id: field.Id,
  /** What its template was filled with; always null, because an application sends it written out. */
  data: field.Metadata.nullable(),
  /** Always true: it is the server that hands it over. */
  delivered_by_clerk: z.boolean(),
}

const SentEmail = Email.extend({
  ...details,
  reply_to_email_name: z.string().nullable(),
  body_plain: z.string().nullable(),
}).meta({ id: 'SentEmail' })

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

const SentSMSMessage = SMSMessage.extend({ ...details, created_at: field.Timestamp }).meta({ id: 'SentSMSMessage' })

export type SMSMessageJSON = z.output<typeof SMSMessage>

/** The part of an address before the @, as a dot-atom (RFC 5322, 3.2.3). */
const LocalPart = field
  .Text(64)
  .refine(
    (value) => /^[\w!#$%&'*+/=?^`{|}~-]+(\.[\w!#$%&'*+/=?^`{|}~-]+)*$/.test(value),
    rule('form_param_format_invalid', 'must be what stands before the @ of an address, such as "sales"'),
  )

const OneLine = (max: number) =>
  field
    .Text(max)
    .refine((value) => !/\p{Cc}/u.test(value), rule('form_param_format_invalid', 'must be one line of text'))

/** Messages to users. No official description has these routes; 2.6.3 calls them. */
export const messages = table({
  'POST /emails': {
    summary: "Send an e-mail to one of a user's addresses",
    body: z.object({
      from_email_name: LocalPart,
      subject: OneLine(998),
      body: field.Text(1024 * 1024),
      email_address_id: field.Reference,
    }),
    returns: SentEmail,
    errors: ['form_resource_not_found'],
  },
  'POST /sms_messages': {
    summary: "Send a text message to one of a user's phone numbers",
    body: z.object({ message: field.Text(1600).min(1), phone_number_id: field.Reference }),
    returns: SentSMSMessage,
    errors: ['form_resource_not_found'],
  },
})
