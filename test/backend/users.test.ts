import { describe, expect, test } from 'vitest'
import { freshStorage, type Instance, startInstance, storageKinds } from '../support/instance.js'

describe.each(storageKinds)('users on %s', (kind) => {
  const start = async () => startInstance({ storage: await freshStorage(kind, 'instance') })

  async function createUser(server: Instance, json: object) {
    const answer = await server.call('POST /users', { json })
    expect(answer).toMatchObject({ status: 200, codes: [] })
    return answer.body
  }

  test('a user is created with what it is given, addresses verified and the first of each kind primary', async () => {
    const server = await start()
    const user = await createUser(server, {
      external_id: 'ext-1',
      first_name: 'Ada',
      last_name: 'Lovelace',
      locale: 'en-GB',
      username: 'Ada_L',
      password: 'a long enough secret',
      email_address: ['Ada@Example.com', 'ada@work.example'],
      phone_number: ['+1 (415) 555-0123'],
      public_metadata: { plan: { seats: 2 } },
      private_metadata: { stripeId: 'cus_1' },
      unsafe_metadata: { theme: 'dark' },
      created_at: '2020-01-02T03:04:05+00:00',
    })
    expect(user).toMatchObject({
      id: expect.stringMatching(/^user_[0-9A-Za-z]{27}$/),
      external_id: 'ext-1',
      first_name: 'Ada',
      last_name: 'Lovelace',
      locale: 'en-GB',
      username: 'ada_l',
      password_enabled: true,
      public_metadata: { plan: { seats: 2 } },
      private_metadata: { stripeId: 'cus_1' },
      unsafe_metadata: { theme: 'dark' },
      created_at: Date.parse('2020-01-02T03:04:05Z'),
      updated_at: server.clock.now,
      banned: false,
      locked: false,
    })
    expect(user.email_addresses.map(({ email_address }) => email_address)).toEqual([
      'ada@example.com',
      'ada@work.example',
    ])
    expect(user.phone_numbers.map(({ phone_number }) => phone_number)).toEqual(['+14155550123'])
    expect(user.primary_email_address_id).toBe(user.email_addresses[0]?.id)
    expect(user.primary_phone_number_id).toBe(user.phone_numbers[0]?.id)
    expect(user.email_addresses[0]?.verification).toMatchObject({ status: 'verified', strategy: 'admin' })
    expect((await server.call('GET /users/{user_id}', { params: { user_id: user.id } })).body).toEqual(user)
  })

  test('a reserved address is kept from others and is not primary', async () => {
    const server = await start()
    const user = await createUser(server, {
      email_address: ['held@example.com', 'used@example.com'],
      email_address_identification_status: ['reserved', 'verified'],
    })
    expect(user.email_addresses).toMatchObject([
      { reserved: true, verification: null },
      { reserved: false, verification: { status: 'verified' } },
    ])
    expect(user.primary_email_address_id).toBe(user.email_addresses[1]?.id)
    const second = await server.call('POST /users', { json: { email_address: ['held@example.com'] } })
    expect(second).toMatchObject({ status: 422, codes: ['form_identifier_exists'], params: ['email_address'] })
  })

  test('a form says the same as JSON: repeated keys, metadata as text, flags as words', async () => {
    const server = await start()
    const { status, body } = await server.call('POST /users', {
      form: {
        email_address: ['a@example.com', 'b@example.com'],
        first_name: 'Grace',
        last_name: '',
        public_metadata: '{"camelCase":{"stays":true}}',
        unsafe_metadata: '',
        skip_password_checks: 'true',
        password: 'short',
        create_organizations_limit: '3',
      },
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      first_name: 'Grace',
      last_name: null,
      public_metadata: { camelCase: { stays: true } },
      unsafe_metadata: {},
      password_enabled: true,
      create_organizations_limit: 3,
    })
    expect(body.email_addresses).toHaveLength(2)
  })

  test('metadata may be JSON text inside of JSON', async () => {
    const server = await start()
    const user = await createUser(server, { username: 'grace', public_metadata: '{"a":[1]}' })
    expect(user.public_metadata).toEqual({ a: [1] })
  })

  test('lists are newest first, and ordered either way by what is asked for', async () => {
    const server = await start()
    for (const [username, first_name] of [
      ['carol', 'Zoe'],
      ['alice', 'Ann'],
      ['bobby', undefined],
    ]) {
      server.clock.now += 1000
      await createUser(server, { username, first_name, email_address: [`${username}@example.com`] })
    }
    const names = async (query?: object) =>
      (await server.call('GET /users', { query: { ...query } })).body.map(({ username }) => username)
    expect(await names()).toEqual(['bobby', 'alice', 'carol'])
    expect(await names({ order_by: 'created_at' })).toEqual(['carol', 'alice', 'bobby'])
    expect(await names({ order_by: '+username' })).toEqual(['alice', 'bobby', 'carol'])
    expect(await names({ order_by: '-email_address' })).toEqual(['carol', 'bobby', 'alice'])
    expect(await names({ order_by: 'first_name' }), 'users without the value come last').toEqual([
      'alice',
      'carol',
      'bobby',
    ])
    expect(await names({ order_by: '-first_name' })).toEqual(['carol', 'alice', 'bobby'])
    expect(await names({ order_by: '-updated_at', limit: 2 })).toEqual(['bobby', 'alice'])
    expect(await names({ limit: 1, offset: 1 })).toEqual(['alice'])
    expect(await names({ offset: 9 })).toEqual([])
  })

  test('users created within one millisecond keep the order they were created in', async () => {
    const server = await start()
    const created = []
    for (let n = 0; n < 20; n++) created.push((await createUser(server, { username: `user-${n}` })).id)
    const { body } = await server.call('GET /users', { query: { order_by: 'created_at', limit: 20 } })
    expect(body.map(({ id }) => id)).toEqual(created)
  })

  test('filters take any of several values, and count counts what list lists', async () => {
    const server = await start()
    const ada = await createUser(server, { email_address: ['ada@example.com'], external_id: 'e1' })
    const bob = await createUser(server, { phone_number: ['+14155550100'], external_id: 'e2' })
    const cas = await createUser(server, { username: 'caspar' })
    const cases: [object, string[]][] = [
      [{ email_address: ['ADA@example.com', 'nobody@example.com'] }, [ada.id]],
      [{ phone_number: '+1 415 555 0100' }, [bob.id]],
      [{ username: 'Caspar' }, [cas.id]],
      [{ user_id: [ada.id, `+${cas.id}`] }, [cas.id, ada.id]],
      [{ user_id: [`-${ada.id}`] }, [cas.id, bob.id]],
      [{ external_id: ['e1', 'e2'] }, [bob.id, ada.id]],
      [{ external_id: '-e1' }, [cas.id, bob.id]],
      [{ email_address: 'ada@example.com', external_id: 'e2' }, []],
      [{ email_address: '' }, []],
      [{ username: "' or 1=1 --" }, []],
      [{}, [cas.id, bob.id, ada.id]],
    ]
    for (const [query, ids] of cases) {
      const list = await server.call('GET /users', { query: { ...query } })
      expect(
        list.body.map(({ id }) => id),
        JSON.stringify(query),
      ).toEqual(ids)
      const count = await server.call('GET /users/count', { query: { ...query } })
      expect(count.body, JSON.stringify(query)).toEqual({ object: 'total_count', total_count: ids.length })
    }
  })

  test('an update changes what is given and leaves the rest', async () => {
    const server = await start()
    const user = await createUser(server, {
      first_name: 'Ada',
      last_name: 'Byron',
      email_address: ['one@example.com', 'two@example.com'],
      public_metadata: { keep: true },
      private_metadata: { old: 1 },
    })
    server.clock.now += 5000
    const second = user.email_addresses[1]?.id
    const { status, body } = await server.call('PATCH /users/{user_id}', {
      params: { user_id: user.id },
      json: { last_name: 'Lovelace', primary_email_address_id: second, private_metadata: { new: 2 } },
    })
    expect(status).toBe(200)
    expect(body).toEqual({
      ...user,
      last_name: 'Lovelace',
      primary_email_address_id: second,
      private_metadata: { new: 2 },
      updated_at: user.updated_at + 5000,
    })
  })

  test('null clears a name, and leaves a password and a primary address as they are', async () => {
    const server = await start()
    const user = await createUser(server, {
      first_name: 'Ada',
      email_address: ['a@example.com'],
      password: 'long enough',
    })
    const { body } = await server.call('PATCH /users/{user_id}', {
      params: { user_id: user.id },
      form: { first_name: '', password: '', primary_email_address_id: '', public_metadata: '' },
    })
    expect(body).toMatchObject({
      first_name: null,
      password_enabled: true,
      primary_email_address_id: user.primary_email_address_id,
    })
  })

  test('the spelling that version 2.6.3 gives to a primary address is understood', async () => {
    const server = await start()
    const user = await createUser(server, { email_address: ['a@example.com', 'b@example.com'] })
    const second = user.email_addresses[1]?.id
    const { body } = await server.call('PATCH /users/{user_id}', {
      params: { user_id: user.id },
      form: { primary_email_address_i_d: second },
    })
    expect(body.primary_email_address_id).toBe(second)
  })

  test('metadata are merged at every depth by PATCH and replaced by PUT', async () => {
    const server = await start()
    const user = await createUser(server, {
      username: 'merge',
      public_metadata: { a: { b: 1, c: [1, 2] }, gone: true },
      private_metadata: { kept: 1 },
    })
    const params = { user_id: user.id }
    const merged = await server.call('PATCH /users/{user_id}/metadata', {
      params,
      json: { public_metadata: { a: { c: [3], d: null }, gone: null, e: { f: null, g: 1 } } },
    })
    expect(merged.body.public_metadata).toEqual({ a: { b: 1, c: [3] }, e: { g: 1 } })
    expect(merged.body.private_metadata).toEqual({ kept: 1 })
    const replaced = await server.call('PUT /users/{user_id}/metadata', {
      params,
      json: { public_metadata: { x: null } },
    })
    expect(replaced.body.public_metadata).toEqual({ x: null })
    expect(replaced.body.private_metadata).toEqual({ kept: 1 })
  })

  test('merges that run at the same time all take effect', async () => {
    const server = await start()
    const { id } = await createUser(server, { username: 'merge' })
    const keys = Array.from({ length: 20 }, (_, n) => `key${n}`)
    await Promise.all(
      keys.map((key) =>
        server.call('PATCH /users/{user_id}/metadata', {
          params: { user_id: id },
          json: { public_metadata: { [key]: 1 } },
        }),
      ),
    )
    const { body } = await server.call('GET /users/{user_id}', { params: { user_id: id } })
    expect(Object.keys(body.public_metadata).sort()).toEqual(keys.sort())
  })

  test('the last that identifies a user cannot be cleared', async () => {
    const server = await start()
    const update = (user_id: string, json: object) =>
      server.call('PATCH /users/{user_id}', { params: { user_id }, json })
    const named = await createUser(server, { username: 'only-name', external_id: 'only-id' })
    expect((await update(named.id, { username: null })).status).toBe(200)
    const refused = await update(named.id, { external_id: null, first_name: 'Ada' })
    expect(refused).toMatchObject({ status: 422, codes: ['form_data_missing'], params: ['external_id'] })
    const { body } = await server.call('GET /users/{user_id}', { params: { user_id: named.id } })
    expect(body).toMatchObject({ external_id: 'only-id', first_name: null })
    const reached = await createUser(server, { username: 'reached', email_address: ['reached@example.com'] })
    expect((await update(reached.id, { username: null })).status).toBe(200)
    const anonymous = await createUser(server, { skip_user_requirement: true })
    expect((await update(anonymous.id, { username: null })).status).toBe(200)
  })

  test('a key named __proto__ is a key like any other', async () => {
    const server = await start()
    const raw =
      '{"username":"proto","public_metadata":{"a":{"__proto__":{"polluted":1}}},"private_metadata":{"__proto__":{"polluted":1}}}'
    const created = await server.call('POST /users', { raw, headers: { 'content-type': 'application/json' } })
    expect(created.status).toBe(200)
    expect(JSON.stringify(created.body.private_metadata)).toBe('{"__proto__":{"polluted":1}}')
    const merged = await server.call('PATCH /users/{user_id}/metadata', {
      params: { user_id: created.body.id },
      raw: '{"public_metadata":{"a":{"__proto__":{"more":2}}}}',
      headers: { 'content-type': 'application/json' },
    })
    expect(JSON.stringify(merged.body.public_metadata)).toBe('{"a":{"__proto__":{"polluted":1,"more":2}}}')
    expect({}).not.toHaveProperty('polluted')
  })

  test('a deleted user is gone, with addresses that others may take and sessions that end', async () => {
    const server = await start()
    const json = { email_address: ['a@example.com'], external_id: 'e1' }
    const user = await createUser(server, json)
    const session = await server.call('POST /sessions', { json: { user_id: user.id } })
    const params = { user_id: user.id }
    const deleted = await server.call('DELETE /users/{user_id}', { params })
    expect(deleted).toMatchObject({
      status: 200,
      body: { object: 'user', id: user.id, deleted: true, external_id: 'e1' },
    })
    for (const answer of [
      await server.call('GET /users/{user_id}', { params }),
      await server.call('DELETE /users/{user_id}', { params }),
      await server.call('PATCH /users/{user_id}', { params, json: { first_name: 'x' } }),
      await server.call('PUT /users/{user_id}/metadata', { params, json: {} }),
      await server.call('GET /sessions/{session_id}', { params: { session_id: session.body.id } }),
    ]) {
      expect(answer).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    }
    await createUser(server, json)
  })

  test('a user who is being deleted is seen whole or not at all', async () => {
    const server = await start()
    for (let round = 0; round < 20; round++) {
      const { id } = await createUser(server, { email_address: ['a@example.com'], phone_number: ['+14155550100'] })
      const params = { user_id: id }
      const reads = Array.from({ length: 4 }, () => server.call('GET /users/{user_id}', { params }))
      const lists = Array.from({ length: 4 }, () => server.call('GET /users', {}))
      const deleted = server.call('DELETE /users/{user_id}', { params })
      const listed = (await Promise.all(lists)).flatMap(({ body }) => body)
      const read = (await Promise.all(reads)).filter(({ status }) => status === 200).map(({ body }) => body)
      for (const { email_addresses, phone_numbers } of [...listed, ...read]) {
        expect([email_addresses.length, phone_numbers.length]).toEqual([1, 1])
      }
      expect((await deleted).status).toBe(200)
    }
  })

  test('of 200 creations of one address at the same time one succeeds, and nothing of the others remains', async () => {
    const server = await start()
    const answers = await Promise.all(
      Array.from({ length: 200 }, (_, n) =>
        server.call('POST /users', { json: { email_address: ['Race@example.com'], username: `racer-${n}` } }),
      ),
    )
    const won = answers.filter(({ status }) => status === 200)
    const lost = answers.filter(({ status, codes }) => status === 422 && codes[0] === 'form_identifier_exists')
    expect([won.length, lost.length]).toEqual([1, 199])
    expect((await server.call('GET /users/count', {})).body.total_count).toBe(1)
  })

  test('users who want the same addresses in another order at the same time do not lock each other out', async () => {
    const server = await start()
    const addresses = ['a@example.com', 'b@example.com', 'c@example.com']
    for (let round = 0; round < 10; round++) {
      const wanted = addresses.map((address) => `${round}.${address}`)
      const answers = await Promise.all(
        [wanted, wanted.toReversed(), wanted, wanted.toReversed()].map((email_address) =>
          server.call('POST /users', { json: { email_address } }),
        ),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 422, 422, 422])
      expect(answers.flatMap(({ codes }) => codes)).toEqual(Array(3).fill('form_identifier_exists'))
    }
  })

  test('everything is still there when the server is closed and opened again', async () => {
    const storage = await freshStorage(kind, 'instance')
    const first = await startInstance({ storage })
    const user = await createUser(first, { email_address: ['a@example.com'], password: 'long enough' })
    const keys = await first.call('GET /jwks', {})
    await first.close()
    const second = await startInstance({ storage })
    expect(second.secretKey).toBe(first.secretKey)
    expect((await second.call('GET /users/{user_id}', { params: { user_id: user.id } })).body).toEqual(user)
    expect((await second.call('GET /jwks', {})).body).toEqual(keys.body)
  })
})
