import { describe, expect, test } from 'vitest'
import { type Instance, storageKinds } from '../support/instance.js'
import { visit } from '../support/visitor.js'
import { attemptFirst, begin, begun, createUser, password, startSigningIn } from './signing-in.js'

async function signInToken(instance: Instance, user_id: string, json: object = {}) {
  const { body } = await instance.call('POST /sign_in_tokens', { json: { user_id, ...json } })
  return { id: body.id, ticket: body.token ?? '' }
}

describe.each(storageKinds)('on %s', (kind) => {
  test('a sign-in token signs in whoever has it, once', async () => {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance)
    const { ticket } = await signInToken(instance, user.id)
    const { body, client } = await begin(visit(instance), { strategy: 'ticket', ticket })
    expect(body).toMatchObject({
      status: 'complete',
      identifier: null,
      supported_first_factors: [{ strategy: 'ticket' }],
    })
    expect(client?.sessions.map(({ user: { id } }) => id)).toEqual([user.id])
    expect(client?.last_authentication_strategy).toBe('ticket')
    const again = await begin(visit(instance), { ticket })
    expect([again.status, again.codes]).toEqual([400, ['sign_in_token_already_used_code']])
  })

  test('of many who use a ticket at once one is let in', async () => {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance)
    const { ticket } = await signInToken(instance, user.id)
    const many = Array.from({ length: 20 }, () => begin(visit(instance), { strategy: 'ticket', ticket }))
    const results = (await Promise.all(many)).map(({ codes, body }) => codes[0] ?? body.status)
    expect(results.sort()).toEqual(['complete', ...Array(19).fill('sign_in_token_already_used_code')])
    expect((await instance.call('GET /sessions', { query: { user_id: user.id } })).body).toHaveLength(1)
  })

  test('a ticket that was revoked, has expired, is of no sign-in token or was made up lets nobody in', async () => {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance)
    const refused = async (ticket: string) => {
      const { status, codes } = await begin(visit(instance), { strategy: 'ticket', ticket })
      expect(status).toBe(400)
      return codes[0]
    }
    const revoked = await signInToken(instance, user.id)
    await instance.call('POST /sign_in_tokens/{sign_in_token_id}/revoke', { params: { sign_in_token_id: revoked.id } })
    expect(await refused(revoked.ticket)).toBe('sign_in_token_revoked_code')
    const short = await signInToken(instance, user.id, { expires_in_seconds: 60 })
    instance.clock.now += 60_000
    expect(await refused(short.ticket)).toBe('ticket_expired_code')
    const invitation = await instance.call('POST /invitations', { json: { email_address: 'bob@example.com' } })
    expect(await refused(new URL(invitation.body.url ?? '').searchParams.get('ticket') ?? '')).toBe(
      'ticket_invalid_code',
    )
    const { ticket } = await signInToken(instance, user.id)
    for (const forged of ['x', `${ticket.slice(0, -4)}AAAA`, ticket.split('.').slice(0, 2).join('.')]) {
      expect(await refused(forged)).toBe('ticket_invalid_code')
    }
    await instance.call('DELETE /users/{user_id}', { params: { user_id: user.id } })
    expect(await refused(ticket)).toBe('ticket_invalid_code')
  })

  test('a ticket of another user proves nothing of an attempt, and stays good', async () => {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance)
    await createUser(instance, { email_address: ['bob@example.com'], password })
    const { ticket } = await signInToken(instance, user.id)
    const browser = visit(instance)
    const bob = await begun(browser, 'bob@example.com')
    const foreign = await attemptFirst(browser, bob.id, { strategy: 'ticket', ticket })
    expect([foreign.status, foreign.codes]).toEqual([400, ['ticket_invalid_code']])
    const own = await begun(browser)
    expect((await attemptFirst(browser, own.id, { strategy: 'ticket', ticket })).body.status).toBe('complete')
  })

  test('a ticket lets in nobody who is banned, and is not used up by them', async () => {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance)
    const { ticket } = await signInToken(instance, user.id)
    await instance.call('POST /users/{user_id}/ban', { params: { user_id: user.id } })
    const banned = await begin(visit(instance), { ticket })
    expect([banned.status, banned.codes]).toEqual([403, ['user_banned']])
    await instance.call('POST /users/{user_id}/unban', { params: { user_id: user.id } })
    expect((await begin(visit(instance), { ticket })).body.status).toBe('complete')
  })
})
