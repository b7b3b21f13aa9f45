import { describe, expect, test } from 'vitest'
import { type Instance, production, storageKinds } from '../support/instance.js'
import { visit } from '../support/visitor.js'
import { attempt, begin, invite, password, prepare, proceed, signedUp, startSigningUp } from './signing-up.js'

const day = 24 * 60 * 60 * 1000
const address = 'ada+clerk_test@example.com'

describe.each(storageKinds)('tickets on %s', (kind) => {
  const accept = (browser: ReturnType<typeof visit>, ticket: string, headers: Record<string, string> = {}) =>
    browser.call('GET /tickets/accept', { query: { ticket }, headers })

  /** Where a ticket leads to, with an asterisk in its place. */
  async function destinationOf(browser: ReturnType<typeof visit>, ticket: string): Promise<string> {
    const { status, body } = await accept(browser, ticket)
    expect(status).toBe(307)
    return body.replace(ticket, '*')
  }

  const withTicket = (browser: ReturnType<typeof visit>, ticket: string, form: object = {}) =>
    begin(browser, { strategy: 'ticket', ticket, ...form })

  const statusOf = async (instance: Instance, id: string) => {
    const { body } = await instance.call('GET /invitations', { query: { status: 'accepted' } })
    return Array.isArray(body) && body.some((one) => one.id === id) ? 'accepted' : 'not accepted'
  }

  test('whoever was invited signs up without a code, with what the application said of them', async () => {
    const instance = await startSigningUp(kind, { settings: { sign_up_mode: 'restricted' } })
    const invitation = await invite(instance, address, { public_metadata: { plan: 'pro' } })
    const browser = visit(instance)
    expect(await destinationOf(browser, invitation.ticket)).toBe(
      'http://127.0.0.1:4010/sign-up?__clerk_ticket=*&__clerk_status=sign_up',
    )

    const { body } = await withTicket(browser, invitation.ticket)
    expect(body).toMatchObject({
      status: 'missing_requirements',
      missing_fields: ['password'],
      unverified_fields: [],
      email_address: address,
      public_metadata: { plan: 'pro' },
      verifications: {
        email_address: { object: 'verification_ticket', status: 'verified', strategy: 'ticket', next_action: '' },
      },
    })
    expect(await statusOf(instance, invitation.id)).toBe('not accepted')
    // As the pages of browser clients send it: the ticket once more, and the field of the address empty.
    const { body: done, client } = await proceed(browser, body.id, {
      strategy: 'ticket',
      ticket: invitation.ticket,
      email_address: '',
      password,
    })
    expect(done.status).toBe('complete')
    expect(client?.last_authentication_strategy).toBe('ticket')
    expect(client?.sessions[0]?.user).toMatchObject({
      public_metadata: { plan: 'pro' },
      email_addresses: [{ email_address: address, verification: { status: 'verified' } }],
    })
    expect(await statusOf(instance, invitation.id)).toBe('accepted')
    for (const refused of [
      await accept(visit(instance), invitation.ticket),
      await withTicket(visit(instance), invitation.ticket),
    ]) {
      expect([refused.status, refused.codes]).toEqual([400, ['invitation_already_accepted']])
    }
  })

  test('an invitation admits whose address is not on the allowlist, and nobody whose is on the blocklist', async () => {
    const instance = await startSigningUp(kind, { settings: { allowlist: true, blocklist: true } })
    const invitation = await invite(instance, address)
    expect((await begin(visit(instance), { email_address: address })).codes).toEqual(['not_allowed_access'])
    expect((await withTicket(visit(instance), invitation.ticket, { password })).body.status).toBe('complete')
    const blocked = await invite(instance, 'eve@example.com')
    await instance.call('POST /blocklist_identifiers', { json: { identifier: 'eve@example.com' } })
    expect((await withTicket(visit(instance), blocked.ticket)).codes).toEqual(['not_allowed_access'])
  })

  test('an invitation that is used in many browsers at the same moment is used once', async () => {
    const instance = await startSigningUp(kind)
    const { ticket } = await invite(instance, address)
    const browsers = Array.from({ length: 5 }, () => visit(instance))
    const answers = await Promise.all(browsers.map((browser) => withTicket(browser, ticket, { password })))
    expect(answers.filter(({ body }) => body.status === 'complete')).toHaveLength(1)
    for (const code of answers.flatMap(({ codes }) => codes)) {
      expect(['invitation_already_accepted', 'form_identifier_exists']).toContain(code)
    }
    expect((await instance.call('GET /users/count', {})).body.total_count).toBe(1)
  })

  test('what could not be finished has not been begun: the invitation stays open, and nobody is signed in', async () => {
    const instance = await startSigningUp(kind)
    const { id, ticket } = await invite(instance, address)
    const browser = visit(instance)
    const { body } = await withTicket(browser, ticket)
    const cookie = browser.cookies.get('__client')
    await instance.call('POST /users', { json: { email_address: [address] } })
    const { status, codes, client } = await proceed(browser, body.id, { password })
    expect([status, codes]).toEqual([422, ['form_identifier_exists']])
    expect(client).toMatchObject({ sessions: [], sign_up: { id: body.id, status: 'missing_requirements' } })
    expect(browser.cookies.get('__client')).toBe(cookie)
    expect(await statusOf(instance, id)).toBe('not accepted')
    expect((await instance.call('GET /users/count', {})).body.total_count).toBe(1)
  })

  test('who was invited signs up with the address of the invitation', async () => {
    const instance = await startSigningUp(kind, { settings: { sign_up_mode: 'restricted' } })
    const { ticket } = await invite(instance, address)
    const browser = visit(instance)
    const { body } = await withTicket(browser, ticket)
    for (const refused of [
      await withTicket(visit(instance), ticket, { email_address: 'eve@example.com' }),
      await proceed(browser, body.id, { email_address: 'eve@example.com' }),
      await proceed(browser, body.id, { email_address_or_phone_number: 'eve@example.com' }),
    ]) {
      expect([refused.status, refused.codes, refused.params]).toEqual([
        422,
        ['form_param_value_invalid'],
        ['email_address'],
      ])
    }
    expect((await proceed(browser, body.id, { email_address: address, password })).body.status).toBe('complete')
  })

  test('a ticket that is given later proves the address of the invitation, whatever was given before', async () => {
    const instance = await startSigningUp(kind)
    const { ticket } = await invite(instance, address)
    const browser = visit(instance)
    const { body } = await begin(browser, { email_address: 'ada@example.com', password })
    const { body: done } = await proceed(browser, body.id, { strategy: 'ticket', ticket })
    expect(done).toMatchObject({ status: 'complete', email_address: address })
  })

  test('an invitation that was revoked, deleted, or has expired lets nobody in, even half way', async () => {
    const instance = await startSigningUp(kind)
    const [revoked, deleted, expired] = [
      await invite(instance, 'one@example.com'),
      await invite(instance, 'two@example.com'),
      await invite(instance, 'three@example.com', { expires_in_days: 1 }),
    ]
    const halfWay = []
    for (const { ticket } of [revoked, deleted, expired]) {
      const browser = visit(instance)
      halfWay.push({ browser, id: (await withTicket(browser, ticket)).body.id })
    }
    await instance.call('POST /invitations/{invitation_id}/revoke', { params: { invitation_id: revoked.id } })
    await instance.call('DELETE /invitations/{invitation_id}', { params: { invitation_id: deleted.id } })
    instance.clock.now += day - 1000
    const latest = visit(instance)
    const { body: late } = await withTicket(latest, expired.ticket)
    instance.clock.now += 1000
    const codes = ['revoked_invitation', 'ticket_invalid_code', 'ticket_expired_code']
    for (const [index, { ticket }] of [revoked, deleted, expired].entries()) {
      for (const refused of [await accept(visit(instance), ticket), await withTicket(visit(instance), ticket)]) {
        expect([refused.status, refused.codes]).toEqual([400, [codes[index]]])
      }
    }
    for (const [index, { browser, id }] of halfWay.slice(0, 2).entries()) {
      instance.clock.now -= day
      const refused = await proceed(browser, id, { password })
      instance.clock.now += day
      expect([refused.status, refused.codes]).toEqual([400, [codes[index]]])
    }
    expect((await proceed(latest, late.id, { password })).codes).toEqual(['ticket_expired_code'])
    expect((await instance.call('GET /users/count', {})).body.total_count).toBe(0)
  })

  test('what is no ticket lets nobody in', async () => {
    const instance = await startSigningUp(kind)
    const browser = visit(instance)
    const { client } = await signedUp(visit(instance), address)
    const sessionToken = client?.sessions[0]?.last_active_token?.jwt ?? ''
    for (const ticket of ['x', 'a.b.c', sessionToken]) {
      for (const refused of [await accept(browser, ticket), await withTicket(browser, ticket)]) {
        expect([refused.status, refused.codes]).toEqual([400, ['ticket_invalid_code']])
      }
    }
    expect((await browser.call('GET /tickets/accept')).codes).toEqual(['form_param_missing'])
  })

  test('a person who follows a link that is no use is told so on a page', async () => {
    const { url } = await startSigningUp(kind)
    const response = await fetch(`${url}/__clerk/v1/tickets/accept?ticket=%3Cscript%3E`, {
      headers: { accept: 'text/html,application/xhtml+xml;q=0.9' },
    })
    expect(response.status).toBe(400)
    expect(response.headers.get('content-type')).toMatch(/^text\/html; charset=utf-8$/i)
    expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
    const page = await response.text()
    expect(page).toContain('<h1>This link does not work</h1>')
    expect(page).toContain('The ticket is not one of this instance.')
    expect(page).not.toContain('script')
  })

  test('the link of an invitation leads where it says, or where people sign up, or sign in if they have an account', async () => {
    const instance = await startSigningUp(kind)
    const browser = visit(instance)
    const elsewhere = await invite(instance, address, { redirect_url: 'https://app.example.com/welcome?a=1#b' })
    expect(await destinationOf(browser, elsewhere.ticket)).toBe(
      'https://app.example.com/welcome?a=1&__clerk_ticket=*&__clerk_status=sign_up#b',
    )
    await signedUp(browser, address)
    expect(await destinationOf(visit(instance), elsewhere.ticket)).toBe(
      'https://app.example.com/welcome?a=1&__clerk_status=sign_in#b',
    )
    expect(await destinationOf(browser, elsewhere.ticket)).toBe(
      'https://app.example.com/welcome?a=1&__clerk_status=complete#b',
    )
    const plain = await invite(instance, address, { ignore_existing: true })
    expect(await destinationOf(visit(instance), plain.ticket)).toBe(
      'http://127.0.0.1:4010/sign-in?__clerk_status=sign_in',
    )
  })

  test('the pages of the application are where its settings say', async () => {
    const settings = { sign_up_url: 'https://app.example.com/join', sign_in_url: 'https://app.example.com/enter' }
    const instance = await startSigningUp(kind, { settings })
    const { ticket } = await invite(instance, address)
    expect(await destinationOf(visit(instance), ticket)).toBe(
      'https://app.example.com/join?__clerk_ticket=*&__clerk_status=sign_up',
    )
    await signedUp(visit(instance), address)
    expect(await destinationOf(visit(instance), ticket)).toBe('https://app.example.com/enter?__clerk_status=sign_in')
  })

  test('a URL that is allowed no more is not gone to', async () => {
    const publicUrl = () => 'https://id.example.com'
    const instance = await startSigningUp(kind, { ...production, publicUrl })
    const url = 'https://app.example.com/welcome'
    const { body: listed } = await instance.call('POST /redirect_urls', { json: { url } })
    const { ticket } = await invite(instance, address, { redirect_url: url })
    expect(await destinationOf(visit(instance), ticket)).toBe(`${url}?__clerk_ticket=*&__clerk_status=sign_up`)
    await instance.call('DELETE /redirect_urls/{id}', { params: { id: listed.id } })
    expect(await destinationOf(visit(instance), ticket)).toBe(
      'https://id.example.com/sign-up?__clerk_ticket=*&__clerk_status=sign_up',
    )
  })

  test('a sign-in token leads to where people sign in, until it is used, revoked, or has expired', async () => {
    const instance = await startSigningUp(kind)
    const browser = visit(instance)
    const { body } = await signedUp(browser, address)
    const tokenOf = async (expires_in_seconds = 60) =>
      (await instance.call('POST /sign_in_tokens', { json: { user_id: body.created_user_id, expires_in_seconds } }))
        .body
    const token = await tokenOf()
    expect(await destinationOf(visit(instance), token.token ?? '')).toBe(
      'http://127.0.0.1:4010/sign-in?__clerk_ticket=*&__clerk_status=sign_in',
    )
    expect(await destinationOf(browser, token.token ?? '')).toBe(
      'http://127.0.0.1:4010/sign-in?__clerk_status=complete',
    )
    expect((await withTicket(visit(instance), token.token ?? '')).codes).toEqual(['ticket_invalid_code'])
    const revoked = await tokenOf(3600)
    await instance.call('POST /sign_in_tokens/{sign_in_token_id}/revoke', { params: { sign_in_token_id: revoked.id } })
    expect((await accept(visit(instance), revoked.token ?? '')).codes).toEqual(['sign_in_token_revoked_code'])
    instance.clock.now += 60_000
    expect((await accept(visit(instance), token.token ?? '')).codes).toEqual(['ticket_expired_code'])
  })
})

test('whoever signs up past their invitation, by a code, leaves it open', async () => {
  const instance = await startSigningUp('SQLite')
  const { id } = await invite(instance, address, { public_metadata: { plan: 'pro' } })
  const browser = visit(instance)
  const { body } = await begin(browser, { email_address: address, password })
  await prepare(browser, body.id)
  const { client } = await attempt(browser, body.id, '424242')
  expect(client?.sessions[0]?.user.public_metadata).toEqual({})
  const { body: pending } = await instance.call('GET /invitations', { query: { status: 'pending' } })
  expect(pending).toMatchObject([{ id }])
})
