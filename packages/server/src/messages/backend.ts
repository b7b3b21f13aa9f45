import type { HandlersUnder } from '../http/mount.js'
import type { Served } from '../unserved.js'
import type { MessageStore } from './store.js'
import { emailView, smsMessageView } from './view.js'

export const messagesBackend = (
  messages: MessageStore,
): HandlersUnder<Served, 'emails'> & HandlersUnder<Served, 'sms_messages'> => ({
  'POST /emails': async ({ body: { from_email_name, subject, body, email_address_id } }) => {
    const to = { type: 'email_address', id: email_address_id, param: 'email_address_id' } as const
    return emailView(await messages.send(to, { from_name: from_email_name, subject, body }))
  },

  'POST /sms_messages': async ({ body: { message, phone_number_id } }) => {
    const to = { type: 'phone_number', id: phone_number_id, param: 'phone_number_id' } as const
    return smsMessageView(await messages.send(to, { from_name: null, subject: null, body: message }))
  },
})
