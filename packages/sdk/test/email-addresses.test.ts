import { EmailAddress } from '../src/email-addresses/email-address.js'
import { Verification } from '../src/users/verification.js'
import { testOperations } from './support/operations.js'

const answer = { object: 'email_address', id: 'idn_1', email_address: 'a@b.c', verification: null, linked_to: [] }
const verification = Verification.fromJSON(null)
const gives = new EmailAddress({ id: 'idn_1', emailAddress: 'a@b.c', verification, linkedTo: [] })

testOperations('emailAddresses', {
  'getEmailAddress(id)': {
    call: (api, id, options) => api.getEmailAddress(id, options),
    request: 'GET /email_addresses/id_1',
    answer,
    gives,
  },
  'createEmailAddress(all)': {
    call: (api, _, options) =>
      api.createEmailAddress({ userId: 'user_1', emailAddress: 'a@b.c', verified: true, primary: false }, options),
    request: 'POST /email_addresses',
    body: 'user_id=user_1&email_address=a%40b.c&verified=true&primary=false',
    answer,
    gives,
  },
  'updateEmailAddress(id)': {
    call: (api, id, options) => api.updateEmailAddress(id, undefined, options),
    request: 'PATCH /email_addresses/id_1',
    answer,
    gives,
  },
  'updateEmailAddress(id, all)': {
    call: (api, id, options) => api.updateEmailAddress(id, { verified: false, primary: true }, options),
    request: 'PATCH /email_addresses/id_1',
    body: 'verified=false&primary=true',
    answer,
    gives,
  },
  'deleteEmailAddress(id)': {
    call: (api, id, options) => api.deleteEmailAddress(id, options),
    request: 'DELETE /email_addresses/id_1',
    answer: { object: 'email_address', id: 'idn_1', deleted: true },
    gives: new EmailAddress({ id: 'idn_1', object: 'email_address', deleted: true, verification }),
  },
})
