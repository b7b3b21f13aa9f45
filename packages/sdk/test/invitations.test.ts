import { describe, expect, test } from 'vitest'
import { Clerk } from '../src/clerk.js'
import { Invitation } from '../src/invitations/invitation.js'
import { testOperations } from './support/operations.js'
import { startJSON } from './support/server.js'

const answer = { object: 'invitation', id: 'inv_1', email_address: 'a@b.c', created_at: 1, updated_at: 2 }
const gives = new Invitation({ id: 'inv_1', emailAddress: 'a@b.c', createdAt: 1, updatedAt: 2 })

testOperations('invitations', {
  'getInvitationList()': {
    call: (api, _, options) => api.getInvitationList(undefined, options),
    request: 'GET /invitations',
    answer: [answer],
    gives: [gives],
  },
  'getInvitationList(all)': {
    call: (api, _, options) =>
      api.getInvitationList({ limit: 5, offset: 0, status: 'revoked', query: 'a b', orderBy: '-expires_at' }, options),
    request: 'GET /invitations?limit=5&offset=0&status=revoked&query=a%20b&order_by=-expires_at',
    answer: [],
    gives: [],
  },
  'createInvitation(an address)': {
    call: (api, _, options) => api.createInvitation({ emailAddress: 'a@b.c' }, options),
    request: 'POST /invitations',
    body: 'email_address=a%40b.c',
    answer,
    gives,
  },
  'createInvitation(all)': {
    call: (api, _, options) =>
      api.createInvitation(
        {
          emailAddress: 'a',
          redirectUrl: 'https://b',
          publicMetadata: { zodiacSign: 'leo' },
          notify: false,
          ignoreExisting: true,
          expiresInDays: 7,
          templateSlug: 'waitlist_invitation',
        },
        options,
      ),
    request: 'POST /invitations',
    body: `email_address=a&redirect_url=https%3A%2F%2Fb&public_metadata=${encodeURIComponent('{"zodiacSign":"leo"}')}&notify=false&ignore_existing=true&expires_in_days=7&template_slug=waitlist_invitation`,
    answer,
    gives,
  },
  'createInvitationBulk(many)': {
    call: (api, _, options) =>
      api.createInvitationBulk(
        [
          { emailAddress: 'a', publicMetadata: { zodiacSign: { inSide: null } }, redirectUrl: undefined },
          { emailAddress: 'b', publicMetadata: '{"aB":1}', notify: null, expiresInDays: 7 },
        ],
        options,
      ),
    request: 'POST /invitations/bulk',
    body: JSON.stringify([
      { email_address: 'a', public_metadata: { zodiacSign: { inSide: null } } },
      { email_address: 'b', public_metadata: { aB: 1 }, notify: null, expires_in_days: 7 },
    ]),
    answer: [answer, answer],
    gives: [gives, gives],
  },
  'revokeInvitation(id)': {
    call: (api, id, options) => api.revokeInvitation(id, options),
    request: 'POST /invitations/id_1/revoke',
    answer,
    gives,
  },
})

describe('an invitation', () => {
  test('has its metadata with the names that the application gave', () => {
    const more = { status: 'revoked', url: 'https://a', revoked: true }
    const json = { ...answer, ...more, public_metadata: { zodiac_sign: 'leo' }, expires_at: null }
    expect(Invitation.fromJSON(json)).toStrictEqual(
      new Invitation({ ...gives, ...more, publicMetadata: { zodiac_sign: 'leo' }, expiresAt: null }),
    )
    expect(Invitation.fromJSON({ ...answer, public_metadata: null }).publicMetadata).toEqual({})
  })

  test('is one of many that go out as JSON, which says how long it is', async () => {
    const { url, requests } = await startJSON([])
    await new Clerk('test_key', { serverApiUrl: url }).invitations.createInvitationBulk([{ emailAddress: 'ä' }])
    expect(requests).toMatchObject([
      {
        body: '[{"email_address":"ä"}]',
        headers: { 'content-type': 'application/json', 'content-length': '24', authorization: 'Bearer test_key' },
      },
    ])
  })
})
