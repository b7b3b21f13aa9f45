import { describe, expect, test } from 'vitest'
import { testRequest } from './support/client.js'
import { sendJSON, startJSON, startServer } from './support/server.js'

const user = { object: 'user', id: 'user_1' }
const params = { user_id: 'user_1' }

/** A server that sends every call to `location` first. */
const startRedirecting = (status: number, location: string) =>
  startServer((response, { url }) => {
    if (url === '/v1/elsewhere') sendJSON(response, user)
    else response.writeHead(status, { location }).end()
  })

describe('a redirect within the origin', () => {
  test.each([
    [301, 'PATCH', 'first_name=A'],
    [302, 'PATCH', 'first_name=A'],
    [303, 'GET', ''],
    [307, 'PATCH', 'first_name=A'],
    [308, 'PATCH', 'first_name=A'],
  ])('%d is followed with %s', async (status, method, body) => {
    const { url, requests } = await startRedirecting(status, '/v1/elsewhere')
    const { request } = testRequest(url)
    const call = request('PATCH /users/{user_id}', { params, body: { firstName: 'A' } })
    expect(await call).toMatchObject({ id: 'user_1' })
    expect(requests).toMatchObject([
      { method: 'PATCH', url: '/v1/users/user_1' },
      { method, url: '/v1/elsewhere', body, headers: { authorization: 'Bearer test_key' } },
    ])
    expect(requests[1]?.headers['content-length']).toBe(body ? '12' : undefined)
  })

  test('is followed without credentials that it may have in it', async () => {
    const { url, requests } = await startServer((response, { url: path, headers }) => {
      if (path === '/v1/elsewhere') return sendJSON(response, user)
      response.writeHead(302, { location: `http://other:one@${headers.host}/v1/elsewhere` }).end()
    })
    await testRequest(url).request('GET /users/{user_id}', { params })
    expect(requests[1]?.headers.authorization).toBe('Bearer test_key')
  })

  test('is an error when it is not to be followed', async () => {
    const { url, requests } = await startRedirecting(302, '/v1/elsewhere')
    const call = testRequest(url, { followRedirect: false }).request('GET /users/{user_id}', { params })
    await expect(call).rejects.toMatchObject({
      statusCode: 302,
      message: expect.stringContaining('that was not followed'),
    })
    expect(requests).toHaveLength(1)
  })

  test.each([
    [{}, 11, 'Redirected 10 times. Aborting.'],
    [{ maxRedirects: 2 }, 3, 'Redirected 2 times. Aborting.'],
    [{ maxRedirects: 0 }, 1, 'Redirected 0 times. Aborting.'],
  ])('that leads to itself ends: %j', async (options, count, message) => {
    const { url, requests } = await startRedirecting(302, '/v1/users')
    const call = testRequest(url, options).request('GET /users', {})
    await expect(call).rejects.toMatchObject({
      statusCode: 302,
      message,
      code: 'ERR_TOO_MANY_REDIRECTS',
      route: 'GET /users',
    })
    expect(requests).toHaveLength(count)
  })
})

test('a redirect to another origin is not followed, after one within it neither', async () => {
  const other = await startJSON(user)
  const { url } = await startServer((response, { url: path }) => {
    const location = path === '/v1/users' ? '/v1/elsewhere' : `${other.url}/secret`
    response.writeHead(307, { location }).end()
  })
  const call = testRequest(url).request('GET /users', {})
  await expect(call).rejects.toMatchObject({
    statusCode: 307,
    message: `Response code 307 (Temporary Redirect), a redirect to ${other.url} that was not followed`,
  })
  expect(other.requests).toEqual([])
})
