import { expect } from 'vitest'
import type { ClientTable } from '../client-table.js'
import { type Client, expectResource, itemsOf } from './client.js'

const day = 24 * 60 * 60 * 1000

export const admission: ClientTable<Client>['served'] = {
  'invitations.getInvitationList': {
    operations: ['GET /invitations'],
    async run({ clerk, unique }) {
      const emailAddress = `${unique()}@example.com`
      const invitation = await clerk.invitations.createInvitation({ emailAddress })
      const [newest] = itemsOf(await clerk.invitations.getInvitationList())
      expectResource(newest ?? {}, 'Invitation', { id: invitation.id, emailAddress, status: 'pending' })
      await clerk.invitations.revokeInvitation(invitation.id)
      const [revoked] = itemsOf(await clerk.invitations.getInvitationList({ status: 'revoked' }))
      expect(revoked).toMatchObject({ id: invitation.id })
    },
  },
  'invitations.createInvitation': {
    operations: ['POST /invitations'],
    async run({ clerk, unique }) {
      const emailAddress = `${unique()}@example.com`
      const params = {
        emailAddress,
        publicMetadata: { plan: 'pro', deepKey: { more_deep: [1] } },
        redirectUrl: 'https://app.example.com/welcome',
        notify: false,
      }
      expectResource(await clerk.invitations.createInvitation(params), 'Invitation', {
        id: expect.stringMatching(/^inv_[0-9A-Za-z]{27}$/),
        emailAddress,
        publicMetadata: { plan: 'pro', deepKey: { more_deep: [1] } },
        status: 'pending',
      })
      await expect(clerk.invitations.createInvitation(params)).rejects.toMatchObject({
        status: 400,
        errors: [{ code: 'duplicate_record' }],
      })
      await clerk.invitations.createInvitation({ ...params, ignoreExisting: true })
    },
  },
  'invitations.createInvitationBulk': {
    operations: ['POST /invitations/bulk'],
    async run({ clerk, unique }) {
      const wanted = [`${unique()}@example.com`, `${unique()}@example.com`]
      const invitations = await clerk.invitations.createInvitationBulk(
        wanted.map((emailAddress) => ({ emailAddress, publicMetadata: { one: 1 }, expiresInDays: 1, notify: false })),
      )
      expect(invitations.map(({ emailAddress }) => emailAddress)).toEqual(wanted)
      expectResource(invitations[0] ?? {}, 'Invitation', { status: 'pending', publicMetadata: { one: 1 } })
    },
  },
  'invitations.revokeInvitation': {
    operations: ['POST /invitations/{invitation_id}/revoke'],
    async run({ clerk, unique }) {
      const { id } = await clerk.invitations.createInvitation({ emailAddress: `${unique()}@example.com` })
      const revoked = await clerk.invitations.revokeInvitation(id)
      expectResource(revoked, 'Invitation', { id, status: 'revoked', revoked: true })
    },
  },
  'invitations.deleteInvitation': {
    operations: ['DELETE /invitations/{invitation_id}'],
    async run({ clerk, unique }) {
      const { id } = await clerk.invitations.createInvitation({ emailAddress: `${unique()}@example.com` })
      const deleted = await clerk.invitations.deleteInvitation(id)
      expectResource(deleted, 'DeletedObject', { object: 'invitation', id, deleted: true })
    },
  },
  'allowlistIdentifiers.getAllowlistIdentifierList': {
    operations: ['GET /allowlist_identifiers'],
    async run({ clerk, unique }) {
      const identifier = `${unique()}@example.com`
      const { id } = await clerk.allowlistIdentifiers.createAllowlistIdentifier({ identifier, notify: false })
      const list = itemsOf(await clerk.allowlistIdentifiers.getAllowlistIdentifierList())
      const found = list.find((one) => one.id === id)
      expectResource(found ?? {}, 'AllowlistIdentifier', { identifier })
    },
  },
  'allowlistIdentifiers.createAllowlistIdentifier': {
    operations: ['POST /allowlist_identifiers'],
    async run({ clerk, unique }) {
      const identifier = `*@${unique()}.example.com`
      const params = { identifier, notify: false }
      expectResource(await clerk.allowlistIdentifiers.createAllowlistIdentifier(params), 'AllowlistIdentifier', {
        id: expect.stringMatching(/^alid_/),
        identifier,
        createdAt: expect.any(Number),
      })
      await expect(clerk.allowlistIdentifiers.createAllowlistIdentifier(params)).rejects.toMatchObject({
        errors: [{ code: 'duplicate_record' }],
      })
    },
  },
  'allowlistIdentifiers.deleteAllowlistIdentifier': {
    operations: ['DELETE /allowlist_identifiers/{identifier_id}'],
    async run({ clerk, unique }) {
      const identifier = `${unique()}@example.com`
      const { id } = await clerk.allowlistIdentifiers.createAllowlistIdentifier({ identifier, notify: false })
      expect(await clerk.allowlistIdentifiers.deleteAllowlistIdentifier(id)).toMatchObject({ id, deleted: true })
    },
  },
  'blocklistIdentifiers.getBlocklistIdentifierList': {
    operations: ['GET /blocklist_identifiers'],
    async run({ clerk, unique }) {
      const identifier = `${unique()}@example.com`
      const { id } = await clerk.blocklistIdentifiers.createBlocklistIdentifier({ identifier })
      const list = itemsOf(await clerk.blocklistIdentifiers.getBlocklistIdentifierList())
      expectResource(list.find((one) => one.id === id) ?? {}, 'BlocklistIdentifier', { identifier })
    },
  },
  'blocklistIdentifiers.createBlocklistIdentifier': {
    operations: ['POST /blocklist_identifiers'],
    async run({ clerk, unique }) {
      const identifier = `*@${unique()}.example.com`
      expectResource(
        await clerk.blocklistIdentifiers.createBlocklistIdentifier({ identifier }),
        'BlocklistIdentifier',
        {
          identifier,
          identifierType: 'email_address',
          instanceId: expect.stringMatching(/^ins_/),
        },
      )
    },
  },
  'blocklistIdentifiers.deleteBlocklistIdentifier': {
    operations: ['DELETE /blocklist_identifiers/{identifier_id}'],
    async run({ clerk, unique }) {
      const identifier = `${unique()}@example.com`
      const { id } = await clerk.blocklistIdentifiers.createBlocklistIdentifier({ identifier })
      expect(await clerk.blocklistIdentifiers.deleteBlocklistIdentifier(id)).toMatchObject({ id, deleted: true })
    },
  },
  'signInTokens.createSignInToken': {
    operations: ['POST /sign_in_tokens'],
    async run({ clerk, person }) {
      const user = await person()
      const token = await clerk.signInTokens.createSignInToken({ userId: user.id, expiresInSeconds: day })
      expectResource(token, 'SignInToken', {
        id: expect.stringMatching(/^sit_/),
        userId: user.id,
        status: 'pending',
        token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        url: expect.stringContaining('ticket='),
      })
    },
  },
  'signInTokens.revokeSignInToken': {
    operations: ['POST /sign_in_tokens/{sign_in_token_id}/revoke'],
    async run({ clerk, person }) {
      const user = await person()
      const { id } = await clerk.signInTokens.createSignInToken({ userId: user.id, expiresInSeconds: day })
      expectResource(await clerk.signInTokens.revokeSignInToken(id), 'SignInToken', { id, status: 'revoked' })
    },
  },
  'testingTokens.createTestingToken': {
    operations: ['POST /testing_tokens'],
    async run({ clerk }) {
      // The client has no class for it, and gives it as it came.
      expect(await clerk.testingTokens.createTestingToken()).toMatchObject({
        token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/),
        expires_at: expect.any(Number),
      })
    },
  },
  'redirectUrls.getRedirectUrlList': {
    operations: ['GET /redirect_urls'],
    async run({ clerk, unique }) {
      const url = `https://app.example.com/${unique()}`
      const { id } = await clerk.redirectUrls.createRedirectUrl({ url })
      const list = itemsOf(await clerk.redirectUrls.getRedirectUrlList())
      expectResource(list.find((one) => one.id === id) ?? {}, 'RedirectUrl', { url })
    },
  },
  'redirectUrls.getRedirectUrl': {
    operations: ['GET /redirect_urls/{id}'],
    async run({ clerk, unique }) {
      const url = `https://app.example.com/${unique()}`
      const { id } = await clerk.redirectUrls.createRedirectUrl({ url })
      expectResource(await clerk.redirectUrls.getRedirectUrl(id), 'RedirectUrl', { id, url })
    },
  },
  'redirectUrls.createRedirectUrl': {
    operations: ['POST /redirect_urls'],
    async run({ clerk, unique }) {
      const url = `com.example.app://${unique()}`
      expectResource(await clerk.redirectUrls.createRedirectUrl({ url }), 'RedirectUrl', {
        id: expect.stringMatching(/^ru_/),
        url,
        createdAt: expect.any(Number),
      })
    },
  },
  'redirectUrls.deleteRedirectUrl': {
    operations: ['DELETE /redirect_urls/{id}'],
    async run({ clerk, unique }) {
      const { id } = await clerk.redirectUrls.createRedirectUrl({ url: `https://app.example.com/${unique()}` })
      expect(await clerk.redirectUrls.deleteRedirectUrl(id)).toMatchObject({ id, deleted: true })
      await expect(clerk.redirectUrls.getRedirectUrl(id)).rejects.toMatchObject({ status: 404 })
    },
  },
}
