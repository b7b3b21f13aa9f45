import { describe, expect, test, vi } from 'vitest'
import { Session } from '../src/sessions/session.js'
import { Token } from '../src/sessions/token.js'
import { deserialize } from '../src/transport/deserialize.js'
import { EmailAddress } from '../src/users/email-address.js'
import { ExternalAccount } from '../src/users/external-account.js'
import { IdentificationLink } from '../src/users/identification-link.js'
import { PhoneNumber } from '../src/users/phone-number.js'
import { User } from '../src/users/user.js'
import { Verification } from '../src/users/verification.js'

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

describe('other resources', () => {
  test('have their defaults', () => {
    expect(new EmailAddress().linkedTo).toEqual([])
    expect(new PhoneNumber().linkedTo).toEqual([])
  })

  test('a verification has its redirect as a URL', () => {
    const { externalVerificationRedirectURL } = Verification.fromJSON({
      external_verification_redirect_url: 'https://a/b',
    })
    expect(externalVerificationRedirectURL).toStrictEqual(new URL('https://a/b'))
    expect(
      Verification.fromJSON({ external_verification_redirect_url: '?' }).externalVerificationRedirectURL,
    ).toBeNull()
  })

  test('a session may come in camelCase', () => {
    const session = new Session({
      id: 's',
      clientId: 'c',
      userId: 'u',
      status: 'active',
      lastActiveAt: 1,
      expireAt: 2,
      abandonAt: 3,
    })
    expect(Session.fromJSON({ ...session })).toStrictEqual(session)
    expect(
      Session.fromJSON({
        id: 's',
        client_id: 'c',
        user_id: 'u',
        status: 'active',
        last_active_at: 1,
        expire_at: 2,
        abandon_at: 3,
        unknown: 1,
      }),
    ).toStrictEqual(session)
  })
})

describe('deserialize', () => {
  test('makes the class that `object` names, one for each of a list', () => {
    expect(
      deserialize([
        { object: 'user', id: 'a' },
        { object: 'session', id: 'b' },
      ]),
    ).toStrictEqual([new User({ id: 'a' }), new Session({ id: 'b' })])
    expect(deserialize({ object: 'token', jwt: 'x' })).toStrictEqual(new Token({ jwt: 'x' }))
    expect(deserialize({ object: 'total_count', total_count: 3 })).toBe(3)
  })

  test('gives a page as its list, with a hidden total', () => {
    const list = deserialize({ data: [{ object: 'session', id: 's' }], total_count: 9 })
    expect(list).toStrictEqual([new Session({ id: 's' })])
    expect(list).toHaveProperty('totalCount', 9)
    expect(Object.keys(list as object)).toEqual(['0'])
  })

  test('gives an object it does not know in camelCase, and logs it', () => {
    vi.stubEnv('CLERK_LOGGING', 'true')
    const error = vi.spyOn(console, 'error').mockReturnValue()
    expect(deserialize({ object: 'constructor', some_thing: { in_side: 1 } })).toEqual({
      object: 'constructor',
      someThing: { in_side: 1 },
    })
    expect(error).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: 'Unexpected object type: constructor' }),
    )
    error.mockRestore()
    vi.unstubAllEnvs()
  })
})
