import type { ClientTable } from '../client-table.js'
import { type Client, expectResource } from './client.js'

/** Messages to users, which clients could send until 2024. */
export const messages: ClientTable<Client>['served'] = {
  'emails.createEmail': {
    operations: ['POST /emails'],
    async run({ clerk, person }) {
      const [address] = (await person()).email_addresses
      const sent = await clerk.emails.createEmail({
        fromEmailName: 'sales',
        subject: 'An offer',
        body: 'Hello',
        emailAddressId: address?.id,
      })
      expectResource(sent, 'Email', {
        fromEmailName: 'sales',
        emailAddressId: address?.id,
        toEmailAddress: address?.email_address,
        subject: 'An offer',
        body: 'Hello',
      })
    },
  },
  'smsMessages.createSMSMessage': {
    operations: ['POST /sms_messages'],
    async run({ clerk, person }) {
      const [number] = (await person()).phone_numbers
      const sent = await clerk.smsMessages.createSMSMessage({ message: 'Hello', phoneNumberId: number?.id })
      expectResource(sent, 'SMSMessage', {
        message: 'Hello',
        phoneNumberId: number?.id,
        toPhoneNumber: number?.phone_number,
      })
    },
  },
}
