import { SMSMessage } from '../src/sms-messages/sms-message.js'
import { testOperations } from './support/operations.js'

testOperations('smsMessages', {
  'createSMSMessage(all)': {
    call: (api, _, options) => api.createSMSMessage({ message: 'Press 1', phoneNumberId: 'idn_1' }, options),
    request: 'POST /sms_messages',
    body: 'message=Press%201&phone_number_id=idn_1',
    answer: {
      object: 'sms_message',
      id: 'sms_1',
      from_phone_number: '+1',
      to_phone_number: '+2',
      phone_number_id: 'idn_1',
      message: 'Press 1',
      status: 'queued',
    },
    gives: new SMSMessage({
      id: 'sms_1',
      fromPhoneNumber: '+1',
      toPhoneNumber: '+2',
      phoneNumberId: 'idn_1',
      message: 'Press 1',
      status: 'queued',
    }),
  },
})
