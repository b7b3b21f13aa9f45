import { createClerkClient } from '@clerk/backend'
import { createClerkClient as createClient4 } from 'clerk-sdk-node-4.13.23'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { original } from '../parity/subjects.js'
import { type Instance, production, startFresh, storageKinds } from '../support/instance.js'
import { outboxOf } from '../support/outbox.js'
import { hostileUrls } from './hostile-urls.js'

const day = 24 * 60 * 60 * 1000
const publicUrl = () => 'https://id.example.com'

describe.each(storageKinds)('invitations on %s', (kind) => {
  async function start(options: Partial<typeof production> = {}) {
    const server = await startFresh(kind, { publicUrl, ...options })
    return { ...server, outbox: () => outboxOf(server.storage) }
  }

  async function invite(server: Instance, json: object) {
    const answer = await server.call('POST /invitations', { json })
    expect(answer).toMatchObject({ status: 200, codes: [] })
    return answer.body
  }

  const list = async (server: Instance, query: object = {}) => {
    const { body } = await server.call('GET /invitations', { query: { ...query } })
    return Array.isArray(body) ? body.map(({ email_address }) => email_address) : body
  }

  test('createInvitation invites an address for thirty days, and sends it a mail', async () => {
    const server = await start()
    const { now } = server.clock
    const invitation = await invite(server, {
      email_address: ' Ada@Example.com ',
      public_metadata: { plan: 'pro' },
      redirect_url: 'https://app.example.com/welcome?a=1#b',
    })
    expect(invitation).toEqual({
      object: 'invitation',
      id: expect.stringMatching(/^inv_[0-9A-Za-z]{27}$/),
      email_address: 'ada@example.com',
      public_metadata: { plan: 'pro' },
      revoked: false,
      status: 'pending',
      url: expect.stringMatching(/^https:\/\/id\.example\.com\/__clerk\/v1\/tickets\/accept\?ticket=[\w.-]+$/),
      expires_at: now + 30 * day,
      created_at: now,
      updated_at: now,
    })
    const messages = await server.outbox()
    expect(messages).toMatchObject([
      {
        channel: 'email',
        slug: 'invitation',
        recipient: 'ada@example.com',
        subject: 'You are invited',
      },
    ])
    expect(messages[0]?.body_plain).toContain(invitation.url)
    expect(messages[0]?.body).toContain(`href="${invitation.url}"`)
  })

  test('a ticket names its invitation, ends with it, and is no session token', async () => {
    const server = await start()
    const invitation = await invite(server, { email_address: 'ada@example.com', expires_in_days: 365 })
    const ticket = new URL(invitation.url as string).searchParams.get('ticket') as string
    const { body: instance } = await server.call('GET /instance', {})
    expect(decodeJwt(ticket)).toEqual({
      aud: 'ticket',
      exp: Math.floor((server.clock.now + 365 * day) / 1000),
      iat: Math.floor(server.clock.now / 1000),
      iss: instance.id,
      jti: invitation.id,
    })
    const { body: user } = await server.call('POST /users', { json: { username: 'somebody' } })
    const { body: session } = await server.call('POST /sessions', { json: { user_id: user.id } })
    const verified = await server.call('POST /sessions/{session_id}/verify', {
      params: { session_id: session.id },
      json: { token: ticket },
    })
    expect(verified).toMatchObject({ status: 400, codes: ['invalid_session_token'] })
  })

  test('an invitation without a mail is written all the same', async () => {
    const server = await start()
    const invitation = await invite(server, { email_address: 'ada@example.com', notify: false })
    expect(invitation.url).toContain('/tickets/accept?ticket=')
    expect(await server.outbox()).toEqual([])
    expect(await list(server)).toEqual(['ada@example.com'])
  })

  test('who waited for it gets a mail of other words', async () => {
    const server = await start()
    await invite(server, { email_address: 'ada@example.com', template_slug: 'waitlist_invitation' })
    expect(await server.outbox()).toMatchObject([
      { slug: 'waitlist_invitation', subject: 'You are off the waiting list' },
    ])
  })

  test('forms are taken as version 2.6.3 sends them', async () => {
    const server = await start()
    const { status, body } = await server.call('POST /invitations', {
      form: { email_address: 'ada@example.com', public_metadata: { a: 1 }, redirect_url: null, notify: false },
    })
    expect({ status, body }).toMatchObject({ status: 200, body: { public_metadata: { a: 1 } } })
    expect(await server.outbox()).toEqual([])
  })

  test('an address that has a pending invitation is not invited again, and nothing is sent', async () => {
    const server = await start()
    const first = await invite(server, { email_address: 'ada@example.com' })
    const again = await server.call('POST /invitations', { json: { email_address: 'ADA@example.com' } })
    expect(again).toMatchObject({ status: 400, codes: ['duplicate_record'], params: ['email_address'] })
    expect(await list(server)).toEqual(['ada@example.com'])
    expect(await server.outbox()).toHaveLength(1)

    await server.call('POST /invitations/{invitation_id}/revoke', { params: { invitation_id: first.id } })
    await invite(server, { email_address: 'ada@example.com' })
  })

  test('an invitation that has expired is in nobody’s way', async () => {
    const server = await start()
    const first = await invite(server, { email_address: 'ada@example.com', expires_in_days: 1 })
    server.clock.now += day
    const second = await invite(server, { email_address: 'ada@example.com' })
    const all = await server.call('GET /invitations', {})
    expect(all.body).toMatchObject([
      { id: second.id, status: 'pending' },
      { id: first.id, status: 'expired', updated_at: first.updated_at },
    ])
    expect(Array.isArray(all.body) && all.body[1]).not.toHaveProperty('url')
    const third = await server.call('POST /invitations', { json: { email_address: 'ada@example.com' } })
    expect(third).toMatchObject({ status: 400, codes: ['duplicate_record'] })
  })

  test('ignore_existing invites an address beside another invitation, which still keeps others from it', async () => {
    const server = await start()
    const first = await invite(server, { email_address: 'ada@example.com' })
    await invite(server, { email_address: 'ada@example.com', ignore_existing: true })
    await invite(server, { email_address: 'ada@example.com', ignore_existing: true })
    await server.call('POST /invitations/{invitation_id}/revoke', { params: { invitation_id: first.id } })
    const refused = await server.call('POST /invitations', { json: { email_address: 'ada@example.com' } })
    expect(refused).toMatchObject({ status: 400, codes: ['duplicate_record'] })
    expect(await list(server, { status: 'pending' })).toHaveLength(2)
  })

  test('the address of a user is not invited, unless that is to be ignored', async () => {
    const server = await start()
    await server.call('POST /users', { json: { email_address: ['ada@example.com'] } })
    const refused = await server.call('POST /invitations', { json: { email_address: 'Ada@example.com' } })
    expect(refused).toMatchObject({ status: 422, codes: ['form_identifier_exists'], params: ['email_address'] })
    expect(await server.outbox()).toEqual([])
    await invite(server, { email_address: 'ada@example.com', ignore_existing: true })
  })

  test('of 200 invitations of one address at the same time, one is made', async () => {
    const server = await start()
    const answers = await Promise.all(
      Array.from({ length: 200 }, () =>
        server.call('POST /invitations', { json: { email_address: 'ada@example.com' } }),
      ),
    )
    const made = answers.filter(({ status }) => status === 200)
    const refused = answers.filter(({ status, codes }) => status === 400 && codes[0] === 'duplicate_record')
    expect([made.length, refused.length]).toEqual([1, 199])
    expect(await server.outbox()).toHaveLength(1)
  })

  test('lists are newest first, without what was revoked, by status, by text, in any order, and in pages', async () => {
    const server = await start()
    const ids: Record<string, string> = {}
    for (const [name, days] of [
      ['bob', 3],
      ['ada', 1],
      ['cy_d', 2],
      ['eve%', 9],
    ] as const) {
      server.clock.now += 1000
      ids[name] = (
        await invite(server, { email_address: `${name.replace('%', '')}@example.com`, expires_in_days: days })
      ).id
    }
    const revoked = { invitation_id: ids['eve%'] as string }
    await server.call('POST /invitations/{invitation_id}/revoke', { params: revoked })
    const [ada, bob, cyd, eve] = ['ada', 'bob', 'cy_d', 'eve'].map((name) => `${name}@example.com`)
    expect(await list(server)).toEqual([cyd, ada, bob])
    expect(await list(server, { status: 'revoked' })).toEqual([eve])
    expect(await list(server, { status: 'accepted' })).toEqual([])
    expect(await list(server, { order_by: 'created_at' })).toEqual([bob, ada, cyd])
    expect(await list(server, { order_by: '+email_address' })).toEqual([ada, bob, cyd])
    expect(await list(server, { order_by: '-expires_at' })).toEqual([bob, cyd, ada])
    expect(await list(server, { query: 'ADA@' })).toEqual([ada])
    expect(await list(server, { query: 'y_' })).toEqual([cyd])
    expect(await list(server, { query: '%' })).toEqual([])
    expect(await list(server, { query: ids['bob'] })).toEqual([bob])
    expect(await list(server, { limit: 1, offset: 1 })).toEqual([ada])
    expect(await list(server, { paginated: true, limit: 1 })).toMatchObject({
      data: [{ id: ids['cy_d'] }],
      total_count: 3,
    })
    server.clock.now += day
    expect(await list(server, { status: 'expired' })).toEqual([ada])
    expect(await list(server, { status: 'pending' })).toEqual([cyd, bob])
    const wrong = await server.call('GET /invitations', { query: { order_by: 'status', status: 'open' } })
    expect(wrong).toMatchObject({ status: 422, params: ['status', 'order_by'] })
  })

  test('an invitation is revoked once, pending or expired', async () => {
    const server = await start()
    const invitation = await invite(server, { email_address: 'ada@example.com' })
    const revoke = (id: string) =>
      server.call('POST /invitations/{invitation_id}/revoke', { params: { invitation_id: id } })
    server.clock.now += 1000
    const { url: _, ...rest } = invitation
    expect((await revoke(invitation.id)).body).toEqual({
      ...rest,
      status: 'revoked',
      revoked: true,
      updated_at: server.clock.now,
    })
    expect(await revoke(invitation.id)).toMatchObject({ status: 400, codes: ['invitation_already_revoked'] })
    expect(await revoke('inv_none')).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    const other = await invite(server, { email_address: 'bob@example.com', expires_in_days: 1 })
    server.clock.now += day
    expect(await revoke(other.id)).toMatchObject({ status: 200, body: { status: 'revoked', revoked: true } })
  })

  test('deleting an invitation leaves nothing of it, not even the mail', async () => {
    const server = await start()
    const [ada, bob] = [
      await invite(server, { email_address: 'ada@example.com' }),
      await invite(server, { email_address: 'bob@example.com' }),
    ]
    const remove = (id: string) => server.call('DELETE /invitations/{invitation_id}', { params: { invitation_id: id } })
    expect((await remove(ada.id)).body).toEqual({ object: 'invitation', id: ada.id, deleted: true })
    expect(await server.outbox()).toMatchObject([{ recipient: bob.email_address }])
    expect(await remove(ada.id)).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    await invite(server, { email_address: 'ada@example.com' })
  })

  test('what is wrong is refused by name, and nothing is written', async () => {
    const server = await start()
    const email_address = 'ada@example.com'
    const refusals: [object, string, string][] = [
      [{}, 'form_param_missing', 'email_address'],
      [{ email_address: 'nobody' }, 'form_param_format_invalid', 'email_address'],
      [{ email_address: 'a@example.com\nbcc: b@example.com' }, 'form_param_format_invalid', 'email_address'],
      [{ email_address, expires_in_days: 0 }, 'form_param_value_invalid', 'expires_in_days'],
      [{ email_address, expires_in_days: 366 }, 'form_param_value_invalid', 'expires_in_days'],
      [{ email_address, expires_in_days: 1.5 }, 'form_param_type_invalid', 'expires_in_days'],
      [{ email_address, template_slug: 'shoes' }, 'form_param_value_invalid', 'template_slug'],
      [{ email_address, notify: 'yes' }, 'form_param_type_invalid', 'notify'],
      [{ email_address, public_metadata: [] }, 'form_param_type_invalid', 'public_metadata'],
      ...hostileUrls.map((url): [object, string, string] => [
        { email_address, redirect_url: url },
        'form_param_format_invalid',
        'redirect_url',
      ]),
    ]
    for (const [json, code, param] of refusals) {
      const answer = await server.call('POST /invitations', { json })
      expect(answer, JSON.stringify(json)).toMatchObject({ status: 422, codes: [code], params: [param] })
    }
    expect(await list(server)).toEqual([])
    expect(await server.outbox()).toEqual([])
  })

  test('in production, a redirect_url leads where the instance allows', async () => {
    const server = await start(production)
    await server.call('PATCH /instance', { json: { allowed_origins: ['https://app.example.com'] } })
    await server.call('POST /redirect_urls', { json: { url: 'https://other.example.com/in' } })
    const answered = async (redirect_url: string) => {
      const json = { email_address: 'ada@example.com', ignore_existing: true, redirect_url }
      const { status, codes, params } = await server.call('POST /invitations', { json })
      return status === 200 ? status : [status, ...codes, ...params]
    }
    for (const url of [
      'https://app.example.com',
      'HTTPS://APP.example.com:443/any?where',
      'https://other.example.com/in',
      'https://id.example.com/sign-up',
    ]) {
      expect(await answered(url), url).toBe(200)
    }
    for (const url of [
      'http://app.example.com',
      'https://app.example.com:444',
      'https://app.example.com.evil.example',
      'https://other.example.com/',
      'https://other.example.com/in?x',
      'https://evil.example/https://app.example.com',
    ]) {
      expect(await answered(url), url).toEqual([422, 'form_param_value_invalid', 'redirect_url'])
    }
  })

  test('version 2.6.3 invites, lists and revokes', async () => {
    const server = await start()
    const { invitations } = new original.Clerk({ apiKey: server.apiKey, serverApiUrl: server.url })
    const params = { emailAddress: 'ada@example.com', redirectUrl: 'https://app.example.com/welcome' }
    const one = (await invitations?.['createInvitation']?.(params)) as { id: string }
    expect(one).toMatchObject({ emailAddress: 'ada@example.com', createdAt: server.clock.now })
    await expect(invitations?.['createInvitation']?.(params)).rejects.toMatchObject({
      statusCode: 400,
      data: [{ code: 'duplicate_record' }],
    })
    expect(await invitations?.['getInvitationList']?.()).toEqual([one])
    expect(await invitations?.['revokeInvitation']?.(one.id)).toMatchObject({ id: one.id })
    expect(await invitations?.['getInvitationList']?.()).toEqual([])
  })

  test('version 4.13.23 invites, lists and revokes', async () => {
    const server = await start()
    const { invitations } = createClient4({ secretKey: server.secretKey, apiUrl: server.url })
    const one = await invitations.createInvitation({
      emailAddress: 'ada@example.com',
      redirectUrl: 'https://app.example.com/welcome',
      publicMetadata: { firstPlan: 'pro' },
      notify: false,
      ignoreExisting: true,
    })
    expect(one).toMatchObject({ status: 'pending', revoked: false, publicMetadata: { firstPlan: 'pro' } })
    expect(await invitations.getInvitationList({ status: 'pending' })).toEqual([one])
    expect(await invitations.revokeInvitation(one.id)).toMatchObject({ status: 'revoked', revoked: true })
  })

  test('@clerk/backend 3.25 invites, lists, revokes and deletes', async () => {
    const server = await start()
    const { invitations } = createClerkClient({ apiUrl: server.url, secretKey: server.secretKey })
    const one = await invitations.createInvitation({
      emailAddress: 'ada@example.com',
      publicMetadata: { firstPlan: 'pro' },
      redirectUrl: 'https://app.example.com',
      expiresInDays: 7,
      ignoreExisting: true,
      notify: true,
      templateSlug: 'invitation',
    })
    expect(one).toMatchObject({ status: 'pending', publicMetadata: { firstPlan: 'pro' }, url: expect.any(String) })
    const [two] = await invitations.createInvitationBulk([{ emailAddress: 'bob@example.com', notify: false }])
    expect(await invitations.getInvitationList({ orderBy: '+email_address', query: 'example' })).toMatchObject({
      data: [{ id: one.id }, { id: two?.id }],
      totalCount: 2,
    })
    expect(await invitations.revokeInvitation(one.id)).toMatchObject({ status: 'revoked', revoked: true })
    expect(await invitations.deleteInvitation(one.id)).toMatchObject({ object: 'invitation', deleted: true })
  })
})
