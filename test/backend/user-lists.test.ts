import { describe, expect, test } from 'vitest'
import { firstVersionDatabase, oldUser } from '../support/first-version.js'
import { freshStorage, type Instance, startInstance, storageKinds } from '../support/instance.js'

type Query = Record<string, unknown>

describe.each(storageKinds)('lists of users on %s', (kind) => {
  const start = async () => startInstance({ storage: await freshStorage(kind, 'instance') })

  async function create(server: Instance, json: object) {
    server.clock.now += 1000
    const answer = await server.call('POST /users', { json })
    expect(answer).toMatchObject({ status: 200, codes: [] })
    return answer.body
  }

  /** The names of those who are listed, having made sure that as many are counted. */
  async function listed(server: Instance, query: Query): Promise<(string | null)[]> {
    const list = await server.call('GET /users', { query: { limit: 500, ...query } })
    expect(list, JSON.stringify(query)).toMatchObject({ status: 200, codes: [] })
    const { order_by: _, ...filter } = query
    const count = await server.call('GET /users/count', { query: filter })
    expect(count.body, JSON.stringify(query)).toEqual({ object: 'total_count', total_count: list.body.length })
    return list.body.map(({ username }) => username)
  }

  /** Four users, of whom each test of a filter looks for some. */
  async function startWithUsers() {
    const server = await start()
    const ada = await create(server, {
      username: 'ada_l',
      first_name: 'Ada',
      last_name: 'Lovelace',
      email_address: ['ada@example.com', 'countess@work.example'],
      phone_number: ['+14155550100'],
      external_id: 'Customer-1',
    })
    const bob = await create(server, {
      username: 'bobby',
      first_name: 'Bob',
      last_name: 'Example',
      email_address: ['bob@example.com'],
      banned: true,
    })
    const ivan = await create(server, {
      username: 'ivan-4155',
      first_name: 'Иван',
      last_name: 'Öztürk',
      phone_number: ['+442071838750'],
      external_id: 'customer-2',
    })
    const nobody = await create(server, { username: 'nobody' })
    return { server, ada, bob, ivan, nobody }
  }

  test('each filter lists who passes it, and count counts them', async () => {
    const { server, ada, bob, ivan, nobody } = await startWithUsers()
    const everybody = ['nobody', 'ivan-4155', 'bobby', 'ada_l']
    const cases: [Query, string[]][] = [
      [{}, everybody],
      [{ email_address: ['COUNTESS@work.example', 'bob@example.com'] }, ['bobby', 'ada_l']],
      [{ phone_number: '+1 (415) 555-0100' }, ['ada_l']],
      [{ username: ['ADA_L', 'nobody'] }, ['nobody', 'ada_l']],
      [{ external_id: 'Customer-1' }, ['ada_l']],
      [{ external_id: '-Customer-1' }, ['nobody', 'ivan-4155', 'bobby']],
      [{ user_id: [`+${ada.id}`, bob.id] }, ['bobby', 'ada_l']],
      [{ user_id: [`-${ada.id}`, `-${ivan.id}`] }, ['nobody', 'bobby']],
      [{ user_id: [ada.id, bob.id, `-${bob.id}`] }, ['ada_l']],
      [{ web3_wallet: '0x52908400098527886e0f7030069857d2e4169ee7' }, []],
      [{ organization_id: 'org_1' }, []],
      [{ organization_id: '+org_1' }, []],
      [{ organization_id: ['-org_1', '-org_2'] }, everybody],
      [{ organization_id: ['-org_1', 'org_2'] }, []],
      [{ provider: 'oauth_google', provider_user_id: ['12345'] }, []],
      [{ banned: true }, ['bobby']],
      [{ banned: false }, ['nobody', 'ivan-4155', 'ada_l']],
      [{ created_at_before: bob.created_at }, ['ada_l']],
      [{ created_at_after: bob.created_at }, ['nobody', 'ivan-4155']],
      [{ created_at_after: ada.created_at, created_at_before: nobody.created_at }, ['ivan-4155', 'bobby']],
      [{ last_active_at_before: server.clock.now }, []],
      [{ last_active_at_after: 0 }, []],
      [{ last_active_at_since: 0 }, []],
      [{ last_sign_in_at_before: server.clock.now }, []],
      [{ last_sign_in_at_after: 0 }, []],
      [{ query: 'work.example' }, ['ada_l']],
      [{ query: 'EXAMPLE' }, ['bobby', 'ada_l']],
      [{ query: '4155' }, ['ivan-4155', 'ada_l']],
      [{ query: 'BBY' }, ['bobby']],
      [{ query: 'ada love' }, ['ada_l']],
      [{ query: 'tomer-' }, ['ivan-4155', 'ada_l']],
      [{ query: ivan.id.slice(7).toLowerCase() }, ['ivan-4155']],
      [{ query: 'xyzzy' }, []],
      [{ query: '' }, everybody],
      [{ email_address_query: 'Example' }, ['bobby', 'ada_l']],
      [{ email_address_query: 'lovelace' }, []],
      [{ phone_number_query: '(415) 555' }, ['ada_l']],
      [{ phone_number_query: '4155' }, ['ada_l']],
      [{ username_query: '4155' }, ['ivan-4155']],
      [{ username_query: 'BOB' }, ['bobby']],
      [{ name_query: 'example' }, ['bobby']],
      [{ name_query: 'иВАН' }, ['ivan-4155']],
      [{ name_query: 'öztÜ' }, ['ivan-4155']],
      [{ name_query: 'ozt' }, []],
    ]
    for (const [query, names] of cases) expect(await listed(server, query), JSON.stringify(query)).toEqual(names)
  })

  test('whoever is listed passes every filter that is given', async () => {
    const { server, ada, bob } = await startWithUsers()
    const cases: [Query, string[]][] = [
      [{ query: 'example', name_query: 'bob' }, ['bobby']],
      [{ query: 'example', banned: false }, ['ada_l']],
      [{ query: 'example', user_id: bob.id }, ['bobby']],
      [{ query: 'example', user_id: `-${bob.id}` }, ['ada_l']],
      [{ query: 'lovelace', email_address: 'bob@example.com' }, []],
      [{ query: 'example', created_at_after: ada.created_at }, ['bobby']],
      [{ email_address: 'ada@example.com', username: 'bobby' }, []],
      [
        { email_address_query: 'example', username_query: 'ada', phone_number_query: '415', name_query: 'lace' },
        ['ada_l'],
      ],
      [{ query: 'example', order_by: 'username' }, ['ada_l', 'bobby']],
      [{ query: 'example', order_by: '-username' }, ['bobby', 'ada_l']],
      [{ query: 'example', order_by: '+created_at' }, ['ada_l', 'bobby']],
      [{ query: 'example', organization_id: 'org_1' }, []],
    ]
    for (const [query, names] of cases) expect(await listed(server, query), JSON.stringify(query)).toEqual(names)
  })

  test('one or two characters are found at the beginning of a value', async () => {
    const { server } = await startWithUsers()
    const cases: [Query, string[]][] = [
      [{ query: 'lo' }, ['ada_l']],
      [{ query: 'L' }, ['ada_l']],
      [{ query: 'b' }, ['bobby']],
      [{ query: 'bo' }, ['bobby']],
      [{ query: 'ov' }, []],
      [{ query: '+4' }, ['ivan-4155']],
      [{ query: 'Ив' }, ['ivan-4155']],
      [{ query: 'ö' }, ['ivan-4155']],
      [{ email_address_query: 'c' }, ['ada_l']],
      [{ name_query: 'ex' }, ['bobby']],
    ]
    for (const [query, names] of cases) expect(await listed(server, query), JSON.stringify(query)).toEqual(names)
  })

  test('in a search every character stands for itself', async () => {
    const server = await start()
    const strange = [
      '100%_sure',
      'a\\b\\c',
      'say "hi" OR',
      "o'; drop table users --",
      'NEAR(x y)',
      '{names} : x*',
      '^abc$ ^',
      'лёд 🧊🧊🧊',
    ]
    for (const first_name of [...strange, 'plain']) await create(server, { first_name, skip_user_requirement: true })
    const names = async (name_query: string) =>
      (await server.call('GET /users', { query: { name_query } })).body.map(({ first_name }) => first_name)
    for (const first_name of strange) {
      expect(await names(first_name), first_name).toEqual([first_name])
      const part = [...first_name].slice(1, 5).join('')
      expect(await names(part), part).toEqual([first_name])
    }
    for (const sought of [
      '%',
      '_',
      '%%%',
      '___',
      '*',
      '"',
      '""""',
      '\\',
      'plai_',
      'pl%in',
      'plain*',
      '(',
      'NOT plain',
      'a AND b',
      "' or 1=1 --",
    ]) {
      const found = await names(sought)
      for (const name of found) expect(name?.toLowerCase(), sought).toContain(sought.toLowerCase())
      expect(found, sought).not.toContain('plain')
    }
    expect(await names('🧊🧊🧊')).toEqual(['лёд 🧊🧊🧊'])
  })

  test('a search goes by what a user is called now', async () => {
    const { server, ada, bob } = await startWithUsers()
    const params = { user_id: ada.id }
    await server.call('PATCH /users/{user_id}', { params, json: { username: 'renamed', last_name: 'King' } })
    expect(await listed(server, { query: 'ada_l' })).toEqual([])
    expect(await listed(server, { query: 'lovelace' })).toEqual([])
    expect(await listed(server, { query: 'RENAMED' })).toEqual(['renamed'])
    expect(await listed(server, { name_query: 'ada k' })).toEqual(['renamed'])
    expect(await listed(server, { query: 'countess' })).toEqual(['renamed'])
    await server.call('PATCH /users/{user_id}', { params, json: { last_name: null } })
    expect(await listed(server, { name_query: 'king' })).toEqual([])

    const older = new Date(0).toISOString()
    await server.call('PATCH /users/{user_id}', { params: { user_id: bob.id }, json: { created_at: older } })
    expect(await listed(server, { query: 'example' })).toEqual(['renamed', 'bobby'])

    expect((await server.call('DELETE /users/{user_id}', { params })).status).toBe(200)
    expect(await listed(server, { query: 'example' })).toEqual(['bobby'])
    expect(await listed(server, {})).toEqual(['nobody', 'ivan-4155', 'bobby'])
    await create(server, { username: 'again', email_address: ['ada@example.com'], phone_number: ['+14155550100'] })
    expect(await listed(server, { query: 'ada@' })).toEqual(['again'])
  })

  test('among users who have most of it in common, a search finds who has all of it', async () => {
    const server = await start()
    const join = (username: string, domain: string) =>
      create(server, { username, email_address: [`${username}@${domain}`], first_name: 'Ada' })
    await Promise.all(Array.from({ length: 120 }, (_, n) => join(`user${100 + n}`, 'example.com')))
    expect(await listed(server, { query: 'ser117@exam' })).toEqual(['user117'])
    // What the search knows of everybody, it has seen before these came.
    await join('bar117', 'example.com')
    await join('user517', 'example.com')
    await join('user-117', 'other.example')
    await join('zexay', 'other.example')
    const cases: [Query, string[]][] = [
      [{ query: 'SER117@Exam' }, ['user117']],
      [{ query: 'ser517@example.com' }, ['user517']],
      [{ query: '117@example.com' }, ['bar117', 'user117']],
      [{ query: '117@exam%' }, []],
      [{ query: 'exam 117' }, []],
      // "exa" is in the middle of what few have, and what stands around it overlaps.
      [{ query: 'zexay@other' }, ['zexay']],
      [{ query: 'ser117@exam', email_address_query: 'r117@example' }, ['user117']],
      [{ query: 'ser117@exam', email_address_query: 'r118@example' }, []],
      [{ email_address_query: 'user117@example.com' }, ['user117']],
      [{ username_query: 'user117' }, ['user117']],
      [{ name_query: 'user117@example.com' }, []],
    ]
    for (const [query, names] of cases) expect(await listed(server, query), JSON.stringify(query)).toEqual(names)
    expect(await listed(server, { query: 'example.com' })).toHaveLength(122)
  })

  test('a creation that fails leaves nothing to be found or counted', async () => {
    const { server } = await startWithUsers()
    const json = { username: 'failed', email_address: ['new@example.com', 'bob@example.com'] }
    expect(await server.call('POST /users', { json })).toMatchObject({ codes: ['form_identifier_exists'] })
    expect(await listed(server, { query: 'failed' })).toEqual([])
    expect(await listed(server, { query: 'new@' })).toEqual([])
    expect(await listed(server, {})).toHaveLength(4)
  })

  test('creations and deletions at the same time are all counted', async () => {
    const server = await start()
    const made = await Promise.all(
      Array.from({ length: 40 }, (_, n) => server.call('POST /users', { json: { username: `user-${n}` } })),
    )
    await Promise.all(
      made.slice(0, 15).map(({ body }) => server.call('DELETE /users/{user_id}', { params: { user_id: body.id } })),
    )
    expect(await listed(server, {})).toHaveLength(25)
    expect(await listed(server, { query: 'user-' })).toHaveLength(25)
  })

  test('every order has every user once, page by page, those without a value last', async () => {
    const { server } = await startWithUsers()
    const orders: [string, string[]][] = [
      ['email_address', ['ada_l', 'bobby', 'ivan-4155', 'nobody']],
      ['-email_address', ['bobby', 'ada_l', 'nobody', 'ivan-4155']],
      ['phone_number', ['ada_l', 'ivan-4155', 'bobby', 'nobody']],
      ['-phone_number', ['ivan-4155', 'ada_l', 'nobody', 'bobby']],
      ['first_name', ['ada_l', 'bobby', 'ivan-4155', 'nobody']],
      ['-last_name', ['ivan-4155', 'ada_l', 'bobby', 'nobody']],
      ['-username', ['nobody', 'ivan-4155', 'bobby', 'ada_l']],
      ['updated_at', ['ada_l', 'bobby', 'ivan-4155', 'nobody']],
      ['web3wallet', ['ada_l', 'bobby', 'ivan-4155', 'nobody']],
      ['last_active_at', ['ada_l', 'bobby', 'ivan-4155', 'nobody']],
      ['-last_sign_in_at', ['nobody', 'ivan-4155', 'bobby', 'ada_l']],
    ]
    for (const [order_by, names] of orders) {
      expect(await listed(server, { order_by }), order_by).toEqual(names)
      const pages = []
      for (let offset = 0; offset < 5; offset++) {
        const { body } = await server.call('GET /users', { query: { order_by, limit: 1, offset } })
        pages.push(...body.map(({ username }) => username))
      }
      expect(pages, order_by).toEqual(names)
    }
  })

  test.each([{}, { query: 'walk' }, { query: 'walk', banned: false }])(
    'a cursor leads to every user once while others are created: %j',
    async (filter) => {
      const server = await start()
      const ids: string[] = []
      for (let n = 0; n < 25; n++) {
        // Some are created in the same millisecond.
        if (n % 3 === 0) server.clock.now += 1
        ids.push((await server.call('POST /users', { json: { username: `walker-${n}` } })).body.id)
      }
      for (const [order_by, expected] of [
        ['-created_at', ids.toReversed()],
        ['created_at', ids],
      ] as const) {
        const walked: string[] = []
        for (let page = 0; ; page++) {
          const after = walked.at(-1)
          const query = { ...filter, limit: 4, order_by, ...(after !== undefined && { starting_after: after }) }
          const { body } = await server.call('GET /users', { query })
          walked.push(...body.map(({ id }) => id))
          if (body.length < 4) break
          server.clock.now += 1
          if (order_by === '-created_at') await create(server, { username: `walker-late-${page}` })
        }
        expect(walked.filter((id) => ids.includes(id))).toEqual(expected)
        expect(new Set(walked).size).toBe(walked.length)
      }
    },
  )

  test('a cursor that leads nowhere, and one in another order, are refused', async () => {
    const { server, ada } = await startWithUsers()
    const refusals: [Query, string, string][] = [
      [{ starting_after: 'user_none' }, 'form_resource_not_found', 'starting_after'],
      [{ starting_after: "' or 1=1 --", query: 'example' }, 'form_resource_not_found', 'starting_after'],
      [{ starting_after: ada.id, order_by: 'username' }, 'form_conditional_param_disallowed', 'starting_after'],
      [{ starting_after: ada.id, offset: 1 }, 'form_conditional_param_disallowed', 'starting_after'],
    ]
    for (const [query, code, param] of refusals) {
      const answer = await server.call('GET /users', { query })
      expect(answer, JSON.stringify(query)).toMatchObject({ status: 422, codes: [code], params: [param] })
    }
    const page = { starting_after: ada.id, offset: 0, order_by: '+created_at' }
    expect((await server.call('GET /users', { query: page })).body).toHaveLength(3)
  })

  test.each(['GET /users', 'GET /users/count'] as const)('%s refuses filters that make no sense', async (route) => {
    const server = await start()
    const refusals: [Query, string, string][] = [
      ...['email_address', 'phone_number', 'external_id', 'username', 'web3_wallet', 'user_id', 'organization_id'].map(
        (param): [Query, string, string] => [
          { [param]: new Array(101).fill('x') },
          'form_param_array_size_exceeded',
          param,
        ],
      ),
      [{ provider: 'oauth_google' }, 'form_conditional_param_missing', 'provider_user_id'],
      [{ provider_user_id: '1' }, 'form_conditional_param_missing', 'provider'],
      [{ banned: 'yes' }, 'form_param_type_invalid', 'banned'],
      [{ created_at_before: '2024-01-01' }, 'form_param_type_invalid', 'created_at_before'],
      [{ last_active_at_since: 1.5 }, 'form_param_type_invalid', 'last_active_at_since'],
      [{ query: ['a', 'b'] }, 'form_param_duplicate', 'query'],
      [{ query: 'x'.repeat(257) }, 'form_param_max_length_exceeded', 'query'],
    ]
    for (const [query, code, param] of refusals) {
      const answer = await server.call(route, { query })
      expect(answer, JSON.stringify(query).slice(0, 80)).toMatchObject({ status: 422, codes: [code], params: [param] })
    }
  })

  test('users of a database that had no index are found, counted and ordered', async () => {
    const storage = await freshStorage(kind)
    const users = [
      { n: 1, first_name: 'Ada', last_name: 'Lovelace', created_at: 1000 },
      { n: 2, first_name: 'Иван', last_name: null, created_at: 1000 },
      { n: 3, first_name: null, last_name: 'Early', created_at: 500 },
    ]
    await firstVersionDatabase(storage, users.map(oldUser))
    const server = await startInstance({ storage })
    expect(await listed(server, {})).toEqual(['user-2', 'user-1', 'user-3'])
    expect(await listed(server, { query: 'example' })).toEqual(['user-2', 'user-1', 'user-3'])
    expect(await listed(server, { query: 'иван' })).toEqual(['user-2'])
    expect(await listed(server, { email_address_query: '3@ex' })).toEqual(['user-3'])
    expect(await listed(server, { order_by: 'first_name' })).toEqual(['user-1', 'user-2', 'user-3'])
    await create(server, { username: 'newcomer', email_address: ['new@example.com'] })
    expect(await listed(server, { query: 'example' })).toEqual(['newcomer', 'user-2', 'user-1', 'user-3'])
  })
})
