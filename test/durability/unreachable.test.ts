import { expect, test } from 'vitest'
import { startPostgres } from '../../scripts/postgres-server.mjs'
import { startInstance } from '../support/instance.js'

test('while PostgreSQL cannot be reached, requests are answered 503 and the server stays up', async () => {
  const postgres = await startPostgres()
  const lines: string[] = []
  const log = { write: (line: string) => void lines.push(line) }
  const server = await startInstance({ storage: { databaseUrl: postgres.url }, log })
  const user = { json: { username: 'someone' } }
  expect((await server.call('POST /users', user)).status).toBe(200)

  await postgres.stop()
  for (let request = 0; request < 3; request++) {
    expect(await server.call('POST /users', user)).toMatchObject({ status: 503, codes: ['service_unavailable'] })
    expect(await server.call('GET /users', {})).toMatchObject({ status: 503, codes: ['service_unavailable'] })
  }
  expect((await server.call('GET /jwks', {})).status).toBe(200)
  expect(lines.join('')).toContain('a request failed')
})
