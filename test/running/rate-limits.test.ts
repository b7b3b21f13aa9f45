import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { run } from '../support/command-line.js'
import { freshStorage, production, startInstance, storageKinds } from '../support/instance.js'
import { visit } from '../support/visitor.js'

const twoAnHour = { requests: 2, seconds: 3600 }

describe.each(storageKinds)('rate limits on %s', (kind) => {
  test('who asks too often is told when to come back, and is let in then', async () => {
    const rateLimits = { api: { requests: 3, seconds: 3 } }
    const server = await startInstance({ storage: await freshStorage(kind, 'instance'), rateLimits })
    const answers = await Promise.all(Array.from({ length: 4 }, () => server.call('GET /users', {})))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 429])
    const refused = answers.find(({ status }) => status === 429)
    expect(refused?.codes).toEqual(['too_many_requests'])
    const seconds = Number(refused?.headers.get('retry-after'))
    expect([1, 2, 3]).toContain(seconds)
    await sleep(seconds * 1000)
    expect((await server.call('GET /users', {})).status).toBe(200)
  })

  test('both spellings of a key count as one, and the key set for nobody', async () => {
    const server = await startInstance({
      storage: await freshStorage(kind, 'instance'),
      rateLimits: { api: twoAnHour },
    })
    const status = async (authorization: string) =>
      (await fetch(`${server.url}/v1/users`, { headers: { authorization } })).status
    for (let n = 0; n < 3; n++) expect((await server.call('GET /jwks', {})).status).toBe(200)
    expect(await status(`Bearer ${server.secretKey}`)).toBe(200)
    expect(await status(`bearer  ${server.apiKey}`)).toBe(200)
    expect(await status(`Bearer ${server.secretKey}`)).toBe(429)
    expect(await status(`Bearer ${server.apiKey}`)).toBe(429)
    expect((await server.call('GET /jwks', {})).status).toBe(200)
  })

  test('changes of one user are limited together, and leave other users alone', async () => {
    const server = await startInstance({
      storage: await freshStorage(kind, 'instance'),
      rateLimits: { 'user-updates': twoAnHour },
    })
    const ids = []
    for (const username of ['alice', 'bobby']) {
      ids.push((await server.call('POST /users', { json: { username } })).body.id)
    }
    const [alice = '', bob = ''] = ids
    const update = async (user_id: string) =>
      (await server.call('PATCH /users/{user_id}', { params: { user_id }, json: { first_name: 'A' } })).status
    expect(await update(alice)).toBe(200)
    const merged = await server.call('PATCH /users/{user_id}/metadata', { params: { user_id: alice }, json: {} })
    expect(merged.status).toBe(200)
    const refused = await server.call('PUT /users/{user_id}/metadata', { params: { user_id: alice }, json: {} })
    expect(refused).toMatchObject({ status: 429, codes: ['too_many_requests'] })
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3590)
    expect(await update(bob)).toBe(200)
    expect((await server.call('GET /users/{user_id}', { params: { user_id: alice } })).status).toBe(200)
  })
})

test.each([
  ['browsers', 'PUT /client', {}, 30],
  ['sign-ups', 'POST /client/sign_ups', {}, 5],
  ['sign-up-steps', 'PATCH /client/sign_ups/{sign_up_id}', {}, 10],
  [
    'sign-up-attempts',
    'POST /client/sign_ups/{sign_up_id}/attempt_verification',
    { strategy: 'email_code', code: '000000' },
    3,
  ],
  ['sign-ins', 'POST /client/sign_ins', {}, 5],
  [
    'sign-in-attempts',
    'POST /client/sign_ins/{sign_in_id}/attempt_first_factor',
    { strategy: 'password', password: 'x' },
    3,
  ],
  ['additions', 'POST /me/email_addresses', { email_address: 'ada@example.com' }, 10],
] as const)('in production %s are limited by the network they come from', async (_, key, form, limit) => {
  const server = await startInstance({ storage: { memory: true }, ...production, trustedProxies: ['127.0.0.1'] })
  const from = async (address: string) => {
    const browser = visit(server, { origin: 'http://127.0.0.1:4010' })
    const params = { sign_up_id: 'sua_x', sign_in_id: 'sia_x' }
    return browser.call(key, { params, form, headers: { 'x-forwarded-for': address } })
  }
  const networks = [
    ['203.0.113.7', '203.0.113.7', '::ffff:203.0.113.7'],
    ['2001:db8::1', '2001:db8:0:0:ffff::1', '2001:DB8::2:3:4:5'],
  ]
  for (const addresses of networks) {
    for (let n = 0; n < limit; n++) {
      expect((await from(addresses[n % addresses.length] ?? '')).codes).not.toContain('too_many_requests')
    }
    for (const address of addresses) {
      const refused = await from(address)
      expect([refused.status, refused.codes]).toEqual([429, ['too_many_requests']])
      expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    }
  }
  for (const other of ['203.0.113.8', '2001:db8:0:1::1', '2001:db8:1::1']) {
    expect((await from(other)).codes).not.toContain('too_many_requests')
  }
})

test('servers that share a database count together', async () => {
  const storage = await freshStorage('PostgreSQL')
  const rateLimits = { api: { requests: 20, seconds: 3600 } }
  const servers = [await startInstance({ storage, rateLimits }), await startInstance({ storage, rateLimits })]
  const answers = await Promise.all(
    servers.flatMap((server) => Array.from({ length: 30 }, () => server.call('GET /users', { query: { limit: 1 } }))),
  )
  const statuses = answers.map(({ status }) => status)
  expect(statuses.filter((status) => status === 200)).toHaveLength(20)
  expect(statuses.filter((status) => status === 429)).toHaveLength(40)
})

test('a development instance has no limits unless it is given some', async () => {
  const server = await startInstance({ storage: { memory: true } })
  const answers = await Promise.all(Array.from({ length: 120 }, () => server.call('GET /users/count', {})))
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]))
})

test.each(['api', 'api=10', 'api=0/10', 'api=10/0', 'web=10/10', 'api=10/10,', 'api=on'])(
  '--rate-limits %s makes no sense, and starts nothing',
  async (text) => {
    const { code, stderr } = await run('start', '--memory', '--rate-limits', text)
    expect(code).toBe(2)
    expect(stderr).toMatch(/--rate-limits must/)
  },
)
