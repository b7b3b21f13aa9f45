import { z } from 'zod'
import * as field from '../fields.js'
import { table } from '../route.js'
import { Deleted } from './objects.js'
import { EmailAddress, PhoneNumber } from './user.js'

export type EmailAddressJSON = z.output<typeof EmailAddress>
export type PhoneNumberJSON = z.output<typeof PhoneNumber>

const standing = { verified: z.boolean().nullish(), primary: z.boolean().nullish() }
const standingOfPhone = { ...standing, reserved_for_second_factor: z.boolean().nullish() }

export const addresses = table({
  'POST /email_addresses': {
    summary: 'Give a user one more e-mail address',
    body: z.object({ user_id: field.Reference, email_address: field.EmailAddressText, ...standing }),
    refuses: ['notify_primary_email_address_changed'],
    returns: EmailAddress,
    errors: ['form_identifier_exists', 'resource_not_found'],
  },
  'GET /email_addresses/{email_address_id}': {
    summary: 'Read an e-mail address',
    returns: EmailAddress,
    errors: ['resource_not_found'],
  },
  'PATCH /email_addresses/{email_address_id}': {
    summary: 'Change what an e-mail address counts as',
    body: z.object(standing),
    refuses: ['notify_primary_email_address_changed'],
    returns: EmailAddress,
    errors: ['resource_not_found'],
  },
  'DELETE /email_addresses/{email_address_id}': {
    summary: 'Delete an e-mail address',
    returns: Deleted('email_address'),
    errors: ['resource_not_found'],
  },
  'POST /phone_numbers': {
    summary: 'Give a user one more phone number',
    body: z.object({ user_id: field.Reference, phone_number: field.PhoneNumberText, ...standingOfPhone }),
    returns: PhoneNumber,
    errors: ['form_identifier_exists', 'resource_not_found'],
  },
  'GET /phone_numbers/{phone_number_id}': {
    summary: 'Read a phone number',
    returns: PhoneNumber,
    errors: ['resource_not_found'],
  },
  'PATCH /phone_numbers/{phone_number_id}': {
    summary: 'Change what a phone number counts as',
    body: z.object(standingOfPhone),
    returns: PhoneNumber,
    errors: ['resource_not_found'],
  },
  'DELETE /phone_numbers/{phone_number_id}': {
    summary: 'Delete a phone number',
    returns: Deleted('phone_number'),
    errors: ['resource_not_found'],
  },
})
