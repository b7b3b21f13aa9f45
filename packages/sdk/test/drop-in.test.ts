import { createRequire } from 'node:module'
import { expect, test, vi } from 'vitest'
import { Clerk } from '../src/clerk.js'
import { sendJSON, startServer } from './support/server.js'

// What is documented of 2.6.3 is done with the published package and with this one: both must ask the same of a server,
// and what the one gives must be in what the other gives.

/** Those of 2.6.3, which the types of this package are to fit. */
type Sdk = Pick<
  Clerk,
  'allowlistIdentifiers' | 'clients' | 'emails' | 'invitations' | 'sessions' | 'smsMessages' | 'users'
>

vi.stubEnv('CLERK_API_KEY', 'test_key')
const { default: Original } = createRequire(import.meta.url)('clerk-sdk-node-2.6.3/dist/instance.js') as {
  default: new (options: { apiKey: string; serverApiUrl: string }) => Sdk
}
vi.unstubAllEnvs()

const session = {
  object: 'session',
  id: 'sess_1',
  client_id: 'client_1',
  user_id: 'user_1',
  status: 'active',
  last_active_at: 1,
  expire_at: 2,
  abandon_at: 3,
}

const identifier = { object: 'allowlist_identifier', id: 'alid_1', identifier: 'a@b.c', created_at: 1, updated_at: 2 }

const client = {
  object: 'client',
  id: 'client_1',
  session_ids: ['sess_1'],
  sessions: [session],
  sign_up_attempt_id: null,
  sign_in_attempt_id: 'sia_1',
  last_active_session_id: null,
  created_at: 1,
  updated_at: 2,
}

const invitation = { object: 'invitation', id: 'inv_1', email_address: 'a@b.c', created_at: 1, updated_at: 2 }

const verification = {
  status: 'verified',
  strategy: 'oauth_google',
  external_verification_redirect_url: 'https://a/b',
  attempts: null,
  expire_at: 5,
}

const user = {
  object: 'user',
  id: 'user_1',
  username: null,
  first_name: 'Ada',
  last_name: 'Lovelace',
  gender: 'female',
  birthday: '1815-12-10',
  profile_image_url: 'https://img',
  primary_email_address_id: 'idn_1',
  primary_phone_number_id: null,
  password_enabled: true,
  two_factor_enabled: false,
  public_metadata: { zodiac_sign: 'sagittarius', camelCase: 1 },
  private_metadata: {},
  email_addresses: [
    {
      object: 'email_address',
      id: 'idn_1',
      email_address: 'a@b.c',
      verification,
      linked_to: [{ id: 'idn_2', type: 'oauth_google' }],
    },
  ],
  phone_numbers: [
    {
      object: 'phone_number',
      id: 'idn_3',
      phone_number: '+1',
      reserved_for_second_factor: false,
      verification: null,
      linked_to: [],
    },
  ],
  external_accounts: [
    { object: 'google_account', id: 'e1', google_id: 'g', approved_scopes: 'a b', given_name: 'A', family_name: 'L' },
    { object: 'facebook_account', id: 'e2', facebook_id: 'f', approved_scopes: '', first_name: 'A', last_name: 'L' },
    { object: 'external_account', id: 'e3', provider: 'oauth_x', provider_user_id: 'x', avatar_url: 'p' },
  ],
  created_at: 1,
  updated_at: 2,
}

const email = {
  object: 'email',
  id: 'ema_1',
  from_email_name: 'sales',
  to_email_address: 'a@b.c',
  email_address_id: 'idn_1',
  subject: 'Hi',
  body: '<p>',
  status: 'queued',
}

const smsMessage = {
  object: 'sms_message',
  id: 'sms_1',
  from_phone_number: '+1',
  to_phone_number: '+2',
  phone_number_id: 'idn_3',
  message: 'Hi',
  status: 'queued',
}

const deleted = { object: 'user', id: 'user_1', deleted: true }

test.each<[string, unknown, (sdk: Sdk) => Promise<unknown>]>([
  [
    'getAllowlistIdentifierList',
    [identifier],
    ({ allowlistIdentifiers }) => allowlistIdentifiers.getAllowlistIdentifierList(),
  ],
  [
    'createAllowlistIdentifier',
    identifier,
    ({ allowlistIdentifiers }) =>
      allowlistIdentifiers.createAllowlistIdentifier({ identifier: 'a+b@c.d', notify: false }),
  ],
  [
    'deleteAllowlistIdentifier',
    identifier,
    ({ allowlistIdentifiers }) => allowlistIdentifiers.deleteAllowlistIdentifier('alid_1'),
  ],
  ['getClientList', [client, { ...client, sessions: null }], ({ clients }) => clients.getClientList()],
  ['getClient', client, ({ clients }) => clients.getClient('client_1')],
  ['verifyClient', client, ({ clients }) => clients.verifyClient('a.b.c')],
  [
    'createEmail',
    email,
    ({ emails }) =>
      emails.createEmail({ fromEmailName: 'sales', subject: 'Hi, all!', body: "<p>it's *", emailAddressId: 'idn_1' }),
  ],
  ['getInvitationList', [invitation], ({ invitations }) => invitations.getInvitationList()],
  [
    'createInvitation',
    invitation,
    ({ invitations }) => invitations.createInvitation({ emailAddress: 'a@b.c', redirectUrl: 'https://a/?b=c' }),
  ],
  ['revokeInvitation', invitation, ({ invitations }) => invitations.revokeInvitation('inv_1')],
  ['getSessionList', [session], ({ sessions }) => sessions.getSessionList({ clientId: 'c', userId: 'u' })],
  ['getSession', session, ({ sessions }) => sessions.getSession('sess_1')],
  ['revokeSession', session, ({ sessions }) => sessions.revokeSession('sess_1')],
  ['verifySession', session, ({ sessions }) => sessions.verifySession('sess_1', 'a.b.c')],
  [
    'createSMSMessage',
    smsMessage,
    ({ smsMessages }) => smsMessages.createSMSMessage({ message: 'Press 1 + 2', phoneNumberId: 'idn_3' }),
  ],
  ['getUserList', [user, user], ({ users }) => users.getUserList()],
  [
    'getUserList with everything',
    [user],
    ({ users }) =>
      users.getUserList({
        limit: 5,
        offset: 0,
        orderBy: '-updated_at',
        emailAddress: ['a@b.c', 'd@e.f'],
        phoneNumber: ['+1'],
        userId: ['u'],
      }),
  ],
  ['getUser', user, ({ users }) => users.getUser('user_1')],
  [
    'createUser',
    user,
    ({ users }) =>
      users.createUser({
        externalId: 'x',
        emailAddress: ['a@b.c'],
        phoneNumber: ['+1'],
        password: 'p w',
        publicMetadata: { zodiacSign: 'leo' },
        unsafeMetadata: { a: null },
      }),
  ],
  [
    'updateUser',
    user,
    ({ users }) => users.updateUser('user_1', { firstName: 'Ada', lastName: null, privateMetadata: { a: [1] } }),
  ],
  ['deleteUser', deleted, ({ users }) => users.deleteUser('user_1')],
])('%s is as in 2.6.3', async (_, answer, call) => {
  const { url: serverApiUrl, requests } = await startServer((response) => sendJSON(response, answer))
  const theirs = await call(new Original({ apiKey: 'test_key', serverApiUrl }))
  const ours = await call(new Clerk({ apiKey: 'test_key', serverApiUrl }))
  const [before, after] = requests.map(({ method, url, body, headers }) => {
    return { method, url, body, authorization: headers.authorization, type: headers['content-type'] }
  })
  expect(after).toEqual(before)
  expect(asJSON(ours)).toMatchObject(asJSON(theirs))
  expect(nameOf(ours)).toBe(nameOf(theirs))
})

/** Without what classes there are, and without the names that have nothing. */
const asJSON = (value: unknown): object => JSON.parse(JSON.stringify(value)) as object

const nameOf = (value: unknown): string =>
  Array.isArray(value) ? nameOf(value[0]) : (value as object).constructor.name
