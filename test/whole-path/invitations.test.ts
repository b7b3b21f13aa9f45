import { Clerk } from '@clerk/clerk-sdk-node'
import { expect, test } from 'vitest'
import { startInstance } from '../support/instance.js'

async function start() {
  const server = await startInstance({ storage: { memory: true } })
  return new Clerk({ apiKey: server.apiKey, serverApiUrl: server.url })
}

test('invitations are made one by one and many at once, listed, and revoked', async () => {
  const { invitations } = await start()
  const one = await invitations.createInvitation({
    emailAddress: 'ada@example.com',
    publicMetadata: { firstPlan: 'pro' },
    redirectUrl: 'https://app.example.com/welcome',
  })
  expect(one).toMatchObject({ status: 'pending', revoked: false, publicMetadata: { firstPlan: 'pro' } })
  const more = await invitations.createInvitationBulk([
    { emailAddress: 'bob@example.com', notify: false },
    { emailAddress: 'cyd@example.com', expiresInDays: 1 },
  ])
  expect(more.map(({ emailAddress }) => emailAddress)).toEqual(['bob@example.com', 'cyd@example.com'])
  await expect(
    invitations.createInvitationBulk([{ emailAddress: 'dan@example.com' }, { emailAddress: 'ada@example.com' }]),
  ).rejects.toMatchObject({ statusCode: 400, data: [{ code: 'duplicate_record' }] })
  expect(await invitations.revokeInvitation(one.id)).toMatchObject({ status: 'revoked', revoked: true })
  const left = await invitations.getInvitationList({ orderBy: 'email_address' })
  expect(left.map(({ emailAddress }) => emailAddress)).toEqual(['bob@example.com', 'cyd@example.com'])
})

test('identifiers are put on both lists and taken off again', async () => {
  const { allowlistIdentifiers, blocklistIdentifiers } = await start()
  const allowed = await allowlistIdentifiers.createAllowlistIdentifier({ identifier: 'ada@example.com', notify: true })
  expect(allowed.invitationId).toMatch(/^inv_/)
  expect(await allowlistIdentifiers.getAllowlistIdentifierList()).toEqual([allowed])
  expect(await allowlistIdentifiers.deleteAllowlistIdentifier(allowed.id)).toMatchObject({ deleted: true })
  const blocked = await blocklistIdentifiers.createBlocklistIdentifier({ identifier: '*@example.com' })
  expect(await blocklistIdentifiers.getBlocklistIdentifierList()).toEqual([blocked])
  expect(await blocklistIdentifiers.deleteBlocklistIdentifier(blocked.id)).toMatchObject({ deleted: true })
})

test('a sign-in token is made and revoked, and a testing token is made', async () => {
  const { users, signInTokens, testingTokens } = await start()
  const { id: userId } = await users.createUser({ username: 'somebody' })
  const token = await signInTokens.createSignInToken({ userId })
  expect(token).toMatchObject({ userId, status: 'pending', token: expect.any(String) })
  const revoked = await signInTokens.revokeSignInToken(token.id)
  expect(revoked).toMatchObject({ status: 'revoked' })
  expect(revoked.token).toBeUndefined()
  expect(await testingTokens.createTestingToken()).toMatchObject({ token: expect.any(String) })
})
