import { allowlistIdentifier, client, email, invitation, session, smsMessage, user } from './json.js'

/** A method of a sub-API, with arguments that are good and what the API answers to them. */
export interface Operation {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  path: string
  good: readonly unknown[]
  answer: unknown
  /** The first argument goes into the path. */
  id?: true
  /** The object of parameters is the last argument. What is documented to be in it: a good value by each name. */
  parameters?: Readonly<Record<string, unknown>>
}

const profile = {
  firstName: 'Ada',
  lastName: 'Lovelace',
  password: 'correct horse',
  publicMetadata: { role: 'author' },
  privateMetadata: { plan: 'pro' },
}

/** Every operation of 2.6.3. */
export const operations: Readonly<Record<string, Operation>> = {
  'allowlistIdentifiers.getAllowlistIdentifierList': {
    method: 'GET',
    path: '/allowlist_identifiers',
    good: [],
    answer: [allowlistIdentifier],
  },
  'allowlistIdentifiers.createAllowlistIdentifier': {
    method: 'POST',
    path: '/allowlist_identifiers',
    good: [{ identifier: 'ada@example.com', notify: false }],
    answer: allowlistIdentifier,
    parameters: { identifier: '+14155550101', notify: true },
  },
  'allowlistIdentifiers.deleteAllowlistIdentifier': {
    method: 'DELETE',
    path: '/allowlist_identifiers/{id}',
    good: ['alid_1'],
    answer: allowlistIdentifier,
    id: true,
  },
  'clients.getClientList': { method: 'GET', path: '/clients', good: [], answer: [client] },
  'clients.getClient': { method: 'GET', path: '/clients/{id}', good: ['client_1'], answer: client, id: true },
  'clients.verifyClient': { method: 'POST', path: '/clients/verify', good: ['token_1'], answer: client },
  'emails.createEmail': {
    method: 'POST',
    path: '/emails',
    good: [{ subject: 'Tacos', emailAddressId: 'idn_mail' }],
    answer: email,
    parameters: { fromEmailName: 'sales', subject: 'Tacos', body: 'On Tuesday!', emailAddressId: 'idn_mail' },
  },
  'invitations.getInvitationList': { method: 'GET', path: '/invitations', good: [], answer: [invitation] },
  'invitations.createInvitation': {
    method: 'POST',
    path: '/invitations',
    good: [{ emailAddress: 'ada@example.com' }],
    answer: invitation,
    parameters: { emailAddress: 'ada@example.com', redirectUrl: 'https://example.com/hello?a=b&c=d#e' },
  },
  'invitations.revokeInvitation': {
    method: 'POST',
    path: '/invitations/{id}/revoke',
    good: ['inv_1'],
    answer: invitation,
    id: true,
  },
  'sessions.getSessionList': {
    method: 'GET',
    path: '/sessions',
    good: [],
    answer: [session],
    parameters: { clientId: 'client_1', userId: 'user_1', sessionId: 'sess_1' },
  },
  'sessions.getSession': { method: 'GET', path: '/sessions/{id}', good: ['sess_1'], answer: session, id: true },
  'sessions.revokeSession': {
    method: 'POST',
    path: '/sessions/{id}/revoke',
    good: ['sess_1'],
    answer: session,
    id: true,
  },
  'sessions.verifySession': {
    method: 'POST',
    path: '/sessions/{id}/verify',
    good: ['sess_1', 'token_1'],
    answer: session,
    id: true,
  },
  'smsMessages.createSMSMessage': {
    method: 'POST',
    path: '/sms_messages',
    good: [{ message: 'Tacos!', phoneNumberId: 'idn_phone' }],
    answer: smsMessage,
    parameters: { message: 'Tacos!', phoneNumberId: 'idn_phone' },
  },
  'users.getUserList': {
    method: 'GET',
    path: '/users',
    good: [],
    answer: [user],
    parameters: {
      orderBy: '-created_at',
      limit: 10,
      offset: 20,
      emailAddress: ['ada@example.com', 'bob@example.com'],
      phoneNumber: ['+14155550101'],
      userId: ['user_1', 'user_2'],
    },
  },
  'users.getUser': { method: 'GET', path: '/users/{id}', good: ['user_1'], answer: user, id: true },
  'users.createUser': {
    method: 'POST',
    path: '/users',
    good: [{ emailAddress: ['ada@example.com'] }],
    answer: user,
    parameters: {
      ...profile,
      externalId: 'ext_1',
      emailAddress: ['ada@example.com', 'ada@example.org'],
      phoneNumber: ['+14155550101'],
      username: 'ada',
      unsafeMetadata: { theme: 'dark' },
    },
  },
  'users.updateUser': {
    method: 'PATCH',
    path: '/users/{id}',
    good: ['user_1', { firstName: 'Ada' }],
    answer: user,
    id: true,
    parameters: { ...profile, primaryEmailAddressId: 'idn_mail', primaryPhoneNumberId: 'idn_phone' },
  },
  'users.deleteUser': { method: 'DELETE', path: '/users/{id}', good: ['user_1'], answer: user, id: true },
}
