import { type Frontend, frontend } from '@clerk-server/contract'
import { describe, expect, test } from 'vitest'
import { inboxOf } from '../support/inbox.js'
import { type Sent, storageKinds } from '../support/instance.js'
import { type Settings, signedIn, signInTo, startSignedIn } from '../support/signed-in.js'
import { visit } from '../support/visitor.js'

type MeRoute = Extract<keyof Frontend, `${string} /me` | `${string} /me/${string}`>

/** Something that each route takes. */
const calls: Record<MeRoute, Sent & { params?: Record<string, string> }> = {
  'GET /me': {},
  'PATCH /me': { form: { first_name: 'Ada' } },
  'PATCH /me/metadata': { form: { unsafe_metadata: {} } },
  'DELETE /me': {},
  'POST /me/change_password': { form: { new_password: 'correct horse battery' } },
  'POST /me/remove_password': { form: {} },
  'GET /me/sessions': {},
  'GET /me/sessions/active': {},
  'POST /me/sessions/{session_id}/revoke': { params: { session_id: 'sess_x' } },
  'GET /me/email_addresses': {},
  'POST /me/email_addresses': { form: { email_address: 'ada@example.org' } },
  'GET /me/email_addresses/{email_id}': { params: { email_id: 'idn_x' } },
  'DELETE /me/email_addresses/{email_id}': { params: { email_id: 'idn_x' } },
  'POST /me/email_addresses/{email_id}/prepare_verification': {
    params: { email_id: 'idn_x' },
    form: { strategy: 'email_code' },
  },
  'POST /me/email_addresses/{email_id}/attempt_verification': { params: { email_id: 'idn_x' }, form: { code: '1' } },
  'GET /me/phone_numbers': {},
  'POST /me/phone_numbers': { form: { phone_number: '+14155550123' } },
  'GET /me/phone_numbers/{phone_number_id}': { params: { phone_number_id: 'idn_x' } },
  'PATCH /me/phone_numbers/{phone_number_id}': { params: { phone_number_id: 'idn_x' }, form: {} },
  'DELETE /me/phone_numbers/{phone_number_id}': { params: { phone_number_id: 'idn_x' } },
  'POST /me/phone_numbers/{phone_number_id}/prepare_verification': {
    params: { phone_number_id: 'idn_x' },
    form: { strategy: 'phone_code' },
  },
  'POST /me/phone_numbers/{phone_number_id}/attempt_verification': {
    params: { phone_number_id: 'idn_x' },
    form: { code: '1' },
  },
  'POST /me/totp': {},
  'POST /me/totp/attempt_verification': { form: { code: '1' } },
  'DELETE /me/totp': {},
  'POST /me/backup_codes': {},
}
const routes = Object.keys(calls) as MeRoute[]

describe.each(storageKinds)('on %s', (kind) => {
  const start = (json?: object, settings?: Settings) => startSignedIn(kind, json, settings)

  test('every route under /me refuses a browser in which nobody is signed in, or not with the session it names', async () => {
    const { instance, browser, user } = await start()
    expect(routes).toEqual(Object.keys(frontend).filter((key) => / \/me(\/|$)/.test(key)))
    const stranger = await signedIn(instance, { email_address: ['eve@example.com'] })
    const fresh = visit(instance)
    const known = visit(instance)
    await known.call('PUT /client')

    for (const key of routes) {
      const refused = [
        await fresh.call(key, calls[key]),
        await known.call(key, calls[key]),
        await browser.call(key, { ...calls[key], query: { _clerk_session_id: stranger.session.id } }),
        await browser.call(key, { ...calls[key], query: { _clerk_session_id: 'sess_none' } }),
        await browser.call(key, { ...calls[key], query: { _clerk_session_id: '' } }),
      ]
      expect(
        refused.map(({ status, codes }) => [key, status, ...codes]),
        key,
      ).toEqual(refused.map(() => [key, 401, 'signed_out']))
    }
    expect((await instance.call('GET /users/{user_id}', { params: { user_id: user.id } })).body.first_name).toBeNull()
  })

  test('every route under /me refuses a session that is over, and the user of one who was banned or deleted', async () => {
    const { instance, ...first } = await start({ email_address: ['revoke@example.com'] })
    const others = ['ban', 'delete', 'time'].map((end) => signedIn(instance, { email_address: [`${end}@example.com`] }))
    const [revoked, banned, deleted, late] = [first, ...(await Promise.all(others))] as const
    await instance.call('POST /sessions/{session_id}/revoke', { params: { session_id: revoked.session.id } })
    await instance.call('POST /users/{user_id}/ban', { params: { user_id: banned?.user.id ?? '' } })
    await instance.call('DELETE /users/{user_id}', { params: { user_id: deleted?.user.id ?? '' } })
    instance.clock.now += 8 * 24 * 60 * 60 * 1000
    for (const key of routes) {
      for (const one of [revoked, banned, deleted, late]) {
        for (const query of [{}, { _clerk_session_id: one?.session.id }]) {
          const answer = await one?.browser.call(key, { ...calls[key], query })
          expect([key, one?.user.id, answer?.status, answer?.codes]).toEqual([key, one?.user.id, 401, ['signed_out']])
        }
      }
    }
  })

  test('GET /me is who the named session is of, or else the one that was used last', async () => {
    const { instance, browser, user, session } = await start(undefined, { session_mode: 'multi' })
    const grace = await signedIn(instance, { email_address: ['grace@example.com'] }, browser)
    const { status, body, client } = await browser.call('GET /me')
    expect([status, body.id, body.primary_email_address_id]).toEqual([
      200,
      grace.user.id,
      grace.user.primary_email_address_id,
    ])
    expect(client?.sessions.map(({ id }) => id)).toEqual([grace.session.id, session.id])
    const other = await browser.call('GET /me', { query: { _clerk_session_id: session.id } })
    expect(other.body.id).toBe(user.id)
    expect(JSON.stringify(other.body)).not.toContain('private_metadata')
  })

  test('PATCH /me changes names and the unsafe metadata, and an empty value takes away', async () => {
    const { browser, user } = await start()
    const changed = await browser.call('PATCH /me', {
      form: { first_name: 'Ada', last_name: 'Lovelace', unsafe_metadata: { theme: 'dark' } },
    })
    expect(changed).toMatchObject({
      status: 200,
      body: { id: user.id, first_name: 'Ada', last_name: 'Lovelace', unsafe_metadata: { theme: 'dark' } },
    })
    expect(changed.client?.sessions[0]?.user).toEqual(changed.body)
    const replaced = await browser.call('PATCH /me', { form: { last_name: '', unsafe_metadata: { size: 1 } } })
    expect(replaced.body).toMatchObject({ first_name: 'Ada', last_name: null, unsafe_metadata: { size: 1 } })
  })

  test('PATCH /me takes no metadata from clients that have a route of their own for it', async () => {
    const { browser } = await start()
    const { status, codes, params } = await browser.call('PATCH /me', {
      form: { unsafe_metadata: {} },
      query: { __clerk_api_version: '2026-08-20' },
    })
    expect([status, codes, params]).toEqual([422, ['form_param_unknown'], ['unsafe_metadata']])
  })

  test('PATCH /me lets nobody set what only the application may', async () => {
    const { instance, browser, user } = await start()
    const before = (await instance.call('GET /users/{user_id}', { params: { user_id: user.id } })).body
    const claims = {
      id: 'user_x',
      external_id: 'x',
      public_metadata: { role: 'admin' },
      private_metadata: { role: 'admin' },
      banned: false,
      locked: false,
      delete_self_enabled: true,
      create_organizations_limit: 5,
      bypass_client_trust: true,
      email_addresses: [{ verified: true }],
      password: 'correct horse battery',
      password_digest: 'x',
      totp_enabled: true,
      created_at: '2020-01-01T00:00:00Z',
    }
    const ignored = await browser.call('PATCH /me', { form: claims })
    expect(ignored.status).toBe(200)
    const after = (await instance.call('GET /users/{user_id}', { params: { user_id: user.id } })).body
    expect({ ...after, updated_at: 0 }).toEqual({ ...before, updated_at: 0 })
    const refused = await browser.call('PATCH /me', { json: claims, query: { __clerk_api_version: '2025-11-10' } })
    expect([refused.status, new Set(refused.codes)]).toEqual([422, new Set(['form_param_unknown'])])
    expect(refused.params).toEqual(Object.keys(claims))
  })

  test('PATCH /me goes by what the instance asks of people', async () => {
    const { browser } = await start(
      { email_address: ['ada@example.com'], username: 'ada_l', first_name: 'Ada' },
      { first_name: 'required', last_name: 'off', username: 'optional' },
    )
    const refused = async (form: object, code: string, param: string) => {
      const { status, codes, params } = await browser.call('PATCH /me', { form: { ...form } })
      expect([status, codes, params]).toEqual([422, [code], [param]])
    }
    await refused({ first_name: '' }, 'form_data_missing', 'first_name')
    await refused({ last_name: 'Lovelace' }, 'form_param_unknown', 'last_name')
    await refused({ username: 'a b c d' }, 'form_username_invalid_character', 'username')
    expect((await browser.call('PATCH /me', { form: { username: 'Ada_Lovelace', last_name: '' } })).body).toMatchObject(
      {
        username: 'ada_lovelace',
        last_name: null,
      },
    )
    expect((await browser.call('PATCH /me', { form: { username: '' } })).body.username).toBeNull()
  })

  test('PATCH /me refuses a user name that is taken', async () => {
    const { instance, browser } = await start(undefined, { username: 'optional' })
    await instance.call('POST /users', { json: { username: 'grace' } })
    const { status, codes, params } = await browser.call('PATCH /me', { form: { username: 'GRACE' } })
    expect([status, codes, params]).toEqual([422, ['form_identifier_exists'], ['username']])
  })

  test('PATCH /me makes another verified address of the user primary, and tells the one there was', async () => {
    const addresses = ['ada+clerk_test@example.com', 'ada+clerk_test@example.org']
    const { instance, browser, user } = await start({ email_address: addresses })
    const { body: other } = await instance.call('POST /users', { json: { email_address: ['eve@example.com'] } })
    const unverified = await browser.call('POST /me/email_addresses', { form: { email_address: 'ada@example.net' } })
    for (const [id, code] of [
      [unverified.body.id, 'form_verification_needed'],
      [other.primary_email_address_id, 'form_resource_not_found'],
    ]) {
      const { status, codes } = await browser.call('PATCH /me', { form: { primary_email_address_id: id } })
      expect([status, codes]).toEqual([422, [code]])
    }
    const second = user.email_addresses[1]?.id
    const { body } = await browser.call('PATCH /me', { form: { primary_email_address_id: second } })
    expect(body.primary_email_address_id).toBe(second)
    expect(await inboxOf(instance)).toMatchObject([{ to: addresses[0], subject: expect.stringContaining('changed') }])
  })

  test('PATCH /me/metadata merges into the unsafe metadata alone, key by key', async () => {
    const { browser } = await start({
      email_address: ['ada@example.com'],
      public_metadata: { plan: 'free' },
      unsafe_metadata: { a: { b: 1, c: 2 } },
    })
    const { status, body } = await browser.call('PATCH /me/metadata', {
      form: { unsafe_metadata: { a: { b: null, d: 3 } }, public_metadata: { plan: 'pro' } },
    })
    expect([status, body.unsafe_metadata, body.public_metadata]).toEqual([200, { a: { c: 2, d: 3 } }, { plan: 'free' }])
    for (const [form, code] of [
      [{}, 'form_param_missing'],
      [{ unsafe_metadata: { a: 'x'.repeat(8192) } }, 'form_param_exceeds_allowed_size'],
      [{ unsafe_metadata: [] }, 'form_param_type_invalid'],
    ] as const) {
      const refused = await browser.call('PATCH /me/metadata', { json: form })
      expect([refused.status, refused.codes]).toEqual([422, [code]])
    }
  })

  test('DELETE /me deletes the user with all sessions, and leaves the others of the browser', async () => {
    const { instance, browser, user } = await start(undefined, { session_mode: 'multi' })
    const grace = await signedIn(instance, { email_address: ['grace@example.com'] }, browser)
    const { id: session_id } = await signInTo(visit(instance), instance, user.id)
    const { body: sessions } = await browser.call('GET /client')
    const own = sessions?.sessions.find((one) => one.user.id === user.id)?.id
    const { status, body, client } = await browser.call('DELETE /me', { query: { _clerk_session_id: own } })
    expect([status, body]).toEqual([200, { object: 'user', id: user.id, deleted: true }])
    expect(client?.sessions.map(({ id }) => id)).toEqual([grace.session.id])
    expect((await instance.call('GET /users/{user_id}', { params: { user_id: user.id } })).status).toBe(404)
    expect((await instance.call('GET /sessions/{session_id}', { params: { session_id } })).status).toBe(404)
  })

  test('DELETE /me refuses users who may not', async () => {
    const { instance, browser, user } = await start({ email_address: ['ada@example.com'], delete_self_enabled: false })
    const { status, codes } = await browser.call('DELETE /me')
    expect([status, codes]).toEqual([403, ['user_delete_self_not_enabled']])
    expect((await instance.call('GET /users/{user_id}', { params: { user_id: user.id } })).status).toBe(200)
  })
})
