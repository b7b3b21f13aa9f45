import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { version } from '../package.json'
import { Clerk } from '../src/clerk.js'
import { startJSON, startServer } from './support/server.js'

const user = { object: 'user', id: 'user_1' }

async function start(answer: unknown = user) {
  const server = await startJSON(answer)
  return { ...server, clerk: new Clerk({ apiKey: 'test_key', serverApiUrl: server.url }) }
}

describe('a request', () => {
  test('carries the key, the form type, and who sends it', async () => {
    const { clerk, requests } = await start()
    await clerk.users.getUser('user_1')
    expect(requests[0]).toMatchObject({
      method: 'GET',
      url: '/v1/users/user_1',
      body: '',
      headers: {
        authorization: 'Bearer test_key',
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': `@clerk/clerk-sdk-node/${version}`,
        accept: 'application/json',
        'accept-encoding': 'gzip, deflate, br',
      },
    })
    expect(requests[0]?.headers).not.toHaveProperty('content-length')
  })

  test('says how long a body is where there can be one, and nothing where there is none', async () => {
    const { clerk, requests } = await start()
    await clerk.users.deleteUser('user_1')
    await clerk.sessions.revokeSession('sess_1')
    await clerk.users.updateUser('user_1', { firstName: 'A' })
    expect(requests.map(({ headers }) => headers['content-length'])).toEqual([undefined, '0', '12'])
    for (const { headers } of requests) expect(headers).not.toHaveProperty('transfer-encoding')
  })

  test('has custom headers, of which a user-agent wins in any case, and the key and the form type do not', async () => {
    const { clerk, requests } = await start()
    clerk.httpOptions = {
      headers: {
        'x-unicorn': 'rainbow',
        'User-Agent': 'mine',
        AUTHORIZATION: 'no',
        'content-type': 'no',
        accept: 'a/b',
      },
    }
    await clerk.users.getUser('user_1')
    expect(requests[0]?.headers).toMatchObject({
      'x-unicorn': 'rainbow',
      'user-agent': 'mine',
      authorization: 'Bearer test_key',
      'content-type': 'application/x-www-form-urlencoded',
      accept: 'a/b',
    })
  })

  test.each<[string, (clerk: Clerk) => Promise<unknown>, string, string, string]>([
    ['getUserList()', (clerk) => clerk.users.getUserList(), 'GET', '/v1/users', ''],
    [
      'getUserList(page)',
      (clerk) => clerk.users.getUserList({ limit: 1, offset: 0 }),
      'GET',
      '/v1/users?limit=1&offset=0',
      '',
    ],
    [
      'getUserList(order)',
      (clerk) => clerk.users.getUserList({ orderBy: '+updated_at' }),
      'GET',
      '/v1/users?order_by=%2Bupdated_at',
      '',
    ],
    [
      'getUserList(any of)',
      (clerk) => clerk.users.getUserList({ emailAddress: ['a', 'b'] }),
      'GET',
      '/v1/users?email_address=a&email_address=b',
      '',
    ],
    [
      'getUserList(nothing known)',
      (clerk) => clerk.users.getUserList({ someThing: 1 } as object),
      'GET',
      '/v1/users?some_thing=1',
      '',
    ],
    ['getUser', (clerk) => clerk.users.getUser('u'), 'GET', '/v1/users/u', ''],
    ['createUser()', (clerk) => clerk.users.createUser(), 'POST', '/v1/users', ''],
    [
      'createUser',
      (clerk) => clerk.users.createUser({ emailAddress: ['a'], firstName: 'F' }),
      'POST',
      '/v1/users',
      'email_address=a&first_name=F',
    ],
    [
      'updateUser',
      (clerk) => clerk.users.updateUser('u', { primaryEmailAddressID: 'i' }),
      'PATCH',
      '/v1/users/u',
      'primary_email_address_id=i',
    ],
    [
      'update',
      (clerk) => clerk.users.update('u', { unsafeMetadata: { a: 1 } }),
      'PATCH',
      '/v1/users/u',
      'unsafe_metadata=%7B%22a%22%3A1%7D',
    ],
    [
      'updateUserMetadata',
      (clerk) => clerk.users.updateUserMetadata('u', { publicMetadata: {} }),
      'PATCH',
      '/v1/users/u/metadata',
      'public_metadata=%7B%7D',
    ],
    ['deleteUser', (clerk) => clerk.users.deleteUser('u'), 'DELETE', '/v1/users/u', ''],
    ['getSessionList()', (clerk) => clerk.sessions.getSessionList(), 'GET', '/v1/sessions', ''],
    [
      'getSessionList(of)',
      (clerk) => clerk.sessions.getSessionList({ clientId: 'c', userId: 'u' }),
      'GET',
      '/v1/sessions?client_id=c&user_id=u',
      '',
    ],
    ['getSession', (clerk) => clerk.sessions.getSession('s'), 'GET', '/v1/sessions/s', ''],
    ['createSession', (clerk) => clerk.sessions.createSession({ userId: 'u' }), 'POST', '/v1/sessions', 'user_id=u'],
    ['revokeSession', (clerk) => clerk.sessions.revokeSession('s'), 'POST', '/v1/sessions/s/revoke', ''],
    ['verifySession', (clerk) => clerk.sessions.verifySession('s', 't'), 'POST', '/v1/sessions/s/verify', 'token=t'],
    [
      'getToken',
      (clerk) => clerk.sessions.getToken('s', { expiresInSeconds: 60 }),
      'POST',
      '/v1/sessions/s/tokens',
      'expires_in_seconds=60',
    ],
  ])('%s goes to its route', async (_, call, method, url, body) => {
    const { clerk, requests } = await start()
    await call(clerk)
    expect(requests).toMatchObject([{ method, url, body }])
  })

  test('getCount gives the number', async () => {
    const { clerk, requests } = await start({ object: 'total_count', total_count: 7 })
    expect(await clerk.users.getCount({ username: ['a'] })).toBe(7)
    expect(requests).toMatchObject([{ method: 'GET', url: '/v1/users/count?username=a' }])
  })

  test('a trailing slash of the URL does not double', async () => {
    const { url, requests } = await start()
    await new Clerk('k', { serverApiURL: `${url}//`, apiVersion: 'v9' }).users.getUserList()
    expect(requests[0]?.url).toBe('/v9/users')
  })

  test('a method works without its object', async () => {
    const { clerk } = await start()
    const { getUser } = clerk.users
    expect((await getUser('user_1')).id).toBe('user_1')
  })
})

describe('an id', () => {
  test.each([
    ['a/b?c#d', 'a%2Fb%3Fc%23d'],
    ['../x', '..%2Fx'],
    ['%2e%2e', '%252e%252e'],
    ['\0', '%00'],
    ['a\nb', 'a%0Ab'],
    ['ü', '%C3%BC'],
    ['…', '%E2%80%A6'],
    ['x'.repeat(10_000), 'x'.repeat(10_000)],
  ])('is one segment of the path: %j', async (id, segment) => {
    const { clerk, requests } = await start()
    await clerk.users.getUser(id)
    expect(requests[0]?.url).toBe(`/v1/users/${segment}`)
  })

  test.each(['', '.', '..', null, undefined, 0, 5, {}, [], '\ud800'])(
    'that is none is refused before any request: %j',
    async (id) => {
      const { clerk, requests } = await start()
      const bad = id as string
      const { users, sessions } = clerk
      const calls = [
        () => users.getUser(bad),
        () => users.updateUser(bad, {}),
        () => users.updateUserMetadata(bad, {}),
        () => users.deleteUser(bad),
        () => sessions.getSession(bad),
        () => sessions.revokeSession(bad),
        () => sessions.verifySession(bad, 't'),
        () => sessions.getToken(bad),
      ]
      for (const call of calls) {
        const error: unknown = await call().catch((reason: unknown) => reason)
        expect(error).toStrictEqual(new Error('A valid ID is required.'))
      }
      expect(requests).toEqual([])
    },
  )
})

describe('secrets', () => {
  const httpOptions = { retry: 0, hooks: { beforeRequest: [() => {}] } }

  test('are not shown by an instance, its sub-APIs, its options or an error', async () => {
    const { url, server } = await startServer((response, { url: path }) => {
      if (path.includes('reset')) return response.destroy()
      if (path.includes('text')) return response.end('<p>Bearer sk_live_secret</p>')
      if (path.includes('away')) return response.writeHead(302, { location: 'https://a.invalid/?secret' }).end()
      response.writeHead(path.includes('slow') ? 429 : 404).end('{"errors":[]}')
    })
    const clerk = new Clerk({ apiKey: 'sk_live_secret', serverApiUrl: url, httpOptions })
    const failure = (call: Promise<unknown>): Promise<unknown> => call.catch((reason: unknown) => reason)
    const errors = await Promise.all(
      ['none', 'reset', 'text', 'away', 'slow'].map((id) => failure(clerk.users.getUser(id))),
    )
    server.close()
    clerk.serverApiUrl = 'https://user:secret@localhost:1'
    errors.push(await failure(clerk.users.getUser('refused')))
    clerk.serverApiUrl = 'no url with a secret'
    errors.push(await failure(clerk.users.getUser('no url')))
    errors.push(await failure(clerk.request('POST /{id}', { params: { id: 'u' }, body: { secret: 1 } })))
    for (const error of errors) expect(error).toBeInstanceOf(Error)
    for (const value of [clerk, clerk.users, clerk.sessions, clerk.httpOptions, ...errors]) {
      expect(inspect(value, { showHidden: true, depth: 9, getters: true })).not.toContain('secret')
      expect(JSON.stringify(value)).not.toContain('secret')
      expect(String(value)).not.toContain('secret')
    }
  })

  test('an error says which call failed when it is printed or its stack is logged', async () => {
    const { url } = await startJSON({ errors: [] }, 404)
    const clerk = new Clerk({ apiKey: 'test_key', serverApiUrl: url })
    const error: unknown = await clerk.users.getUser('u').catch((reason: unknown) => reason)
    const said = /^HttpError: Response code 404 \(Not Found\) \(GET \/users\/\{user_id\}\)\n/
    expect(inspect(error)).toMatch(said)
    expect((error as Error).stack).toMatch(said)
    expect(error).toMatchObject({ statusCode: 404, message: 'Response code 404 (Not Found)' })
  })
})
