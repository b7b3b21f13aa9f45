import { describe, expect, test } from 'vitest'
import { storageKinds } from '../support/instance.js'
import { rowsIn } from '../support/rows.js'
import { visit } from '../support/visitor.js'
import { attempt, begin, begun, password, prepare, proceed, signedUp, startSigningUp } from './signing-up.js'

const day = 24 * 60 * 60 * 1000

describe.each(storageKinds)('on %s', (kind) => {
  test('a person signs up with a password and a code by e-mail, and is signed in', async () => {
    const instance = await startSigningUp(kind)
    const browser = visit(instance)
    const created = await begin(browser, {
      email_address: ' Ada@Example.com ',
      password,
      first_name: 'Ada',
      last_name: '',
      locale: 'en-GB',
      unsafe_metadata: { theme: 'dark' },
      captcha_token: 'x',
      legal_accepted: true,
    })
    expect(created.body).toEqual({
      object: 'sign_up_attempt',
      id: expect.stringMatching(/^sua_\w{27}$/),
      status: 'missing_requirements',
      required_fields: ['email_address', 'password'],
      optional_fields: ['first_name', 'last_name'],
      missing_fields: [],
      unverified_fields: ['email_address'],
      verifications: { email_address: null, phone_number: null, web3_wallet: null, external_account: null },
      username: null,
      email_address: 'ada@example.com',
      phone_number: null,
      web3_wallet: null,
      password_enabled: true,
      has_password: true,
      first_name: 'Ada',
      last_name: null,
      locale: 'en-GB',
      unsafe_metadata: { theme: 'dark' },
      public_metadata: {},
      custom_action: false,
      external_id: null,
      created_session_id: null,
      created_user_id: null,
      abandon_at: instance.clock.now + day,
      legal_accepted_at: instance.clock.now,
    })
    expect(created.client?.sign_up).toEqual(created.body)

    const { id } = created.body
    const prepared = await prepare(browser, id)
    expect(prepared.body.verifications.email_address).toEqual({
      object: 'verification_otp',
      status: 'unverified',
      strategy: 'email_code',
      attempts: 0,
      expire_at: instance.clock.now + 600_000,
      next_action: 'needs_attempt',
      supported_strategies: ['email_code'],
    })

    const { body, client } = await attempt(browser, id, '000001')
    expect(body).toMatchObject({ status: 'complete', missing_fields: [], unverified_fields: [] })
    expect(client).toMatchObject({
      sign_up: null,
      last_active_session_id: body.created_session_id,
      last_authentication_strategy: 'email_code',
      sessions: [{ id: body.created_session_id, status: 'active', user: { id: body.created_user_id } }],
    })
    const user = await instance.call('GET /users/{user_id}', { params: { user_id: body.created_user_id ?? '' } })
    expect(user.body).toMatchObject({
      first_name: 'Ada',
      last_name: null,
      locale: 'en-GB',
      unsafe_metadata: { theme: 'dark' },
      private_metadata: {},
      password_enabled: true,
      legal_accepted_at: instance.clock.now,
      last_sign_in_at: instance.clock.now,
      primary_email_address_id: user.body.email_addresses[0]?.id,
      email_addresses: [
        { email_address: 'ada@example.com', verification: { status: 'verified', strategy: 'email_code', attempts: 1 } },
      ],
    })
    const verified = await instance.call('POST /users/{user_id}/verify_password', {
      params: { user_id: user.body.id },
      json: { password },
    })
    expect(verified.body).toEqual({ verified: true })
  })

  test('whoever planted a cookie before somebody signed up has nothing of it', async () => {
    const instance = await startSigningUp(kind)
    const [victim, thief] = [visit(instance), visit(instance)]
    await thief.call('PUT /client')
    const planted = thief.cookies.get('__client') ?? ''
    victim.cookies.set('__client', planted)
    await signedUp(victim, 'ada+clerk_test@example.com')
    expect(victim.cookies.get('__client')).not.toBe(planted)
    expect((await thief.call('GET /client')).body).toBeNull()
    instance.clock.now += 60_000
    expect((await thief.call('GET /client')).codes).toEqual(['cookie_invalid'])
  })

  test('a browser that is known by the token in its URLs alone signs somebody up, too', async () => {
    const instance = await startSigningUp(kind)
    const { body: devBrowser } = await visit(instance).call('POST /dev_browser')
    const query = { __clerk_db_jwt: devBrowser.token }
    const withoutCookies = () => visit(instance)
    const form = { email_address: 'ada@example.com', password, strategy: 'email_code' }
    const created = await withoutCookies().call('POST /client/sign_ups', { query, form })
    const { body } = await withoutCookies().call('POST /client/sign_ups/{sign_up_id}/attempt_verification', {
      query,
      params: { sign_up_id: created.body.id },
      form: { strategy: 'email_code', code: '000001' },
    })
    expect(body.status).toBe('complete')
    const { body: client } = await withoutCookies().call('GET /client', { query })
    expect(client?.sessions.map(({ user }) => user.id)).toEqual([body.created_user_id])
  })

  test('things are given one by one, and whichever is the last makes the user', async () => {
    const settings = { username: 'required', last_name: 'required' } as const
    const browser = visit(await startSigningUp(kind, { settings }))
    const { body } = await begin(browser)
    expect(body.missing_fields).toEqual(['email_address', 'username', 'last_name', 'password'])
    await proceed(browser, body.id, { email_address: 'ada+clerk_test@example.com' })
    await prepare(browser, body.id)
    const proven = await attempt(browser, body.id, '424242')
    expect(proven.body).toMatchObject({ status: 'missing_requirements', unverified_fields: [] })
    expect(proven.body.verifications.email_address).toMatchObject({ status: 'verified', next_action: '' })
    expect((await proceed(browser, body.id, { username: 'Ada_L' })).body).toMatchObject({
      username: 'ada_l',
      missing_fields: ['last_name', 'password'],
    })
    expect((await proceed(browser, body.id, { password })).body.missing_fields).toEqual(['last_name'])
    const { body: last, client } = await proceed(browser, body.id, { last_name: 'Lovelace' })
    expect(last.status).toBe('complete')
    expect(client?.sessions[0]?.user).toMatchObject({ username: 'ada_l', last_name: 'Lovelace' })
  })

  test('what is left empty is taken back, but for a password', async () => {
    const browser = visit(await startSigningUp(kind))
    const { body } = await begin(browser, { email_address: 'ada@example.com', password, first_name: 'Ada' })
    const changed = await proceed(browser, body.id, { email_address: '', first_name: '', password: '' })
    expect(changed.body).toMatchObject({
      email_address: null,
      first_name: null,
      password_enabled: true,
      missing_fields: ['email_address'],
      unverified_fields: [],
    })
  })

  test('whatever browser clients may not set is not taken from them', async () => {
    const instance = await startSigningUp(kind)
    const planted = {
      public_metadata: { role: 'admin' },
      private_metadata: { role: 'admin' },
      banned: true,
      id: 'user_x',
      user_id: 'user_x',
      client_id: 'client_x',
      external_id: 'x',
      created_user_id: 'user_x',
      created_session_id: 'sess_x',
      abandon_at: 1,
      status: 'complete',
      verification: 'verified',
      email_address_verification: { strategy: 'ticket', status: 'verified' },
      verifications: { email_address: { status: 'verified' } },
      password_digest: 'x',
      password_hasher: 'md5',
      invitation_id: 'inv_x',
      locked: false,
      delete_self_enabled: false,
      skip_password_checks: true,
      bypass_client_trust: true,
    }
    const browser = visit(instance)
    const { body } = await begin(browser, { email_address: 'ada+clerk_test@example.com', ...planted })
    expect(body).toMatchObject({
      status: 'missing_requirements',
      missing_fields: ['password'],
      unverified_fields: ['email_address'],
      public_metadata: {},
      external_id: null,
    })
    await proceed(browser, body.id, { password, ...planted })
    await prepare(browser, body.id)
    const { body: done } = await attempt(browser, body.id, '424242')
    const user = await instance.call('GET /users/{user_id}', { params: { user_id: done.created_user_id ?? '' } })
    expect(user.body).toMatchObject({
      public_metadata: {},
      private_metadata: {},
      banned: false,
      external_id: null,
      delete_self_enabled: true,
      bypass_client_trust: false,
    })
  })

  test('an attempt is of one browser, and for every other it is not there', async () => {
    const instance = await startSigningUp(kind)
    const [one, other, unknown] = [visit(instance), visit(instance), visit(instance)]
    const { id } = await begun(one, 'ada@example.com')
    await begin(other)
    const calls = (browser: typeof one) => [
      browser.call('GET /client/sign_ups/{sign_up_id}', { params: { sign_up_id: id } }),
      proceed(browser, id, { password }),
      prepare(browser, id),
      attempt(browser, id, '000001'),
    ]
    for (const { status, codes } of await Promise.all(calls(other))) {
      expect([status, codes]).toEqual([404, ['resource_not_found']])
    }
    for (const { status, codes } of await Promise.all(calls(unknown))) {
      expect([status, codes]).toEqual([401, ['signed_out']])
    }
    expect((await one.call('GET /client/sign_ups/{sign_up_id}', { params: { sign_up_id: id } })).body.id).toBe(id)
  })

  test('a password is held to the policy with all that is known, and kept as a digest only', async () => {
    const { storage, ...instance } = await startSigningUp(kind, { settings: { username: 'optional' } })
    const browser = visit(instance)
    const { body } = await begin(browser, { email_address: 'ada.lovelace@example.com', username: 'countess' })
    const refused = {
      short: 'form_password_length_too_short',
      countess: 'form_password_matches_identifier',
      'ada.lovelace': 'form_password_matches_identifier',
      password1: 'form_password_pwned',
      ['x'.repeat(73)]: 'form_password_length_too_long',
    }
    for (const [password, code] of Object.entries(refused)) {
      const { status, codes, params } = await proceed(browser, body.id, { password })
      expect([status, codes, params]).toEqual([422, [code], ['password']])
    }
    await proceed(browser, body.id, { password })
    const [row] = await rowsIn(storage, 'select * from sign_ups')
    expect(row?.['password_digest']).toMatch(/^\$argon2id\$/)
    expect(JSON.stringify(row)).not.toContain(password)
    await prepare(browser, body.id)
    const { body: done } = await attempt(browser, body.id, '000001')
    expect(done).toMatchObject({ status: 'complete', password_enabled: true, has_password: true })
    expect(await rowsIn(storage, 'select password_digest from sign_ups')).toEqual([{ password_digest: null }])
  })

  test('where one person is signed in nobody else can sign up, unless several can be', async () => {
    const instance = await startSigningUp(kind)
    const browser = visit(instance)
    await signedUp(browser, 'ada+clerk_test@example.com')
    const refused = await begin(browser, { email_address: 'bob+clerk_test@example.com' })
    expect([refused.status, refused.codes]).toEqual([400, ['session_exists']])

    const several = visit(await startSigningUp(kind, { settings: { session_mode: 'multi' } }))
    await signedUp(several, 'ada+clerk_test@example.com')
    const { client } = await signedUp(several, 'bob+clerk_test@example.com')
    expect(client?.sessions).toHaveLength(2)
  })

  test('an attempt that is complete stays as it is', async () => {
    const browser = visit(await startSigningUp(kind))
    const { body } = await signedUp(browser, 'ada+clerk_test@example.com')
    for (const refused of [
      await proceed(browser, body.id, { first_name: 'Eve' }),
      await prepare(browser, body.id),
      await attempt(browser, body.id, '424242'),
    ]) {
      expect([refused.status, refused.codes]).toEqual([403, ['sign_up_cannot_be_updated']])
    }
    const read = await browser.call('GET /client/sign_ups/{sign_up_id}', { params: { sign_up_id: body.id } })
    expect(read.body).toEqual(body)
  })

  test('an attempt is abandoned after a day, and gone after another', async () => {
    const { storage, ...instance } = await startSigningUp(kind)
    const browser = visit(instance)
    const { id } = await begun(browser, 'ada+clerk_test@example.com')
    instance.clock.now += day
    const params = { sign_up_id: id }
    const read = await browser.call('GET /client/sign_ups/{sign_up_id}', { params })
    expect([read.body.status, read.client?.sign_up]).toEqual(['abandoned', null])
    expect((await proceed(browser, id, { first_name: 'Ada' })).codes).toEqual(['sign_up_cannot_be_updated'])
    await begin(visit(instance))
    expect(await rowsIn(storage, 'select id from sign_ups')).toHaveLength(2)
    instance.clock.now += day + 1
    await begin(visit(instance))
    expect((await browser.call('GET /client/sign_ups/{sign_up_id}', { params })).codes).toEqual(['resource_not_found'])
  })

  test('whoever begins again has the new attempt under way', async () => {
    const browser = visit(await startSigningUp(kind))
    const first = await begin(browser, { email_address: 'ada@example.com' })
    const { body, client } = await begin(browser, { email_address: 'bob@example.com' })
    expect(body.id).not.toBe(first.body.id)
    expect(client?.sign_up?.id).toBe(body.id)
    expect((await browser.call('GET /client')).body?.sign_up?.email_address).toBe('bob@example.com')
  })

  test('an address or a number can be given without saying which of them it is', async () => {
    const settings = { email_address: 'optional', phone_number: 'optional' } as const
    const browser = visit(await startSigningUp(kind, { settings }))
    const given = async (email_address_or_phone_number: string) => begin(browser, { email_address_or_phone_number })
    expect((await given('Ada@Example.com')).body).toMatchObject({
      email_address: 'ada@example.com',
      phone_number: null,
    })
    expect((await given('+49 151 12345678')).body).toMatchObject({
      email_address: null,
      phone_number: '+4915112345678',
    })
    for (const wrong of ['ada@', '12345']) {
      const { status, codes, params } = await given(wrong)
      expect([status, codes, params]).toEqual([422, ['form_param_format_invalid'], ['email_address_or_phone_number']])
    }
  })
})
