import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { run } from '../support/command-line.js'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'

const twoAnHour = { requests: 2, seconds: 3600 }

describe.each(storageKinds)('rate limits on %s', (kind) => {
  test('who asks too often is told when to come back, and is let in then', async () => {
    const rateLimits = { api: { requests: 3, seconds: 3 } }
    const server = await startInstance({ storage: await freshStorage(kind), rateLimits })
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
    const server = await startInstance({ storage: await freshStorage(kind), rateLimits: { api: twoAnHour } })
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
    const server = await startInstance({ storage: await freshStorage(kind), rateLimits: { 'user-updates': twoAnHour } })
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
