import { describe, expect, test } from 'vitest'
import { storageKinds } from '../support/instance.js'
import { rowsIn } from '../support/rows.js'
import { visit } from '../support/visitor.js'
import { ada, attemptFirst, begin, begun, createUser, password, signedIn, startSigningIn } from './signing-in.js'

describe.each(storageKinds)('on %s', (kind) => {
  test('an identifier and a password sign in with one request', async () => {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance)
    const browser = visit(instance)
    const { status, body, client } = await begin(browser, { identifier: 'ada@example.com', password })
    expect([status, body.status]).toEqual([200, 'complete'])
    expect(body.first_factor_verification).toMatchObject({ strategy: 'password', status: 'verified' })
    expect(client?.sessions.map(({ id }) => id)).toEqual([body.created_session_id])
    expect(client?.last_active_session_id).toBe(body.created_session_id)
    expect(client?.last_authentication_strategy).toBe('password')
    expect(client?.sign_in).toBeNull()
    expect(client?.sessions[0]?.user).toMatchObject({ id: user.id, last_sign_in_at: instance.clock.now })
    expect(client?.sessions[0]?.factor_verification_age).toEqual([0, -1])
  })

  test('an identifier alone tells what it can be proven by, and nothing more of its user than that', async () => {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance, {
      ...ada,
      email_address: ['ada@example.com', 'lovelace@example.org'],
      phone_number: ['+15555550100'],
      first_name: 'Ada',
      private_metadata: { secret: true },
    })
    const browser = visit(instance)
    const { body, client } = await begin(browser, { identifier: ' Ada@Example.com ' })
    const [first, second] = user.email_addresses.map(({ id }) => id)
    const main = { safe_identifier: 'a***@example.com', email_address_id: first, primary: true }
    const other = { safe_identifier: 'l***@example.org', email_address_id: second, primary: false }
    expect(body).toEqual({
      object: 'sign_in_attempt',
      id: expect.stringMatching(/^sia_\w{27}$/),
      status: 'needs_first_factor',
      identifier: 'ada@example.com',
      supported_identifiers: ['email_address'],
      supported_first_factors: [
        { strategy: 'password' },
        { strategy: 'email_code', ...main },
        { strategy: 'email_code', ...other },
        { strategy: 'reset_password_email_code', ...main },
        { strategy: 'reset_password_email_code', ...other },
      ],
      supported_second_factors: null,
      first_factor_verification: null,
      second_factor_verification: null,
      user_data: { first_name: 'Ada', last_name: null, image_url: '', has_image: false, profile_image_url: '' },
      created_session_id: null,
      abandon_at: instance.clock.now + 24 * 60 * 60 * 1000,
    })
    expect(client?.sign_in).toEqual(body)
    const again = await browser.call('GET /client/sign_ins/{sign_in_id}', { params: { sign_in_id: body.id } })
    expect(again.body).toEqual(body)
    const done = await attemptFirst(browser, body.id, { strategy: 'password', password })
    expect([done.status, done.body.status]).toEqual([200, 'complete'])
  })

  test('people are known by what the instance asks for, however it is written', async () => {
    const settings = { phone_number: 'optional', username: 'optional' } as const
    const instance = await startSigningIn(kind, { settings })
    await createUser(instance, { ...ada, phone_number: ['+15555550100'], username: 'ada_l' })
    for (const identifier of ['ADA@example.com', '+1 (555) 555-0100', 'Ada_L']) {
      const { body } = await begin(visit(instance), { identifier, password })
      expect(body.status, identifier).toBe('complete')
    }
    const { body } = await begin(visit(instance), { identifier: 'ada_l' })
    expect(body.supported_identifiers).toEqual(['email_address', 'phone_number', 'username'])
    expect(body.supported_first_factors).toContainEqual(
      expect.objectContaining({ strategy: 'phone_code', safe_identifier: '+*******0100' }),
    )
  })

  test('who is not known is told so, and so is whoever is known by something that does not count', async () => {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance, {
      ...ada,
      email_address: ['ada@example.com', 'reserved@example.com'],
      email_address_identification_status: ['verified', 'reserved'],
      phone_number: ['+15555550100'],
      username: 'ada_l',
    })
    await instance.call('POST /email_addresses', {
      json: { user_id: user.id, email_address: 'unverified@example.com', verified: false },
    })
    const unknown = ['bob@example.com', 'reserved@example.com', 'unverified@example.com', 'not an address', 'x@', '@']
    for (const identifier of [...unknown, 'ada_l', '+15555550100', "' or 1=1 --", '%']) {
      const { status, codes, params, client } = await begin(visit(instance), { identifier, password })
      expect([identifier, status, codes, params]).toEqual([
        identifier,
        422,
        ['form_identifier_not_found'],
        ['identifier'],
      ])
      expect(client?.sign_in).toBeNull()
    }
  })

  test('a wrong password is told, and the right one helps afterwards', async () => {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance)
    const browser = visit(instance)
    const both = await begin(browser, { identifier: 'ada@example.com', password: 'something else' })
    expect(both).toMatchObject({ status: 422, codes: ['form_password_incorrect'], params: ['password'] })
    expect(both.client?.sessions).toEqual([])
    const { id } = await begun(browser)
    const wrong = await attemptFirst(browser, id, { strategy: 'password', password: `${password} ` })
    expect(wrong).toMatchObject({ status: 422, codes: ['form_password_incorrect'] })
    const params = { user_id: user.id }
    expect((await instance.call('GET /users/{user_id}', { params })).body.verification_attempts_remaining).toBe(8)
    const right = await attemptFirst(browser, id, { strategy: 'password', password })
    expect(right.body.status).toBe('complete')
    expect((await instance.call('GET /users/{user_id}', { params })).body.verification_attempts_remaining).toBe(10)
  })

  test('who has no password, or may use none, is told to sign in otherwise', async () => {
    const instance = await startSigningIn(kind)
    await createUser(instance, { email_address: ['ada@example.com'] })
    const { status, codes } = await begin(visit(instance), { identifier: 'ada@example.com', password })
    expect([status, codes]).toEqual([400, ['strategy_for_user_invalid']])
    const { supported_first_factors } = await begun(visit(instance))
    expect(supported_first_factors?.map(({ strategy }) => strategy)).toEqual(['email_code'])

    const codesOnly = await startSigningIn(kind, { settings: { password: 'off' } })
    await createUser(codesOnly)
    const refused = await begin(visit(codesOnly), { identifier: 'ada@example.com', password })
    expect([refused.status, refused.codes]).toEqual([400, ['strategy_for_user_invalid']])
  })

  test('what a strategy needs must be given', async () => {
    const instance = await startSigningIn(kind)
    await createUser(instance)
    const browser = visit(instance)
    const missing = async (form: Record<string, unknown>) => {
      const { status, codes, params } = await begin(browser, form)
      expect([status, codes]).toEqual([422, ['form_conditional_param_missing']])
      return params[0]
    }
    expect(await missing({ password })).toBe('identifier')
    expect(await missing({ strategy: 'email_code' })).toBe('identifier')
    expect(await missing({ strategy: 'password', identifier: 'ada@example.com' })).toBe('password')
    expect(await missing({ strategy: 'ticket' })).toBe('ticket')
    const unknown = await begin(browser, { strategy: 'oauth_google' })
    expect(unknown).toMatchObject({ status: 422, codes: ['form_param_value_invalid'], params: ['strategy'] })
    const transfer = await begin(browser, { transfer: true })
    expect([transfer.status, transfer.codes]).toEqual([400, ['account_transfer_invalid']])
    const { id } = await begun(browser)
    const { codes, params } = await attemptFirst(browser, id, { strategy: 'password' })
    expect([codes, params]).toEqual([['form_conditional_param_missing'], ['password']])
    const nobody = await begin(browser, {})
    expect(nobody.body).toMatchObject({ status: 'needs_identifier', supported_first_factors: [], user_data: null })
  })

  test('an attempt is of one browser, and of no other', async () => {
    const instance = await startSigningIn(kind)
    await createUser(instance)
    const { id } = await begun(visit(instance))
    const other = visit(instance)
    const nobody = await attemptFirst(other, id, { strategy: 'password', password })
    expect([nobody.status, nobody.codes]).toEqual([401, ['signed_out']])
    await other.call('PUT /client')
    const foreign = await attemptFirst(other, id, { strategy: 'password', password })
    expect([foreign.status, foreign.codes]).toEqual([404, ['resource_not_found']])
    const read = await other.call('GET /client/sign_ins/{sign_in_id}', { params: { sign_in_id: id } })
    expect([read.status, read.codes]).toEqual([404, ['resource_not_found']])
  })

  test('an attempt is good for a day, and for one session', async () => {
    const instance = await startSigningIn(kind)
    await createUser(instance)
    const browser = visit(instance)
    const { id } = await begun(browser)
    instance.clock.now += 24 * 60 * 60 * 1000
    const late = await attemptFirst(browser, id, { strategy: 'password', password })
    expect([late.status, late.codes]).toEqual([400, ['client_state_invalid']])
    expect(late.client?.sign_in).toBeNull()
    const shown = await browser.call('GET /client/sign_ins/{sign_in_id}', { params: { sign_in_id: id } })
    expect(shown.body.status).toBe('abandoned')

    const attempt = await begun(browser)
    const many = Array.from({ length: 5 }, () => attemptFirst(browser, attempt.id, { strategy: 'password', password }))
    const results = (await Promise.all(many)).map(({ codes, body }) => codes[0] ?? body.status)
    expect(results.sort()).toEqual([...Array(4).fill('client_state_invalid'), 'complete'])
  })

  test('one user at a time signs in in a browser, unless the instance is for more', async () => {
    const single = await startSigningIn(kind)
    await createUser(single)
    const browser = visit(single)
    await signedIn(browser)
    const { status, codes } = await begin(browser)
    expect([status, codes]).toEqual([400, ['session_exists']])

    const multi = await startSigningIn(kind, { settings: { session_mode: 'multi' } })
    await createUser(multi)
    await createUser(multi, { email_address: ['bob@example.com'], password })
    const shared = visit(multi)
    const { body } = await signedIn(shared)
    const again = await begin(shared)
    expect([again.status, again.codes]).toEqual([400, ['identifier_already_signed_in']])
    expect(again.error.errors[0]?.meta).toEqual({ session_id: body.created_session_id })
    const bob = await signedIn(shared, 'bob@example.com')
    expect(bob.client?.sessions).toHaveLength(2)
  })

  test('nobody signs in who is banned, or who is on the blocklist, once they have proven who they are', async () => {
    const instance = await startSigningIn(kind, { settings: { blocklist: true } })
    const user = await createUser(instance)
    await instance.call('POST /users/{user_id}/ban', { params: { user_id: user.id } })
    const wrong = await begin(visit(instance), { identifier: 'ada@example.com', password: 'something else' })
    expect([wrong.status, wrong.codes]).toEqual([422, ['form_password_incorrect']])
    const banned = await begin(visit(instance), { identifier: 'ada@example.com', password })
    expect([banned.status, banned.codes]).toEqual([403, ['user_banned']])
    expect(banned.client?.sessions).toEqual([])

    await instance.call('POST /users/{user_id}/unban', { params: { user_id: user.id } })
    await instance.call('POST /blocklist_identifiers', { json: { identifier: '*@example.com' } })
    const blocked = await begin(visit(instance), { identifier: 'ada@example.com', password })
    expect([blocked.status, blocked.codes]).toEqual([403, ['not_allowed_access']])
    await instance.call('PATCH /instance/restrictions', { json: { allowlist_blocklist_disabled_on_sign_in: true } })
    await signedIn(visit(instance))
  })

  test('a digest from elsewhere signs in, and becomes one of ours', async () => {
    const instance = await startSigningIn(kind)
    const digest = {
      password_digest: '$2b$05$abcdefghijklmnopqrstuulwhIy41usncRozSAFI6QIb7qVd6UN4K',
      password_hasher: 'bcrypt',
    }
    await createUser(instance, { email_address: ['ada@example.com'], ...digest })
    const form = { identifier: 'ada@example.com', password: 'correct horse 🔋' }
    expect((await begin(visit(instance), form)).body.status).toBe('complete')
    const digests = await rowsIn<{ password_hasher: string }>(instance.storage, 'select password_hasher from users')
    expect(digests).toEqual([{ password_hasher: 'argon2id' }])
    expect((await begin(visit(instance), form)).body.status).toBe('complete')
  })
})
