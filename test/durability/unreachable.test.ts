import { randomInt } from 'node:crypto'
import { expect, test } from 'vitest'
import { startPostgres } from '../../scripts/postgres-server.mjs'
import { startInstance } from '../support/instance.js'
import { createWorkload } from './workload.js'

test('while PostgreSQL is away, requests are answered 503, and when it is back they are served, with all that was', async () => {
  const postgres = await startPostgres()
  const lines: string[] = []
  const log = { write: (line: string) => void lines.push(line) }
  const server = await startInstance({ storage: { databaseUrl: postgres.url }, log })
  const readiness = async () => (await fetch(`${server.url}/health/ready`)).status
  const user = { json: { username: 'someone' } }
  expect((await server.call('POST /users', user)).status).toBe(200)
  expect(await readiness()).toBe(200)

  await postgres.down()
  for (let request = 0; request < 3; request++) {
    expect(await server.call('POST /users', user)).toMatchObject({ status: 503, codes: ['service_unavailable'] })
    expect(await server.call('GET /users', {})).toMatchObject({ status: 503, codes: ['service_unavailable'] })
  }
  expect(await readiness()).toBe(503)
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200)
  expect((await server.call('GET /jwks', {})).status).toBe(200)
  expect(lines.join('')).toContain('a request failed')

  await postgres.up()
  expect(await readiness()).toBe(200)
  expect((await server.call('GET /users', {})).body).toMatchObject([{ username: 'someone' }])
  expect((await server.call('POST /users', { json: { username: 'somebody-else' } })).status).toBe(200)
  await server.close()
  await postgres.stop()
})

test('PostgreSQL that goes away amid writes, and comes back, has every write that was acknowledged', async () => {
  const postgres = await startPostgres()
  const server = await startInstance({ storage: { databaseUrl: postgres.url } })
  const target = { apiUrl: server.url, secretKey: server.secretKey }
  const workload = createWorkload(randomInt(2 ** 31), { databaseMayBeAway: true })
  for (let outage = 0; outage < 3; outage++) {
    const enough = workload.more(100)
    const written = workload.write([target])
    await Promise.race([enough, written])
    await postgres.down()
    await written
    await postgres.up()
    await workload.check(target)
  }
  await server.close()
  await postgres.stop()
})
