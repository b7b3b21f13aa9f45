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
