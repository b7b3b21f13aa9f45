import { describe, expect, test } from 'vitest'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'
import {
  addEmail,
  addPhone,
  createUser,
  deleteEmail,
  deletePhone,
  patchEmail,
  patchPhone,
  putEmail,
  putPhone,
  readUser,
} from './address-calls.js'

const admin = { object: 'verification_admin', status: 'verified', strategy: 'admin', attempts: null, expire_at: null }

describe.each(storageKinds)('addresses on %s', (kind) => {
  const start = async () => startInstance({ storage: await freshStorage(kind, 'instance') })

  test('an address is unverified unless it is said to be verified, and comes last among its user’s', async () => {
    const server = await start()
    const user = await createUser(server, { email_address: ['first@example.com'] })
    server.clock.now += 1000
    const { body: second } = await addEmail(server, { user_id: user.id, email_address: ' Second@Example.com ' })
    expect(second).toEqual({
      object: 'email_address',
      id: expect.stringMatching(/^idn_[0-9A-Za-z]{27}$/),
      email_address: 'second@example.com',
      reserved: false,
      verification: null,
      linked_to: [],
      created_at: server.clock.now,
      updated_at: server.clock.now,
    })
    const { body: third } = await addEmail(server, {
      user_id: user.id,
      email_address: 'third@example.com',
      verified: true,
    })
    expect(third.verification).toEqual(admin)
    const { body: phone } = await addPhone(server, { user_id: user.id, phone_number: '+1 (415) 555-0123' })
    expect(phone).toMatchObject({
      object: 'phone_number',
      phone_number: '+14155550123',
      reserved_for_second_factor: false,
      default_second_factor: false,
      verification: null,
    })
    const after = await readUser(server, user.id)
    expect(after.email_addresses).toEqual([...user.email_addresses, second, third])
    expect(after.phone_numbers).toEqual([phone])
    expect(after).toMatchObject({
      primary_email_address_id: user.primary_email_address_id,
      primary_phone_number_id: null,
      updated_at: server.clock.now,
    })
    const read = await server.call('GET /email_addresses/{email_address_id}', {
      params: { email_address_id: third.id },
    })
    expect(read.body).toEqual(third)
    const other = await server.call('GET /phone_numbers/{phone_number_id}', { params: { phone_number_id: phone.id } })
    expect(other.body).toEqual(phone)
  })

  test('a form says the same as JSON, and what is empty changes nothing', async () => {
    const server = await start()
    const { id: user_id } = await createUser(server, { username: 'somebody' })
    const form = { user_id, phone_number: '+1 415 555 0123', verified: 'true', primary: '' }
    const { body: phone } = await server.call('POST /phone_numbers', { form })
    expect(phone).toMatchObject({ phone_number: '+14155550123', verification: admin })
    const unchanged = await server.call('PATCH /phone_numbers/{phone_number_id}', {
      params: { phone_number_id: phone.id },
      form: { verified: '', primary: '', reserved_for_second_factor: '' },
    })
    expect(unchanged.body).toEqual(phone)
    expect((await readUser(server, user_id)).primary_phone_number_id).toBe(phone.id)
  })

  test('the first verified address is primary without being asked to be', async () => {
    const server = await start()
    const { id: user_id } = await createUser(server, { username: 'somebody' })
    const { body: first } = await addEmail(server, { user_id, email_address: 'unverified@example.com' })
    expect((await readUser(server, user_id)).primary_email_address_id).toBeNull()
    const { body: second } = await addEmail(server, { user_id, email_address: 'verified@example.com', verified: true })
    expect((await readUser(server, user_id)).primary_email_address_id).toBe(second.id)
    await patchEmail(server, first.id, { verified: true })
    expect((await readUser(server, user_id)).primary_email_address_id).toBe(second.id)
    const { body: phone } = await addPhone(server, { user_id, phone_number: '+14155550123', verified: true })
    expect((await readUser(server, user_id)).primary_phone_number_id).toBe(phone.id)
  })

  test('primary moves where it is asked to, and false leaves it', async () => {
    const server = await start()
    const user = await createUser(server, { email_address: ['a@example.com', 'b@example.com'] })
    const [a, b] = user.email_addresses.map(({ id }) => id) as [string, string]
    await patchEmail(server, b, { primary: true })
    expect((await readUser(server, user.id)).primary_email_address_id).toBe(b)
    await patchEmail(server, b, { primary: false })
    expect((await readUser(server, user.id)).primary_email_address_id).toBe(b)
    const json = { user_id: user.id, email_address: 'c@example.com', verified: true, primary: true }
    const { body: c } = await addEmail(server, json)
    expect((await readUser(server, user.id)).primary_email_address_id).toBe(c.id)
    const both = await patchEmail(server, a, { verified: true, primary: true })
    expect(both).toMatchObject({ status: 200, body: { verification: admin } })
    expect((await readUser(server, user.id)).primary_email_address_id).toBe(a)
  })

  test('an address that is not verified cannot be primary, whichever way it is asked', async () => {
    const server = await start()
    const user = await createUser(server, {
      email_address: ['a@example.com', 'held@example.com'],
      email_address_identification_status: ['verified', 'reserved'],
    })
    const held = String(user.email_addresses[1]?.id)
    const refused = { status: 422, codes: ['form_verification_needed'], params: ['primary'] }
    expect(await patchEmail(server, held, { primary: true })).toMatchObject(refused)
    expect(await addEmail(server, { user_id: user.id, email_address: 'b@example.com', primary: true })).toMatchObject(
      refused,
    )
    expect(await addPhone(server, { user_id: user.id, phone_number: '+14155550123', primary: true })).toMatchObject(
      refused,
    )
    const params = { user_id: user.id }
    expect(
      await server.call('PATCH /users/{user_id}', { params, json: { primary_email_address_id: held } }),
    ).toMatchObject({ ...refused, params: ['primary_email_address_id'] })
    expect(await readUser(server, user.id)).toEqual(user)
  })

  test('an address can lose its standing, and then the next one that is verified is primary', async () => {
    const server = await start()
    const user = await createUser(server, { email_address: ['a@example.com', 'b@example.com'] })
    const [a, b] = user.email_addresses.map(({ id }) => id) as [string, string]
    server.clock.now += 1000
    const { body } = await patchEmail(server, a, { verified: false })
    expect(body).toMatchObject({ verification: null, reserved: false, updated_at: server.clock.now })
    expect(await readUser(server, user.id)).toMatchObject({
      primary_email_address_id: b,
      updated_at: server.clock.now,
    })
    await patchEmail(server, b, { verified: false })
    expect((await readUser(server, user.id)).primary_email_address_id).toBeNull()
    const other = await createUser(server, { email_address: ['a@example.com'] })
    expect(other.email_addresses, 'another may have it now').toHaveLength(1)
    const taken = await patchEmail(server, a, { verified: true })
    expect(taken).toMatchObject({ status: 422, codes: ['form_identifier_exists'], params: ['email_address'] })
  })

  test('a reserved address stays reserved until it is verified', async () => {
    const server = await start()
    const { email_addresses } = await createUser(server, {
      email_address: ['held@example.com'],
      email_address_identification_status: ['reserved'],
    })
    const id = String(email_addresses[0]?.id)
    expect((await patchEmail(server, id, { verified: false })).body).toMatchObject({
      reserved: true,
      verification: null,
    })
    expect((await patchEmail(server, id, { verified: true })).body).toMatchObject({
      reserved: false,
      verification: admin,
    })
  })

  test('a verified or reserved address of one user blocks all others, an unverified one blocks nobody', async () => {
    const server = await start()
    await createUser(server, {
      email_address: ['verified@example.com', 'reserved@example.com'],
      email_address_identification_status: ['verified', 'reserved'],
    })
    const { id: user_id } = await createUser(server, { username: 'second' })
    const { id: third } = await createUser(server, { username: 'third' })
    const refused = { status: 422, codes: ['form_identifier_exists'], params: ['email_address'] }
    for (const email_address of ['verified@example.com', 'RESERVED@example.com']) {
      for (const verified of [true, false, null]) {
        expect(await addEmail(server, { user_id, email_address, verified }), email_address).toMatchObject(refused)
      }
      for (const identification_status of ['verified', 'reserved', 'unverified']) {
        expect(await putEmail(server, user_id, { email_address, identification_status })).toMatchObject(refused)
      }
    }
    const free = { email_address: 'free@example.com' }
    expect((await addEmail(server, { user_id, ...free })).status).toBe(200)
    expect(await addEmail(server, { user_id, ...free }), 'nobody has one twice').toMatchObject(refused)
    expect(await addEmail(server, { user_id, ...free, verified: true })).toMatchObject(refused)
    expect((await addEmail(server, { user_id: third, ...free })).status).toBe(200)
    const fourth = await server.call('POST /users', { json: { email_address: ['free@example.com'] } })
    expect(fourth.status).toBe(200)
  })

  test.each([true, false])(
    'of two hundred who create one address at once one does (verified: %s)',
    async (verified) => {
      const server = await start()
      const users = await Promise.all(
        Array.from({ length: 4 }, (_, n) => createUser(server, { username: `user-${n}`, skip_password_checks: true })),
      )
      // An unverified address is free for others, so that those two hundred are one user.
      const owner = (n: number) => users[verified ? n % 4 : 0]?.id
      const answers = await Promise.all(
        Array.from({ length: 200 }, (_, n) =>
          addEmail(server, { user_id: owner(n), email_address: 'one@example.com', verified }),
        ),
      )
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
      const refused = answers.filter(({ status, codes }) => status === 422 && codes[0] === 'form_identifier_exists')
      expect(refused).toHaveLength(199)
      const { body } = await server.call('GET /users', { query: { email_address: ['one@example.com'] } })
      expect(body.map(({ email_addresses }) => email_addresses.length)).toEqual([1])
    },
  )

  test('many changes at once leave a user with one primary address', async () => {
    const server = await start()
    const user = await createUser(server, { username: 'busy' })
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        addEmail(server, {
          user_id: user.id,
          email_address: `a${n}@example.com`,
          verified: true,
          primary: n % 3 === 0,
        }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 30 }, () => 200))
    const removed = answers.slice(0, 20).map(({ body }) => deleteEmail(server, body.id))
    const moved = answers.slice(10).map(({ body }) => patchEmail(server, body.id, { primary: true }))
    for (const { status } of await Promise.all([...removed, ...moved])) expect([200, 404]).toContain(status)
    const { email_addresses, primary_email_address_id } = await readUser(server, user.id)
    expect(email_addresses).toHaveLength(10)
    expect(email_addresses.map(({ id }) => id)).toContain(primary_email_address_id)
  })

  test('when the primary address is deleted, the next one that is verified is primary', async () => {
    const server = await start()
    const user = await createUser(server, {
      username: 'somebody',
      email_address: ['a@example.com', 'held@example.com', 'c@example.com'],
      email_address_identification_status: ['verified', 'reserved', 'verified'],
    })
    const [a, held, c] = user.email_addresses.map(({ id }) => id) as [string, string, string]
    server.clock.now += 1000
    expect((await deleteEmail(server, a)).body).toEqual({ object: 'email_address', id: a, deleted: true })
    const after = await readUser(server, user.id)
    expect(after).toMatchObject({ primary_email_address_id: c, updated_at: server.clock.now })
    expect(after.email_addresses.map(({ id }) => id)).toEqual([held, c])
    await deleteEmail(server, c)
    expect((await readUser(server, user.id)).primary_email_address_id).toBeNull()
    expect(await deleteEmail(server, c)).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    expect((await createUser(server, { email_address: ['c@example.com'] })).email_addresses).toHaveLength(1)
  })

  test('the last that identifies a user cannot be deleted', async () => {
    const server = await start()
    const user = await createUser(server, { email_address: ['a@example.com'], phone_number: ['+14155550123'] })
    const email = String(user.primary_email_address_id)
    const phone = String(user.primary_phone_number_id)
    expect((await deleteEmail(server, email)).status).toBe(200)
    const refused = { status: 400, codes: ['identification_deletion_failed'] }
    expect(await deletePhone(server, phone)).toMatchObject(refused)
    await server.call('PATCH /users/{user_id}', { params: { user_id: user.id }, json: { external_id: 'ext' } })
    expect((await deletePhone(server, phone)).body).toEqual({ object: 'phone_number', id: phone, deleted: true })
  })

  test('all addresses can be replaced by one', async () => {
    const server = await start()
    const user = await createUser(server, {
      email_address: ['a@example.com', 'b@example.com'],
      phone_number: ['+14155550123'],
    })
    server.clock.now += 1000
    const { body: email } = await putEmail(server, user.id, { email_address: 'New@example.com' })
    expect(email).toMatchObject({ email_address: 'new@example.com', verification: admin, reserved: false })
    expect(await readUser(server, user.id)).toMatchObject({
      email_addresses: [email],
      primary_email_address_id: email.id,
      phone_numbers: user.phone_numbers,
      primary_phone_number_id: user.primary_phone_number_id,
      updated_at: server.clock.now,
    })
    const { body: same } = await putEmail(server, user.id, { email_address: 'new@example.com' })
    expect((await readUser(server, user.id)).email_addresses).toEqual([same])
    const { body: phone } = await putPhone(server, user.id, { phone_number: '+44 20 7946 0000' })
    expect(await readUser(server, user.id)).toMatchObject({
      phone_numbers: [phone],
      primary_phone_number_id: phone.id,
    })
    expect((await createUser(server, { email_address: ['a@example.com'] })).email_addresses).toHaveLength(1)
  })

  test('what replaces all others may be reserved or unverified, and then nothing is primary', async () => {
    const server = await start()
    const user = await createUser(server, { email_address: ['a@example.com'] })
    const { body: reserved } = await putEmail(server, user.id, {
      email_address: 'held@example.com',
      identification_status: 'reserved',
    })
    expect(reserved).toMatchObject({ reserved: true, verification: null })
    expect((await readUser(server, user.id)).primary_email_address_id).toBeNull()
    const unverified = await putPhone(server, user.id, {
      phone_number: '+14155550123',
      identification_status: 'unverified',
    })
    expect(unverified.body).toMatchObject({ reserved: false, verification: null })
    const wrong = await putEmail(server, user.id, { email_address: 'a@example.com', identification_status: 'primary' })
    expect(wrong).toMatchObject({ status: 422, codes: ['form_param_value_invalid'], params: ['identification_status'] })
  })

  test('two who each want the address of the other are both refused, however often at once', async () => {
    const server = await start()
    const users = [
      (await createUser(server, { email_address: ['one@example.com'] })).id,
      (await createUser(server, { email_address: ['two@example.com'] })).id,
    ] as const
    const replace = (user_id: string, email_address: string) =>
      server.call('PUT /users/{user_id}/email_address', {
        params: { user_id },
        json: { email_address, identification_status: 'verified' },
      })
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => [
        replace(users[0], 'two@example.com'),
        replace(users[1], 'one@example.com'),
      ]).flat(),
    )
    expect(new Set(answers.map(({ status, codes }) => `${status} ${codes}`))).toEqual(
      new Set(['422 form_identifier_exists']),
    )
  })

  test('a refused replacement leaves everything as it was', async () => {
    const server = await start()
    await createUser(server, { email_address: ['taken@example.com'] })
    const user = await createUser(server, { email_address: ['a@example.com', 'b@example.com'] })
    const json = { email_address: 'taken@example.com', notify_primary_email_address_changed: true }
    expect((await putEmail(server, user.id, json)).codes).toEqual(['form_identifier_exists'])
    expect(await readUser(server, user.id)).toEqual(user)
  })

  test('what is not there is not found, and a number is no address', async () => {
    const server = await start()
    const user = await createUser(server, { email_address: ['a@example.com'], phone_number: ['+14155550123'] })
    const email = String(user.primary_email_address_id)
    const phone = String(user.primary_phone_number_id)
    const missing = { status: 404, codes: ['resource_not_found'] }
    for (const id of ['idn_nobody', phone]) {
      const params = { email_address_id: id }
      expect(await server.call('GET /email_addresses/{email_address_id}', { params })).toMatchObject(missing)
      expect(await patchEmail(server, id, { verified: true })).toMatchObject(missing)
      expect(await deleteEmail(server, id)).toMatchObject(missing)
    }
    for (const id of ['idn_nobody', email]) {
      const params = { phone_number_id: id }
      expect(await server.call('GET /phone_numbers/{phone_number_id}', { params })).toMatchObject(missing)
      expect(await patchPhone(server, id, { verified: true })).toMatchObject(missing)
      expect(await deletePhone(server, id)).toMatchObject(missing)
    }
    const nobody = { user_id: 'user_nobody' }
    expect(await addEmail(server, { ...nobody, email_address: 'b@example.com' })).toMatchObject(missing)
    expect(await addPhone(server, { ...nobody, phone_number: '+14155550124' })).toMatchObject(missing)
    expect(await putEmail(server, 'user_nobody', { email_address: 'b@example.com' })).toMatchObject(missing)
    expect(await putPhone(server, 'user_nobody', { phone_number: '+14155550124' })).toMatchObject(missing)
    expect(await readUser(server, user.id)).toEqual(user)
  })

  test('what a caller leaves out or gets wrong is named', async () => {
    const server = await start()
    const none = await server.call('POST /email_addresses', { json: {} })
    expect(none).toMatchObject({ status: 422, codes: ['form_param_missing', 'form_param_missing'] })
    expect(none.params).toEqual(['user_id', 'email_address'])
    const wrong = await addPhone(server, { user_id: 'user_1', phone_number: '911', verified: 'perhaps' })
    expect(wrong).toMatchObject({ status: 422, params: ['phone_number', 'verified'] })
    expect(wrong.codes).toEqual(['form_param_format_invalid', 'form_param_type_invalid'])
    const headers = { 'clerk-api-version': '2025-11-10' }
    const json = { email_address: 'a@example.com', verified: true }
    const unknown = await server.call('PUT /users/{user_id}/email_address', { params: { user_id: 'x' }, json, headers })
    expect(unknown).toMatchObject({ status: 422, codes: ['form_param_unknown'], params: ['verified'] })
  })

  test('addresses go with their user', async () => {
    const server = await start()
    const user = await createUser(server, { email_address: ['a@example.com'] })
    const params = { email_address_id: String(user.primary_email_address_id) }
    await server.call('POST /email_addresses/{email_address_id}/prepare_verification', { params })
    await server.call('DELETE /users/{user_id}', { params: { user_id: user.id } })
    const gone = await server.call('GET /email_addresses/{email_address_id}', { params })
    expect(gone).toMatchObject({ status: 404, codes: ['resource_not_found'] })
  })
})
