import { describe, expect, test } from 'vitest'
import { Clerk } from '../src/clerk.js'
import { EmailAddress } from '../src/email-addresses/email-address.js'
import { PhoneNumber } from '../src/phone-numbers/phone-number.js'
import { deserialize } from '../src/transport/deserialize.js'
import { ExternalAccount } from '../src/users/external-account.js'
import { IdentificationLink } from '../src/users/identification-link.js'
import { User } from '../src/users/user.js'
import { Verification } from '../src/users/verification.js'
import { testOperations } from './support/operations.js'

const answer = { object: 'user', id: 'user_1' }
const gives = new User({ id: 'user_1' })

testOperations('users', {
  'getUserList()': {
    call: (api, _, options) => api.getUserList(undefined, options),
    request: 'GET /users',
    answer: [answer, answer],
    gives: [gives, gives],
  },
  'getUserList(page)': {
    call: (api, _, options) => api.getUserList({ limit: 1, offset: 0 }, options),
    request: 'GET /users?limit=1&offset=0',
    answer: [],
    gives: [],
  },
  'getUserList(order)': {
    call: (api, _, options) => api.getUserList({ orderBy: '+updated_at' }, options),
    request: 'GET /users?order_by=%2Bupdated_at',
    answer: [],
    gives: [],
  },
  'getUserList(any of)': {
    call: (api, _, options) => api.getUserList({ emailAddress: ['a', 'b'], phoneNumber: ['c', 'd'] }, options),
    request: 'GET /users?email_address=a&email_address=b&phone_number=c&phone_number=d',
    answer: [],
    gives: [],
  },
  'getUserList(something unknown)': {
    call: (api, _, options) => api.getUserList({ someThing: 1 } as object, options),
    request: 'GET /users?some_thing=1',
    answer: [],
    gives: [],
  },
  'getCount()': {
    call: (api, _, options) => api.getCount(undefined, options),
    request: 'GET /users/count',
    answer: { object: 'total_count', total_count: 0 },
    gives: 0,
  },
  'getCount(any of)': {
    call: (api, _, options) => api.getCount({ username: ['a'] }, options),
    request: 'GET /users/count?username=a',
    answer: { object: 'total_count', total_count: 7 },
    gives: 7,
  },
  'getUser(id)': { call: (api, id, options) => api.getUser(id, options), request: 'GET /users/id_1', answer, gives },
  'createUser()': {
    call: (api, _, options) => api.createUser(undefined, options),
    request: 'POST /users',
    answer,
    gives,
  },
  'createUser(some)': {
    call: (api, _, options) => api.createUser({ emailAddress: ['a', 'b'], firstName: 'F' }, options),
    request: 'POST /users',
    body: 'email_address=a&email_address=b&first_name=F',
    answer,
    gives,
  },
  'updateUser(id)': {
    call: (api, id, options) => api.updateUser(id, undefined, options),
    request: 'PATCH /users/id_1',
    answer,
    gives,
  },
  'updateUser(id, some)': {
    call: (api, id, options) => api.updateUser(id, { primaryEmailAddressID: 'i' }, options),
    request: 'PATCH /users/id_1',
    body: 'primary_email_address_id=i',
    answer,
    gives,
  },
  'update(id, some)': {
    call: (api, id, options) => api.update(id, { unsafeMetadata: { aB: 1 } }, options),
    request: 'PATCH /users/id_1',
    body: 'unsafe_metadata=%7B%22aB%22%3A1%7D',
    answer,
    gives,
  },
  'updateUserMetadata(id, some)': {
    call: (api, id, options) => api.updateUserMetadata(id, { publicMetadata: {} }, options),
    request: 'PATCH /users/id_1/metadata',
    body: 'public_metadata=%7B%7D',
    answer,
    gives,
  },
  'banUser(id)': {
    call: (api, id, options) => api.banUser(id, options),
    request: 'POST /users/id_1/ban',
    answer: { ...answer, banned: true },
    gives: new User({ id: 'user_1', banned: true }),
  },
  'unbanUser(id)': {
    call: (api, id, options) => api.unbanUser(id, options),
    request: 'POST /users/id_1/unban',
    answer,
    gives,
  },
  'lockUser(id)': {
    call: (api, id, options) => api.lockUser(id, options),
    request: 'POST /users/id_1/lock',
    answer: { ...answer, locked: true, lockout_expires_in_seconds: 60 },
    gives: new User({ id: 'user_1', locked: true, lockoutExpiresInSeconds: 60 }),
  },
  'unlockUser(id)': {
    call: (api, id, options) => api.unlockUser(id, options),
    request: 'POST /users/id_1/unlock',
    answer,
    gives,
  },
  'verifyPassword(id)': {
    call: (api, userId, options) => api.verifyPassword({ userId, password: 'a b' }, options),
    request: 'POST /users/id_1/verify_password',
    body: 'password=a%20b',
    answer: { verified: true },
    gives: { verified: true },
  },
  'deleteUser(id)': {
    call: (api, id, options) => api.deleteUser(id, options),
    request: 'DELETE /users/id_1',
    answer: { ...answer, deleted: true },
    gives: new User({ id: 'user_1', object: 'user', deleted: true }),
  },
})

test('verifyPassword without the object that it needs refuses, as without an id', async () => {
  const { users } = new Clerk('test_key')
  await expect(users.verifyPassword('user_1' as never)).rejects.toThrow('A valid ID is required.')
  await expect(users.verifyPassword(undefined as never)).rejects.toThrow('A valid ID is required.')
})

const userJSON = {
  object: 'user',
  id: 'user_1',
  first_name: null,
  image_url: 'https://img/1',
  primary_email_address_id: 'idn_1',
  public_metadata: { zodiac_sign: 'leo' },
  private_metadata: null,
  unsafe_metadata: { a_b: 1 },
  email_addresses: [
    {
      object: 'email_address',
      id: 'idn_1',
      email_address: 'ada@example.com',
      verification: {
        object: 'verification_otp',
        status: 'verified',
        strategy: 'email_code',
        attempts: 1,
        expire_at: 5,
      },
      linked_to: [{ id: 'idn_2', type: 'oauth_google' }],
    },
  ],
  phone_numbers: [
    {
      object: 'phone_number',
      id: 'idn_3',
      phone_number: '+1',
      reserved_for_second_factor: true,
      verification: null,
      linked_to: [],
    },
  ],
  external_accounts: [
    {
      object: 'google_account',
      id: 'e1',
      google_id: 'g',
      approved_scopes: 'a b',
      email_address: 'x',
      given_name: 'A',
      family_name: 'L',
      picture: 'p',
    },
    { object: 'facebook_account', id: 'e2', facebook_id: 'f', first_name: 'A', last_name: 'L', picture: 'p' },
    { object: 'external_account', id: 'e3', provider: 'oauth_x', provider_user_id: 'x', avatar_url: 'p' },
    { object: 'new_account', id: 'e4', provider_user_id: 'n', image_url: 'p' },
  ],
  created_at: 1,
}

describe('a user', () => {
  test('is empty but for its defaults, which no other user shares', () => {
    const user = new User()
    expect({ ...user }).toStrictEqual({
      publicMetadata: {},
      privateMetadata: {},
      emailAddresses: [],
      phoneNumbers: [],
      externalAccounts: [],
    })
    user.publicMetadata['a'] = 1
    user.emailAddresses.push(new EmailAddress())
    expect(new User()).toMatchObject({ publicMetadata: {}, emailAddresses: [] })
  })

  test('is read from JSON, and what the JSON lacks stays absent', () => {
    expect(User.fromJSON(userJSON)).toStrictEqual(
      new User({
        id: 'user_1',
        firstName: null,
        imageUrl: 'https://img/1',
        profileImageUrl: 'https://img/1',
        primaryEmailAddressId: 'idn_1',
        publicMetadata: { zodiac_sign: 'leo' },
        privateMetadata: {},
        unsafeMetadata: { a_b: 1 },
        createdAt: 1,
        emailAddresses: [
          new EmailAddress({
            id: 'idn_1',
            emailAddress: 'ada@example.com',
            verification: new Verification({
              status: 'verified',
              strategy: 'email_code',
              attempts: 1,
              expireAt: 5,
              externalVerificationRedirectURL: null,
            }),
            linkedTo: [new IdentificationLink({ id: 'idn_2', type: 'oauth_google' })],
          }),
        ],
        phoneNumbers: [
          new PhoneNumber({
            id: 'idn_3',
            phoneNumber: '+1',
            reservedForSecondFactor: true,
            verification: new Verification({
              status: null,
              strategy: null,
              attempts: null,
              expireAt: null,
              externalVerificationRedirectURL: null,
            }),
            linkedTo: [],
          }),
        ],
        externalAccounts: [
          new ExternalAccount({
            id: 'e1',
            provider: 'google',
            externalId: 'g',
            approvedScopes: 'a b',
            emailAddress: 'x',
            firstName: 'A',
            lastName: 'L',
            picture: 'p',
          }),
          new ExternalAccount({
            id: 'e2',
            provider: 'facebook',
            externalId: 'f',
            firstName: 'A',
            lastName: 'L',
            picture: 'p',
          }),
          new ExternalAccount({ id: 'e3', provider: 'oauth_x', externalId: 'x', picture: 'p' }),
          new ExternalAccount({ id: 'e4', provider: 'new', externalId: 'n', picture: 'p' }),
        ],
      }),
    )
  })

  test('keeps its own profile image when the JSON has one', () => {
    expect(User.fromJSON({ ...userJSON, profile_image_url: 'https://img/2' }).profileImageUrl).toBe('https://img/2')
  })

  test('that was deleted says so', () => {
    expect({ ...User.fromJSON({ object: 'user', id: 'user_1', deleted: true }) }).toMatchObject({
      id: 'user_1',
      object: 'user',
      deleted: true,
      publicMetadata: {},
    })
  })

  test('is not harmed by JSON that is odd', () => {
    const json: unknown = JSON.parse(
      '{"object":"user","__proto__":{"x":1},"email_addresses":[null,5],"phone_numbers":null,"external_accounts":"?"}',
    )
    const user = deserialize(json)
    expect(user).toStrictEqual(new User())
    expect(user).not.toHaveProperty('x')
  })
})

describe('a verification', () => {
  test('has its redirect as a URL', () => {
    const { externalVerificationRedirectURL } = Verification.fromJSON({
      external_verification_redirect_url: 'https://a/b',
    })
    expect(externalVerificationRedirectURL).toStrictEqual(new URL('https://a/b'))
    expect(
      Verification.fromJSON({ external_verification_redirect_url: '?' }).externalVerificationRedirectURL,
    ).toBeNull()
  })

  test('is five times null when there is none', () => {
    for (const none of [null, undefined, 'text', []]) {
      expect({ ...Verification.fromJSON(none) }).toStrictEqual({
        status: null,
        strategy: null,
        externalVerificationRedirectURL: null,
        attempts: null,
        expireAt: null,
      })
    }
  })
})

test('addresses are linked to nothing by default', () => {
  expect(new EmailAddress().linkedTo).toEqual([])
  expect(new PhoneNumber().linkedTo).toEqual([])
})
