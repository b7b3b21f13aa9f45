import { createRequire } from 'node:module'
import * as imported from '@clerk/clerk-sdk-node'
import nock from 'nock'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { createSigner } from './support/tokens.js'

// These tests are of the built package, as the tests of its users see it: nock answers in place of `node:http`, and is
// loaded after the package.

const required = createRequire(import.meta.url)('@clerk/clerk-sdk-node') as typeof imported

const api = 'https://api.clerk.dev'
const user = { object: 'user', id: 'user_1' }

beforeAll(() => nock.disableNetConnect())
afterEach(() => {
  expect(nock.pendingMocks()).toEqual([])
  nock.cleanAll()
})
afterAll(() => {
  nock.restore()
  nock.enableNetConnect()
})

describe.each([
  ['import', imported],
  ['require', required],
])('nock, where the package is loaded by %s', (_, { Clerk, ConnectionError, TimeoutError }) => {
  const create = (httpOptions = {}) => new Clerk({ apiKey: 'test_key', httpOptions })

  test('answers a call by its path, its query and its headers', async () => {
    nock(api, { reqheaders: { authorization: 'Bearer test_key', 'content-type': 'application/x-www-form-urlencoded' } })
      .get('/v1/users')
      .query({ limit: 1, email_address: ['a@example.com', 'b@example.com'] })
      .reply(200, [user])
    const users = await create().users.getUserList({ limit: 1, emailAddress: ['a@example.com', 'b@example.com'] })
    expect(users.map(({ id }) => id)).toEqual(['user_1'])
  })

  test('answers a call by the form in its body', async () => {
    nock(api)
      .post('/v1/users', { email_address: 'a@example.com', public_metadata: '{"role":"admin"}' })
      .reply(200, user)
    const created = await create().users.createUser({
      emailAddress: ['a@example.com'],
      publicMetadata: { role: 'admin' },
    })
    expect(created.id).toBe('user_1')
  })

  test('answers the attempts of a call one by one', async () => {
    nock(api).get('/v1/users/user_1').reply(503, 'busy')
    nock(api).get('/v1/users/user_1').replyWithError({ code: 'ECONNRESET', message: 'socket hang up' })
    nock(api).get('/v1/users/user_1').reply(200, user)
    expect(await create({ retry: { backoffLimit: 1 } }).users.getUser('user_1')).toMatchObject({ id: 'user_1' })
  })

  test('answers with errors, of the API and of the connection', async () => {
    nock(api)
      .get('/v1/users/user_1')
      .reply(404, { errors: [{ message: 'not found', long_message: 'No user', code: 'resource_not_found' }] })
    await expect(create().users.getUser('user_1')).rejects.toMatchObject({
      statusCode: 404,
      errors: [{ code: 'resource_not_found' }],
    })
    nock(api).delete('/v1/users/user_1').replyWithError({ code: 'ECONNREFUSED', message: 'connect ECONNREFUSED' })
    const refused: unknown = await create({ retry: 0 })
      .users.deleteUser('user_1')
      .catch((error: unknown) => error)
    expect(refused).toBeInstanceOf(ConnectionError)
    expect(refused).toMatchObject({ statusCode: 500, code: 'ECONNREFUSED' })
  })

  test('answers too late', async () => {
    nock(api).get('/v1/users/user_1').delay(5000).reply(200, user)
    const late: unknown = await create({ retry: 0, timeout: 50 })
      .users.getUser('user_1')
      .catch((error: unknown) => error)
    nock.abortPendingRequests()
    expect(late).toBeInstanceOf(TimeoutError)
    expect(late).toMatchObject({ statusCode: 500, code: 'ETIMEDOUT' })
  })

  test('answers the request for the key set', async () => {
    const signer = await createSigner('key_1')
    nock(api, { reqheaders: { authorization: 'Bearer test_key' } })
      .get('/v1/jwks')
      .reply(200, { keys: [signer.jwk] })
    expect(await create().verifyToken(await signer.sign())).toMatchObject({ sub: 'user_1' })
  })

  test('answers the one instance', async () => {
    imported.setClerkApiKey('test_key')
    nock(api).get('/v1/sessions/sess_1').reply(200, { object: 'session', id: 'sess_1' })
    expect(await imported.sessions.getSession('sess_1')).toMatchObject({ id: 'sess_1' })
  })
})
