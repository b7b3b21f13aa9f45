import { Email } from '../src/emails/email.js'
import { testOperations } from './support/operations.js'

testOperations('emails', {
  'createEmail(all)': {
    call: (api, _, options) =>
      api.createEmail(
        { fromEmailName: 'sales', subject: 'Hi all!', body: '<p>&amp;</p>', emailAddressId: 'idn_1' },
        options,
      ),
    request: 'POST /emails',
    body: 'from_email_name=sales&subject=Hi%20all!&body=%3Cp%3E%26amp%3B%3C%2Fp%3E&email_address_id=idn_1',
    answer: {
      object: 'email',
      id: 'ema_1',
      from_email_name: 'sales',
      to_email_address: 'a@b.c',
      email_address_id: 'idn_1',
      subject: 'Hi all!',
      body: '<p>&amp;</p>',
      status: 'queued',
    },
    gives: new Email({
      id: 'ema_1',
      fromEmailName: 'sales',
      toEmailAddress: 'a@b.c',
      emailAddressId: 'idn_1',
      subject: 'Hi all!',
      body: '<p>&amp;</p>',
      status: 'queued',
    }),
  },
})
