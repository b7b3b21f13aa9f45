import { expect, test } from 'vitest'
import { startReady } from '../support/command-line.js'
import { startInstance } from '../support/instance.js'

const ask = (url: string, authorization?: string) =>
  fetch(`${url}/metrics`, { headers: authorization === undefined ? {} : { authorization } })

/** The lines of one metric. */
const linesOf = (text: string, name: string) => text.split('\n').filter((line) => line.startsWith(name))

test('requests are counted by route and status, never by what is in a path', async () => {
  const server = await startInstance({ storage: { memory: true }, metrics: {} })
  await server.call('GET /users', {})
  await server.call('GET /users/{user_id}', { params: { user_id: 'user_secret' } })
  await fetch(`${server.url}/no/such/path`)

  const response = await ask(server.url)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=/)
  const text = await response.text()
  expect(linesOf(text, 'clerk_http_request_duration_seconds_count')).toEqual([
    'clerk_http_request_duration_seconds_count{route="GET /users",status="200"} 1',
    'clerk_http_request_duration_seconds_count{route="GET /users/{user_id}",status="404"} 1',
    'clerk_http_request_duration_seconds_count{route="GET",status="404"} 1',
  ])
  expect(text).toMatch(/^nodejs_eventloop_lag_p99_seconds [\d.e-]+$/m)
  expect(text).not.toContain('user_secret')
})

test('instances in one process count for themselves', async () => {
  const [one, other] = await Promise.all([1, 2].map(() => startInstance({ storage: { memory: true }, metrics: {} })))
  await one?.call('GET /users', {})
  expect(await (await ask(other?.url ?? '')).text()).not.toContain('route="GET /users"')
})

test('with a token, nobody sees them without it', async () => {
  const server = await startInstance({ storage: { memory: true }, metrics: { token: 'a token of its own' } })
  for (const authorization of [undefined, 'Bearer another', `Bearer ${server.secretKey}`]) {
    const response = await ask(server.url, authorization)
    expect(response.status).toBe(401)
    expect(await response.json()).toMatchObject({ errors: [{ code: 'authentication_invalid' }] })
  }
})

test('the right token shows them', async () => {
  const server = await startInstance({ storage: { memory: true }, metrics: { token: 'its-token' } })
  expect((await ask(server.url, 'Bearer its-token')).status).toBe(200)
})

test('a server that is not asked to has none', async () => {
  const server = await startInstance({ storage: { memory: true } })
  expect((await ask(server.url)).status).toBe(404)
})

test('clerk-server start shows them to everybody, or to who has the token', async () => {
  const open = await startReady('--memory')
  expect((await ask(open.ready.url)).status).toBe(200)
  const guarded = await startReady('--memory', '--metrics-token', 'its-token')
  expect((await ask(guarded.ready.url)).status).toBe(401)
  expect((await ask(guarded.ready.url, 'Bearer its-token')).status).toBe(200)
})
