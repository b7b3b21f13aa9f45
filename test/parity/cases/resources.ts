import { expect } from 'vitest'
import type { Case, Differs } from '../case.js'
import { absent } from '../difference.js'
import { calling } from '../observation.js'
import * as wire from './json.js'
import { operations } from './operations.js'

/** What a call makes of JSON: an object of each kind is answered to an operation that answers with such. */
function answered(operation: string, what: string, json: unknown, differs?: Differs): Case {
  const { good = [] } = operations[operation] ?? {}
  return calling(`${operation} answered with ${what}`, { operation, args: () => [...good], answer: { json } }, differs)
}

const kinds: readonly [operation: string, json: object & { object: string }][] = [
  ['users.getUser', wire.user],
  ['sessions.getSession', wire.session],
  ['clients.getClient', wire.client],
  ['invitations.revokeInvitation', wire.invitation],
  ['allowlistIdentifiers.deleteAllowlistIdentifier', wire.allowlistIdentifier],
  ['emails.createEmail', wire.email],
  ['smsMessages.createSMSMessage', wire.smsMessage],
]

/** The same JSON with `null` in place of each value but its kind. */
const emptied = (json: object): object =>
  Object.fromEntries(Object.entries(json).map(([name, value]) => [name, name === 'object' ? value : null]))

const camelCased = (json: object): object =>
  Object.fromEntries(
    Object.entries(json).map(([name, value]) => [name.replace(/_(\w)/g, (_, letter) => letter.toUpperCase()), value]),
  )

const accountAttributes = ['id', 'externalId', 'approvedScopes', 'emailAddress', 'firstName', 'lastName', 'picture']
const phoneNumberAttributes = ['id', 'phoneNumber', 'reservedForSecondFactor']

const nullMetadata: Differs = {
  nullMetadata: { 'outcome.value.publicMetadata': [null, {}], 'outcome.value.privateMetadata': [null, {}] },
}

const rejects: Differs[string & keyof Differs] = {
  'outcome.error': [expect.objectContaining({ '(class)': 'HttpError', statusCode: 500 }), absent],
  'outcome.value': [absent, expect.anything()],
}

const ofEveryKind = kinds.flatMap(([operation, json]) => [
  answered(operation, 'all that there is to know', json),
  answered(operation, 'nothing but its kind', { object: json.object }),
  answered(operation, 'null for everything', emptied(json), json === wire.user ? nullMetadata : {}),
  answered(operation, 'fields that nobody knows', { ...json, shoe_size: 40, nested: { a_b: 1 } }),
  answered(operation, 'a list of such', [json, json]),
  answered(
    operation,
    'a list of several kinds',
    kinds.map(([, other]) => other),
  ),
  answered(
    operation,
    'a page',
    { data: [json], total_count: 1 },
    {
      unknownObject: { 'outcome.value': [undefined, [expect.objectContaining({ '(class)': expect.any(String) })]] },
    },
  ),
  answered(operation, 'a list with null in it', [json, null], { oddEntries: rejects }),
])

/** What the answer to a deletion calls itself. */
const deletions = {
  'users.deleteUser': 'user',
  'allowlistIdentifiers.deleteAllowlistIdentifier': 'allowlist_identifier',
}

const withLists = kinds.filter(([, json]) => json !== wire.user)

const users = [
  ...Object.entries(wire.externalAccounts).flatMap(([kind, account]) => [
    user(`a ${kind}`, { external_accounts: [account] }),
    user(`a ${kind} that names a provider`, { external_accounts: [{ ...account, provider: 'oauth_other' }] }),
    user(`a ${kind} of nulls`, { external_accounts: [emptied(account)] }),
    user(
      `a bare ${kind}`,
      { external_accounts: [{ object: kind }] },
      notSent(
        'externalAccounts.0',
        kind === 'external_account' ? [...accountAttributes, 'provider'] : accountAttributes,
      ),
    ),
  ]),
  user('null in place of lists', { email_addresses: null, phone_numbers: null, external_accounts: null }),
  user('addresses of nulls', {
    email_addresses: [emptied(wire.emailAddress)],
    phone_numbers: [emptied(wire.phoneNumber)],
  }),
  user('a bare e-mail address', { email_addresses: [{}] }, notSent('emailAddresses.0', ['id', 'emailAddress'])),
  user('a bare phone number', { phone_numbers: [{}] }, notSent('phoneNumbers.0', phoneNumberAttributes)),
  user('a bare verification', { email_addresses: [{ ...wire.emailAddress, verification: {} }] }, notVerified()),
  user('a verification at a provider', verified('https://example.com/proof?a=b')),
  user('a verification with an empty URL', verified('')),
  user('links', { email_addresses: [{ ...wire.emailAddress, linked_to: [{ id: 'x', type: 'y', z: 1 }, {}] }] }),
  user('metadata of its own names', { public_metadata: { first_name: 1, camelCase: { snake_case: 1 } } }),
  user('a field called __proto__', JSON.parse('{"__proto__":{"shoe_size":40}}')),

  user('a verification with a URL that is none', verified('nowhere'), { oddURL: rejects }),
  user('an address that is null', { email_addresses: [null] }, { oddEntries: rejects }),
  user(
    'an account of a kind that is new',
    { external_accounts: [{ object: 'shoe_account' }] },
    { unknownAccount: rejects },
  ),
  user('null for metadata', { public_metadata: null, private_metadata: null }, nullMetadata),
  user(
    'fields of today',
    { external_id: 'ext_1', unsafe_metadata: { a: 1 }, image_url: 'https://images.example.com/1', banned: false },
    {
      newAttributes: {
        'outcome.value.externalId': [absent, 'ext_1'],
        'outcome.value.unsafeMetadata': [absent, { a: 1 }],
        'outcome.value.imageUrl': [absent, 'https://images.example.com/1'],
        'outcome.value.profileImageUrl': [absent, 'https://images.example.com/1'],
        'outcome.value.banned': [absent, false],
      },
    },
  ),
]

/** 2.6.3 has these as keys with the value `undefined`. */
function notSent(path: string, names: readonly string[]): Differs {
  return {
    notSent: Object.fromEntries(names.map((name) => [`outcome.value.${path}.${name}`, [undefined, absent]])),
  }
}

function notVerified(): Differs {
  return notSent('emailAddresses.0.verification', ['status', 'strategy', 'attempts', 'expireAt'])
}

function user(what: string, json: object, differs?: Differs): Case {
  return answered('users.getUser', `a user with ${what}`, { object: 'user', id: 'user_1', ...json }, differs)
}

function verified(url: string): object {
  const verification = { ...wire.emailAddress.verification, external_verification_redirect_url: url }
  return { email_addresses: [{ ...wire.emailAddress, verification }] }
}

const others = [
  answered('clients.getClient', 'sessions that are null', { ...wire.client, sessions: null }),
  answered('clients.getClient', 'sessions in camelCase', { ...wire.client, sessions: [camelCased(wire.session)] }),
  ...withLists.map(([operation, json]) => answered(operation, 'names in camelCase', camelCased(json))),
  ...Object.entries(deletions).map(([operation, object]) =>
    answered(
      operation,
      'a deletion',
      { object, id: 'x', deleted: true },
      { deleted: { 'outcome.value.deleted': [absent, true], 'outcome.value.object': [absent, object] } },
    ),
  ),
  answered(
    'invitations.revokeInvitation',
    'fields of today',
    {
      ...wire.invitation,
      status: 'revoked',
      revoked: true,
      url: 'https://a',
      public_metadata: { a_b: 1 },
      expires_at: 1,
    },
    {
      newAttributes: {
        'outcome.value.status': [absent, 'revoked'],
        'outcome.value.revoked': [absent, true],
        'outcome.value.url': [absent, 'https://a'],
        'outcome.value.publicMetadata': [absent, { a_b: 1 }],
        'outcome.value.expiresAt': [absent, 1],
      },
    },
  ),
  answered(
    'clients.getClient',
    'fields of today',
    { object: 'client', id: 'client_1', sign_in_id: 'sia_1', sign_up_id: 'sua_1' },
    {
      clientSignIn: {
        'outcome.value.signInId': [absent, 'sia_1'],
        'outcome.value.signInAttemptId': [absent, 'sia_1'],
        'outcome.value.signUpId': [absent, 'sua_1'],
        'outcome.value.signUpAttemptId': [absent, 'sua_1'],
      },
    },
  ),
  answered(
    'sessions.getSession',
    'fields of today',
    { ...wire.session, created_at: 1, updated_at: 2, actor: null },
    {
      newAttributes: {
        'outcome.value.createdAt': [absent, 1],
        'outcome.value.updatedAt': [absent, 2],
        'outcome.value.actor': [absent, null],
      },
    },
  ),
  ...[{ object: 'shoe', shoe_size: 40 }, { shoe_size: 40 }, { object: 'constructor', shoe_size: 40 }].map((json) =>
    answered('users.getUser', `an object like ${JSON.stringify(json)}`, json, {
      unknownObject: { 'outcome.value': [undefined, camelCased(json)] },
    }),
  ),
  answered('users.getUserList', 'a list with an object of another kind', [{ object: 'shoe' }, wire.user], {
    unknownObject: { 'outcome.value.0': [undefined, { object: 'shoe' }] },
  }),
  answered('users.getUserList', 'a list of numbers', [1], { oddEntries: { 'outcome.value.0': [undefined, 1] } }),
]

export const resourceCases: Case[] = [...ofEveryKind, ...users, ...others]
