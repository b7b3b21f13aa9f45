import { PhoneNumber } from '../src/phone-numbers/phone-number.js'
import { Verification } from '../src/users/verification.js'
import { testOperations } from './support/operations.js'

const answer = { object: 'phone_number', id: 'idn_1', phone_number: '+1', verification: null, linked_to: [] }
const verification = Verification.fromJSON(null)
const gives = new PhoneNumber({ id: 'idn_1', phoneNumber: '+1', verification, linkedTo: [] })

testOperations('phoneNumbers', {
  'getPhoneNumber(id)': {
    call: (api, id, options) => api.getPhoneNumber(id, options),
    request: 'GET /phone_numbers/id_1',
    answer,
    gives,
  },
  'createPhoneNumber(all)': {
    call: (api, _, options) =>
      api.createPhoneNumber({ userId: 'user_1', phoneNumber: '+1', verified: true, primary: false }, options),
    request: 'POST /phone_numbers',
    body: 'user_id=user_1&phone_number=%2B1&verified=true&primary=false',
    answer,
    gives,
  },
  'updatePhoneNumber(id)': {
    call: (api, id, options) => api.updatePhoneNumber(id, undefined, options),
    request: 'PATCH /phone_numbers/id_1',
    answer,
    gives,
  },
  'updatePhoneNumber(id, all)': {
    call: (api, id, options) => api.updatePhoneNumber(id, { primary: true, reservedForSecondFactor: true }, options),
    request: 'PATCH /phone_numbers/id_1',
    body: 'primary=true&reserved_for_second_factor=true',
    answer,
    gives,
  },
  'deletePhoneNumber(id)': {
    call: (api, id, options) => api.deletePhoneNumber(id, options),
    request: 'DELETE /phone_numbers/id_1',
    answer: { object: 'phone_number', id: 'idn_1', deleted: true },
    gives: new PhoneNumber({ id: 'idn_1', object: 'phone_number', deleted: true, verification }),
  },
})
