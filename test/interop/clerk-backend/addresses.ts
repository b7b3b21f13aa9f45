import { expect } from 'vitest'
import type { ClientTable } from '../client-table.js'
import { phoneNumber } from '../stage.js'
import { type Client, expectResource } from './client.js'

export const addresses: ClientTable<Client>['served'] = {
  'emailAddresses.getEmailAddress': {
    operations: ['GET /email_addresses/{email_address_id}'],
    async run({ clerk, person }) {
      const [address] = (await person()).email_addresses
      expectResource(await clerk.emailAddresses.getEmailAddress(String(address?.id)), 'EmailAddress', {
        id: address?.id,
        emailAddress: address?.email_address,
        verification: { status: 'verified', strategy: 'admin' },
        linkedTo: [],
      })
    },
  },
  'emailAddresses.createEmailAddress': {
    operations: ['POST /email_addresses'],
    async run({ clerk, person, unique }) {
      const user = await person()
      const emailAddress = `${unique()}@example.com`
      const created = await clerk.emailAddresses.createEmailAddress({
        userId: user.id,
        emailAddress,
        verified: true,
        primary: true,
      })
      expectResource(created, 'EmailAddress', { emailAddress, verification: { status: 'verified' } })
      expect(await clerk.users.getUser(user.id)).toMatchObject({ primaryEmailAddressId: created.id })
    },
  },
  'emailAddresses.updateEmailAddress': {
    operations: ['PATCH /email_addresses/{email_address_id}'],
    async run({ clerk, person, unique }) {
      const user = await person({ email_address: [`${unique()}@example.com`, `${unique()}@example.com`] })
      const second = String(user.email_addresses[1]?.id)
      const changed = await clerk.emailAddresses.updateEmailAddress(second, { primary: true })
      expectResource(changed, 'EmailAddress', { id: second })
      expect(await clerk.users.getUser(user.id)).toMatchObject({ primaryEmailAddressId: second })
      // `false` arrives, and is not left out.
      const first = String(user.email_addresses[0]?.id)
      const unverified = await clerk.emailAddresses.updateEmailAddress(first, { verified: false })
      expect(unverified.verification?.status ?? null).not.toBe('verified')
    },
  },
  'emailAddresses.deleteEmailAddress': {
    operations: ['DELETE /email_addresses/{email_address_id}'],
    async run({ clerk, person }) {
      const id = String((await person()).email_addresses[0]?.id)
      expect(await clerk.emailAddresses.deleteEmailAddress(id)).toMatchObject({ id, deleted: true })
      await expect(clerk.emailAddresses.getEmailAddress(id)).rejects.toMatchObject({ status: 404 })
    },
  },
  'users.replaceUserEmailAddress': {
    operations: ['PUT /users/{user_id}/email_address'],
    async run({ clerk, person, unique }) {
      const user = await person()
      const emailAddress = `${unique()}@example.com`
      const replaced = await clerk.users.replaceUserEmailAddress(user.id, { emailAddress })
      expectResource(replaced, 'EmailAddress', { emailAddress })
      expect((await clerk.users.getUser(user.id)).emailAddresses).toHaveLength(1)
    },
  },
  'phoneNumbers.getPhoneNumber': {
    operations: ['GET /phone_numbers/{phone_number_id}'],
    async run({ clerk, person }) {
      const [number] = (await person()).phone_numbers
      expectResource(await clerk.phoneNumbers.getPhoneNumber(String(number?.id)), 'PhoneNumber', {
        id: number?.id,
        phoneNumber: number?.phone_number,
        reservedForSecondFactor: false,
        defaultSecondFactor: false,
        verification: { status: 'verified' },
      })
    },
  },
  'phoneNumbers.createPhoneNumber': {
    operations: ['POST /phone_numbers'],
    async run({ clerk, person }) {
      const user = await person()
      const number = phoneNumber()
      const created = await clerk.phoneNumbers.createPhoneNumber({
        userId: user.id,
        phoneNumber: number,
        verified: true,
        primary: true,
      })
      expectResource(created, 'PhoneNumber', { phoneNumber: number, verification: { status: 'verified' } })
      expect(await clerk.users.getUser(user.id)).toMatchObject({ primaryPhoneNumberId: created.id })
    },
  },
  'phoneNumbers.updatePhoneNumber': {
    operations: ['PATCH /phone_numbers/{phone_number_id}'],
    async run({ clerk, person }) {
      const user = await person({ phone_number: [phoneNumber(), phoneNumber()] })
      const second = String(user.phone_numbers[1]?.id)
      expectResource(await clerk.phoneNumbers.updatePhoneNumber(second, { primary: true }), 'PhoneNumber', {
        id: second,
      })
      expect(await clerk.users.getUser(user.id)).toMatchObject({ primaryPhoneNumberId: second })
    },
  },
  'phoneNumbers.deletePhoneNumber': {
    operations: ['DELETE /phone_numbers/{phone_number_id}'],
    async run({ clerk, person }) {
      const id = String((await person()).phone_numbers[0]?.id)
      expect(await clerk.phoneNumbers.deletePhoneNumber(id)).toMatchObject({ id, deleted: true })
      await expect(clerk.phoneNumbers.getPhoneNumber(id)).rejects.toMatchObject({ status: 404 })
    },
  },
  'users.replaceUserPhoneNumber': {
    operations: ['PUT /users/{user_id}/phone_number'],
    async run({ clerk, person }) {
      const user = await person()
      const number = phoneNumber()
      const replaced = await clerk.users.replaceUserPhoneNumber(user.id, { phoneNumber: number })
      expectResource(replaced, 'PhoneNumber', { phoneNumber: number })
      expect((await clerk.users.getUser(user.id)).phoneNumbers).toHaveLength(1)
    },
  },
}
