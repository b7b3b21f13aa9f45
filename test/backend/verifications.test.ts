import { describe, expect, test } from 'vitest'
import {
  freshStorage,
  type Instance,
  production,
  startFresh,
  startInstance,
  storageKinds,
} from '../support/instance.js'
import { messagesIn, rowsIn } from '../support/rows.js'

const minute = 60_000

describe.each(storageKinds)('codes on %s', (kind) => {
  /** A server whose codes are 000001, 000002, and so on, with a user who has an unverified address and number. */
  async function start(options: Partial<typeof production> = {}) {
    let made = 0
    const { storage, ...server } = await startFresh(kind, { ...options, random: () => ++made })
    const userId = (await server.call('POST /users', { json: { username: 'somebody' } })).body.id
    const email = await addEmail(server, userId, 'ada@example.com')
    const { body: phone } = await server.call('POST /phone_numbers', {
      json: { user_id: userId, phone_number: '+4915112345678' },
    })
    return { server, storage, userId, email, phone: { phone_number_id: phone.id } }
  }

  async function addEmail(server: Instance, user_id: string, email_address: string) {
    const { body } = await server.call('POST /email_addresses', { json: { user_id, email_address } })
    return { email_address_id: body.id }
  }

  const prepare = (server: Instance, params: { email_address_id: string }) =>
    server.call('POST /email_addresses/{email_address_id}/prepare_verification', { params })

  const attempt = (server: Instance, params: { email_address_id: string }, verification_id: string, code: string) =>
    server.call('POST /email_addresses/{email_address_id}/attempt_verification', {
      params,
      json: { verification_id, code },
    })

  const shown = async (server: Instance, params: { email_address_id: string }) =>
    (await server.call('GET /email_addresses/{email_address_id}', { params })).body.verification

  test('a code that was sent to an e-mail address verifies it, and makes the first that is verified primary', async () => {
    const { server, storage, userId, email } = await start()
    const { body: prepared } = await prepare(server, email)
    expect(prepared).toEqual({
      object: 'verification_otp',
      id: expect.stringMatching(/^ver_[0-9A-Za-z]{27}$/),
      status: 'unverified',
      strategy: 'email_code',
      attempts: 0,
      expire_at: server.clock.now + 10 * minute,
      channel: null,
    })
    expect(await messagesIn(storage)).toMatchObject([
      {
        channel: 'email',
        slug: 'verification_code',
        user_id: userId,
        identification_id: email.email_address_id,
        recipient: 'ada@example.com',
        subject: 'Your verification code',
        body: expect.stringContaining('000001'),
        body_plain: expect.stringContaining('000001'),
      },
    ])
    server.clock.now += 1000
    const { status, body } = await attempt(server, email, prepared.id, ' 000001 ')
    expect({ status, body }).toEqual({ status: 200, body: { ...prepared, status: 'verified', attempts: 1 } })
    expect(await shown(server, email)).toEqual({
      object: 'verification_otp',
      status: 'verified',
      strategy: 'email_code',
      attempts: 1,
      expire_at: prepared.expire_at,
    })
    const { body: user } = await server.call('GET /users/{user_id}', { params: { user_id: userId } })
    expect(user).toMatchObject({
      primary_email_address_id: email.email_address_id,
      updated_at: server.clock.now,
      email_addresses: [{ verification: { status: 'verified', strategy: 'email_code' } }],
    })
  })

  test('a code that was sent to a phone number verifies it', async () => {
    const { server, storage, userId, phone: params } = await start()
    const { body: prepared } = await server.call('POST /phone_numbers/{phone_number_id}/prepare_verification', {
      params,
    })
    expect(prepared).toMatchObject({ status: 'unverified', strategy: 'phone_code', channel: 'sms' })
    const text = { channel: 'sms', recipient: '+4915112345678', subject: null, body_plain: null }
    expect(await messagesIn(storage)).toMatchObject([{ ...text, body: expect.stringMatching(/^000001 /) }])
    const { body } = await server.call('POST /phone_numbers/{phone_number_id}/attempt_verification', {
      params,
      form: { verification_id: prepared.id, code: '000001' },
    })
    expect(body).toMatchObject({ status: 'verified', channel: 'sms' })
    const { body: user } = await server.call('GET /users/{user_id}', { params: { user_id: userId } })
    expect(user).toMatchObject({
      primary_phone_number_id: params.phone_number_id,
      phone_numbers: [{ verification: { status: 'verified', strategy: 'phone_code' } }],
    })
  })

  test('a wrong code is told by the status, is counted, and changes nothing else', async () => {
    const { server, userId, email } = await start()
    const { body: prepared } = await prepare(server, email)
    const { body: before } = await server.call('GET /users/{user_id}', { params: { user_id: userId } })
    server.clock.now += 1000
    for (const [index, code] of ['000002', '1', '0000010', ''].entries()) {
      const { status, body } = await attempt(server, email, prepared.id, code)
      expect({ status, body }, code).toEqual({ status: 200, body: { ...prepared, attempts: index + 1 } })
    }
    expect(await shown(server, email)).toMatchObject({ status: 'unverified', attempts: 4 })
    const { body: after } = await server.call('GET /users/{user_id}', { params: { user_id: userId } })
    expect(after.updated_at).toBe(before.updated_at)
    expect((await attempt(server, email, prepared.id, '000001')).body).toMatchObject({
      status: 'verified',
      attempts: 5,
    })
  })

  test('after five wrong codes not even the right one helps, and another code does', async () => {
    const { server, email } = await start()
    const { body: prepared } = await prepare(server, email)
    for (let n = 1; n < 5; n++) await attempt(server, email, prepared.id, 'wrong')
    const failed = { status: 'failed', attempts: 5 }
    expect((await attempt(server, email, prepared.id, 'wrong')).body).toMatchObject(failed)
    expect((await attempt(server, email, prepared.id, '000001')).body).toMatchObject(failed)
    expect(await shown(server, email)).toMatchObject(failed)
    expect((await prepare(server, email)).codes).toEqual(['verification_code_too_many_requests'])
    server.clock.now += 30_000
    const { body: again } = await prepare(server, email)
    expect((await attempt(server, email, again.id, '000002')).body).toMatchObject({ status: 'verified' })
  })

  test('a code is good for ten minutes', async () => {
    const { server, email } = await start()
    const { body: prepared } = await prepare(server, email)
    server.clock.now = prepared.expire_at
    expect((await attempt(server, email, prepared.id, '000001')).body).toMatchObject({ status: 'expired', attempts: 0 })
    expect(await shown(server, email)).toMatchObject({ status: 'expired', strategy: 'email_code' })
    const { body: again } = await prepare(server, email)
    server.clock.now = again.expire_at - 1
    expect((await attempt(server, email, again.id, '000002')).body).toMatchObject({ status: 'verified' })
  })

  test('another code can be had after thirty seconds, and ends the one before', async () => {
    const { server, storage, email } = await start()
    const { body: first } = await prepare(server, email)
    server.clock.now += 29_999
    const tooSoon = await prepare(server, email)
    expect(tooSoon).toMatchObject({ status: 429, codes: ['verification_code_too_many_requests'] })
    server.clock.now += 1
    const { body: second } = await prepare(server, email)
    expect(await messagesIn(storage)).toHaveLength(2)
    expect((await attempt(server, email, first.id, '000001')).body).toMatchObject({ status: 'expired', attempts: 0 })
    expect(await shown(server, email), 'the newest is shown').toMatchObject({ status: 'unverified' })
    expect((await attempt(server, email, second.id, '000002')).body).toMatchObject({ status: 'verified' })
  })

  test('of many who ask for a code at once one gets it', async () => {
    const { server, storage, email } = await start()
    const answers = await Promise.all(Array.from({ length: 20 }, () => prepare(server, email)))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ codes }) => codes[0] === 'verification_code_too_many_requests')).toHaveLength(19)
    expect(await messagesIn(storage)).toHaveLength(1)
  })

  test('of a hundred who send the right code at once one is let through', async () => {
    const { server, email } = await start()
    const { body: prepared } = await prepare(server, email)
    const answers = await Promise.all(Array.from({ length: 100 }, () => attempt(server, email, prepared.id, '000001')))
    expect(answers.filter(({ status, body }) => status === 200 && body.status === 'verified')).toHaveLength(1)
    const others = answers.filter(({ status }) => status !== 200)
    expect(others).toHaveLength(99)
    for (const { status, codes } of others) {
      expect({ status, codes }).toEqual({ status: 400, codes: ['verification_already_verified'] })
    }
  })

  test('of a hundred wrong codes at once five are looked at', async () => {
    const { server, storage, email } = await start()
    const { body: prepared } = await prepare(server, email)
    const answers = await Promise.all(Array.from({ length: 100 }, () => attempt(server, email, prepared.id, 'wrong')))
    expect(answers.filter(({ body }) => body.status === 'unverified')).toHaveLength(4)
    expect(answers.filter(({ body }) => body.status === 'failed')).toHaveLength(96)
    expect(await rowsIn(storage, 'select attempts from verifications')).toEqual([{ attempts: 5 }])
  })

  test('a code proves the address it was sent to and no other', async () => {
    const { server, userId, email, phone } = await start()
    const other = await addEmail(server, userId, 'other@example.com')
    const { body: prepared } = await prepare(server, email)
    const refused = { status: 404, codes: ['resource_not_found'] }
    expect(await attempt(server, other, prepared.id, '000001')).toMatchObject(refused)
    expect(await attempt(server, { email_address_id: phone.phone_number_id }, prepared.id, '000001')).toMatchObject(
      refused,
    )
    expect(await attempt(server, email, 'ver_nobody', '000001')).toMatchObject(refused)
    expect(await prepare(server, { email_address_id: phone.phone_number_id })).toMatchObject(refused)
    expect(await shown(server, email)).toMatchObject({ attempts: 0 })
  })

  test('a verified address can be proven once more, and stays as it is', async () => {
    const { server, userId } = await start()
    const { body } = await server.call('POST /email_addresses', {
      json: { user_id: userId, email_address: 'known@example.com', verified: true },
    })
    const known = { email_address_id: body.id }
    const { body: prepared } = await prepare(server, known)
    expect((await attempt(server, known, prepared.id, '000001')).body).toMatchObject({ status: 'verified' })
    expect((await server.call('GET /email_addresses/{email_address_id}', { params: known })).body).toEqual(body)
    const again = await attempt(server, known, prepared.id, '000001')
    expect(again).toMatchObject({ status: 400, codes: ['verification_already_verified'] })
  })

  test('an address that somebody else came to have meanwhile cannot be verified', async () => {
    const { server, email } = await start()
    const { body: prepared } = await prepare(server, email)
    const other = await server.call('POST /users', { json: { email_address: ['ada@example.com'] } })
    expect(other.status).toBe(200)
    const refused = await attempt(server, email, prepared.id, '000001')
    expect(refused).toMatchObject({ status: 422, codes: ['form_identifier_exists'], params: ['email_address'] })
    expect(await shown(server, email)).toMatchObject({ status: 'unverified' })
  })

  test('a code is kept as a digest that is another for each verification', async () => {
    const { server, storage, email, phone: params } = await start()
    const { body: first } = await prepare(server, email)
    await server.call('POST /phone_numbers/{phone_number_id}/prepare_verification', { params })
    await attempt(server, email, first.id, '000002')
    const rows = await rowsIn<{ code_digest: string }>(storage, 'select * from verifications')
    expect(rows).toHaveLength(2)
    for (const row of rows) {
      expect(row.code_digest).toMatch(/^[0-9a-f]{64}$/)
      expect(Object.values(row)).not.toContain('000001')
    }
  })

  test('what nobody asks for any more is dropped a day after it expired', async () => {
    const { server, storage, email, phone: params } = await start()
    const { body: prepared } = await prepare(server, email)
    server.clock.now = prepared.expire_at + 24 * 60 * minute + 1
    await server.call('POST /phone_numbers/{phone_number_id}/prepare_verification', { params })
    expect(await rowsIn(storage, 'select strategy from verifications')).toEqual([{ strategy: 'phone_code' }])
    expect(await shown(server, email)).toMatchObject({ status: 'expired', strategy: 'email_code' })
    expect(await attempt(server, email, prepared.id, '000001')).toMatchObject({ status: 404 })
  })

  test('in a development instance test addresses and numbers have one code, and nothing is sent to them', async () => {
    const { server, storage, userId } = await start()
    const email = await addEmail(server, userId, 'ada+clerk_test@example.com')
    const { body: phone } = await server.call('POST /phone_numbers', {
      json: { user_id: userId, phone_number: '+1 (201) 555-0100' },
    })
    const { body: prepared } = await prepare(server, email)
    const params = { phone_number_id: phone.id }
    await server.call('POST /phone_numbers/{phone_number_id}/prepare_verification', { params })
    expect(await messagesIn(storage)).toMatchObject([
      { recipient: 'ada+clerk_test@example.com', status: 'submitted', body: expect.stringContaining('424242') },
      { recipient: '+12015550100', status: 'submitted', body: expect.stringContaining('424242') },
    ])
    expect((await attempt(server, email, prepared.id, '424242')).body).toMatchObject({ status: 'verified' })
  })

  test.each([
    ['in a production instance', production, true],
    ['where test mode is off', {}, false],
  ])('%s a test address has a code like any other', async (_, options, test_mode) => {
    const { server, storage, userId } = await start(options)
    expect((await server.call('PATCH /instance', { json: { test_mode } })).status).toBe(204)
    const email = await addEmail(server, userId, 'ada+clerk_test@example.com')
    const { body: prepared } = await prepare(server, email)
    expect((await messagesIn(storage)).map(({ body }) => body)).toEqual([expect.stringContaining('000001')])
    expect((await attempt(server, email, prepared.id, '424242')).body).toMatchObject({ status: 'unverified' })
    expect((await attempt(server, email, prepared.id, '000001')).body).toMatchObject({ status: 'verified' })
  })

  test('an attempt names what is missing', async () => {
    const { server, email: params } = await start()
    const key = 'POST /email_addresses/{email_address_id}/attempt_verification'
    const answer = await server.call(key, { params, json: {} })
    expect(answer).toMatchObject({ status: 422, codes: ['form_param_missing', 'form_param_missing'] })
    expect(answer.params).toEqual(['verification_id', 'code'])
  })
})

test('a test address has its code in memory, too, where there is one connection', async () => {
  const server = await startInstance({ storage: { memory: true } })
  const { body: user } = await server.call('POST /users', { json: { username: 'somebody' } })
  const json = { user_id: user.id, email_address: 'ada+clerk_test@example.com' }
  const params = { email_address_id: (await server.call('POST /email_addresses', { json })).body.id }
  const { body } = await server.call('POST /email_addresses/{email_address_id}/prepare_verification', { params })
  const tried = await server.call('POST /email_addresses/{email_address_id}/attempt_verification', {
    params,
    json: { verification_id: body.id, code: '424242' },
  })
  expect([tried.status, tried.body.status]).toEqual([200, 'verified'])
})

test('two servers of one database know the codes of each other', async () => {
  const storage = await freshStorage('PostgreSQL')
  const [one, two] = [await startInstance({ storage, random: () => 7 }), await startInstance({ storage })]
  const { body: user } = await one.call('POST /users', { json: { username: 'somebody' } })
  const json = { user_id: user.id, email_address: 'ada@example.com' }
  const { body } = await one.call('POST /email_addresses', { json })
  const params = { email_address_id: body.id }
  const { body: prepared } = await one.call('POST /email_addresses/{email_address_id}/prepare_verification', { params })
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, n) =>
      (n % 2 ? one : two).call('POST /email_addresses/{email_address_id}/attempt_verification', {
        params,
        json: { verification_id: prepared.id, code: '000007' },
      }),
    ),
  )
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
})

test('the codes a server makes by itself are six digits, and seldom the same', async () => {
  const storage = await freshStorage('SQLite')
  const server = await startInstance({ storage })
  const { body: user } = await server.call('POST /users', { json: { username: 'somebody' } })
  for (let n = 0; n < 20; n++) {
    const json = { user_id: user.id, email_address: `a${n}@example.com` }
    const { body } = await server.call('POST /email_addresses', { json })
    const params = { email_address_id: body.id }
    await server.call('POST /email_addresses/{email_address_id}/prepare_verification', { params })
  }
  const codes = (await messagesIn(storage)).map(({ body_plain }) => /^\d{6}$/m.exec(body_plain ?? '')?.[0])
  expect(codes.filter((code) => code !== undefined)).toHaveLength(20)
  expect(new Set(codes).size).toBeGreaterThan(18)
})
