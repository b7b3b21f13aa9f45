import { expect } from 'vitest'
import type { ClientTable } from '../client-table.js'
import { phoneNumber } from '../stage.js'
import { type Client, expectResource, itemsOf } from './client.js'

const password = 'a long enough secret'

export const users: ClientTable<Client>['served'] = {
  'users.getUserList': {
    operations: ['GET /users'],
    also: {
      'clerk-sdk-node 5.1.6': ['GET /users/count'],
      '@clerk/backend 3.25.0': ['GET /users/count'],
      '@clerk/express 2.1.70': ['GET /users/count'],
    },
    async run({ clerk, person }) {
      const [first, second] = [await person(), await person()]
      const emailAddress = [first, second].flatMap((user) => user.email_addresses[0]?.email_address ?? [])
      const list = itemsOf(await clerk.users.getUserList({ emailAddress, orderBy: '+created_at', limit: 10 }))
      expect(list.map(({ id }) => id)).toEqual([first.id, second.id])
      expectResource(list[0] ?? {}, 'User', {
        username: first.username,
        emailAddresses: [{ emailAddress: emailAddress[0] }],
      })
      const rest = itemsOf(await clerk.users.getUserList({ emailAddress, orderBy: '-created_at', limit: 1, offset: 1 }))
      expect(rest.map(({ id }) => id)).toEqual([first.id])
      expect(itemsOf(await clerk.users.getUserList({ query: 'nobody has this name' }))).toEqual([])
    },
  },
  'users.getCount': {
    operations: ['GET /users/count'],
    async run({ clerk, person }) {
      const { username } = await person()
      expect(await clerk.users.getCount({ username: [String(username)] })).toBe(1)
      expect(await clerk.users.getCount()).toBeGreaterThanOrEqual(1)
    },
  },
  'users.getUser': {
    operations: ['GET /users/{user_id}'],
    async run({ clerk, person }) {
      const user = await person({ public_metadata: { plan: 'pro' }, private_metadata: { secret: 1 } })
      const found = await clerk.users.getUser(user.id)
      expectResource(found, 'User', {
        id: user.id,
        username: user.username,
        firstName: 'Ada',
        lastName: 'Lovelace',
        passwordEnabled: false,
        banned: false,
        primaryEmailAddressId: user.primary_email_address_id,
        primaryPhoneNumberId: user.primary_phone_number_id,
        publicMetadata: { plan: 'pro' },
        privateMetadata: { secret: 1 },
        unsafeMetadata: {},
        createdAt: user.created_at,
        externalAccounts: [],
      })
      expectResource(found.emailAddresses[0] ?? {}, 'EmailAddress', {
        id: user.email_addresses[0]?.id,
        emailAddress: user.email_addresses[0]?.email_address,
        verification: { status: 'verified', strategy: 'admin' },
        linkedTo: [],
      })
      expectResource(found.phoneNumbers[0] ?? {}, 'PhoneNumber', {
        phoneNumber: user.phone_numbers[0]?.phone_number,
        reservedForSecondFactor: false,
      })
    },
  },
  'users.createUser': {
    operations: ['POST /users'],
    async run({ clerk, unique }) {
      const name = unique()
      const phone = phoneNumber()
      const createdAt = new Date('2020-02-02T20:20:20.000Z')
      const user = await clerk.users.createUser({
        externalId: `external ${name}`,
        emailAddress: [`${name}@example.com`, `${name}.b@example.com`],
        phoneNumber: [phone],
        username: `name_${name}`,
        password,
        firstName: 'Grace',
        lastName: 'Hopper',
        skipPasswordChecks: true,
        createdAt,
        publicMetadata: { camelCase: [1, { deep_key: null }] },
        privateMetadata: { 'a key': 'ä' },
        unsafeMetadata: { theme: 'dark' },
      })
      expectResource(user, 'User', {
        id: expect.stringMatching(/^user_[0-9A-Za-z]{27}$/),
        externalId: `external ${name}`,
        username: `name_${name}`,
        firstName: 'Grace',
        passwordEnabled: true,
        createdAt: createdAt.getTime(),
        publicMetadata: { camelCase: [1, { deep_key: null }] },
        privateMetadata: { 'a key': 'ä' },
        unsafeMetadata: { theme: 'dark' },
        emailAddresses: [{ emailAddress: `${name}@example.com` }, { emailAddress: `${name}.b@example.com` }],
        phoneNumbers: [{ phoneNumber: phone }],
      })
    },
  },
  'users.updateUser': {
    operations: ['PATCH /users/{user_id}'],
    also: {
      '@clerk/backend 3.25.0': ['PUT /users/{user_id}/metadata'],
      '@clerk/express 2.1.70': ['PUT /users/{user_id}/metadata'],
    },
    async run({ clerk, person, unique }) {
      const name = unique()
      const user = await person({
        email_address: [`${name}@example.com`, `${name}.b@example.com`],
        public_metadata: { old: 1 },
      })
      const changed = await clerk.users.updateUser(user.id, {
        firstName: 'Grace',
        lastName: 'Hopper',
        username: `other_${name}`,
        externalId: name,
        password,
        primaryEmailAddressID: user.email_addresses[1]?.id ?? '',
        createOrganizationEnabled: false,
        publicMetadata: { plan: 'pro' },
      })
      expectResource(changed, 'User', {
        id: user.id,
        firstName: 'Grace',
        username: `other_${name}`,
        externalId: name,
        passwordEnabled: true,
        primaryEmailAddressId: user.email_addresses[1]?.id,
        createOrganizationEnabled: false,
        publicMetadata: { plan: 'pro' },
      })
    },
  },
  'users.updateUserMetadata': {
    operations: ['PATCH /users/{user_id}/metadata'],
    async run({ clerk, person }) {
      const user = await person({ public_metadata: { a: { b: 1, c: 2 }, gone: true } })
      const changed = await clerk.users.updateUserMetadata(user.id, {
        publicMetadata: { a: { b: 3 }, gone: null },
        privateMetadata: { key: 1 },
      })
      expectResource(changed, 'User', { publicMetadata: { a: { b: 3, c: 2 } }, privateMetadata: { key: 1 } })
      expect(changed.publicMetadata).not.toHaveProperty('gone')
    },
  },
  'users.replaceUserMetadata': {
    operations: ['PUT /users/{user_id}/metadata'],
    async run({ clerk, person }) {
      const user = await person({ public_metadata: { a: 1 }, private_metadata: { b: 2 } })
      const changed = await clerk.users.replaceUserMetadata(user.id, { publicMetadata: { c: 3 } })
      expectResource(changed, 'User', { id: user.id, privateMetadata: { b: 2 } })
      expect(changed.publicMetadata).toEqual({ c: 3 })
    },
  },
  'users.deleteUser': {
    operations: ['DELETE /users/{user_id}'],
    async run({ clerk, person }) {
      const user = await person()
      expect(await clerk.users.deleteUser(user.id)).toMatchObject({ id: user.id })
      await expect(clerk.users.getUser(user.id)).rejects.toMatchObject({ status: 404 })
    },
  },
  'users.verifyPassword': {
    operations: ['POST /users/{user_id}/verify_password'],
    async run({ clerk, person }) {
      const user = await person({ password })
      expect(await clerk.users.verifyPassword({ userId: user.id, password })).toEqual({ verified: true })
      await expect(clerk.users.verifyPassword({ userId: user.id, password: 'another' })).rejects.toMatchObject({
        status: 422,
        errors: [{ code: 'incorrect_password' }],
      })
    },
  },
  'users.removePassword': {
    operations: ['POST /users/{user_id}/remove_password'],
    async run({ clerk, person }) {
      const user = await person({ password })
      expectResource(await clerk.users.removePassword(user.id), 'User', { id: user.id, passwordEnabled: false })
    },
  },
  'users.banUser': {
    operations: ['POST /users/{user_id}/ban'],
    async run({ clerk, visitor }) {
      const { user, session } = await visitor()
      expectResource(await clerk.users.banUser(user.id), 'User', { id: user.id, banned: true })
      expect(await clerk.sessions.getSession(session.id)).toMatchObject({ status: 'revoked' })
    },
  },
  'users.unbanUser': {
    operations: ['POST /users/{user_id}/unban'],
    async run({ clerk, person }) {
      const user = await person({ banned: true })
      expectResource(await clerk.users.unbanUser(user.id), 'User', { id: user.id, banned: false })
    },
  },
  'users.lockUser': {
    operations: ['POST /users/{user_id}/lock'],
    async run({ clerk, person }) {
      const user = await person()
      expectResource(await clerk.users.lockUser(user.id), 'User', { id: user.id, locked: true })
    },
  },
  'users.unlockUser': {
    operations: ['POST /users/{user_id}/unlock'],
    async run({ clerk, person }) {
      const user = await person({ locked: true })
      expectResource(await clerk.users.unlockUser(user.id), 'User', { id: user.id, locked: false })
    },
  },
}
