import { describe, expect, expectTypeOf, test } from 'vitest'
import { Clerk } from '../src/clerk.js'
import type { RawInput } from '../src/transport/raw.js'
import { sendJSON, startServer } from './support/server.js'

async function start(body: unknown = { object: 'thing', some_name: 1 }, status = 200, httpOptions = {}) {
  const server = await startServer((response) => {
    response.setHeader('x-id', '7')
    if (body === null) response.writeHead(204).end()
    else sendJSON(response, body, status)
  })
  return { ...server, clerk: new Clerk('test_key', { serverApiUrl: server.url, httpOptions }) }
}

describe('clerk.request', () => {
  test('sends params, query and body as every call does, and gives the JSON as it came', async () => {
    const { clerk, requests } = await start()
    const data = await clerk.request('POST /things/{thing_id}/turn', {
      params: { thing_id: 'a/b' },
      query: { howFar: 1 },
      body: { publicMetadata: { aB: 1 }, left: undefined },
    })
    expect(data).toEqual({ object: 'thing', some_name: 1 })
    expect(requests).toMatchObject([
      {
        method: 'POST',
        url: '/v1/things/a%2Fb/turn?how_far=1',
        body: 'public_metadata=%7B%22aB%22%3A1%7D',
        headers: { authorization: 'Bearer test_key', 'content-type': 'application/x-www-form-urlencoded' },
      },
    ])
  })

  test('gives a list as it came, and undefined for an empty answer', async () => {
    expect(await (await start([1])).clerk.request('GET /things')).toEqual([1])
    expect(await (await start(null)).clerk.request('GET /things')).toBeUndefined()
  })

  test('sends a body that is a list as JSON', async () => {
    const { clerk, requests } = await start()
    await clerk.request('POST /things/bulk', { body: [{ someName: { inSide: 1 }, publicMetadata: { aB: 1 } }] })
    expect(requests).toMatchObject([
      {
        body: '[{"some_name":{"in_side":1},"public_metadata":{"aB":1}}]',
        headers: { 'content-type': 'application/json' },
      },
    ])
  })

  test('says how long a body is that goes with DELETE', async () => {
    const { clerk, requests } = await start()
    await clerk.request('DELETE /things', { body: { id: ['a', 'b'] } })
    expect(requests).toMatchObject([{ method: 'DELETE', body: 'id=a&id=b', headers: { 'content-length': '9' } }])
  })

  test('gives status and headers when they are asked for', async () => {
    const { clerk } = await start({ a: 1 }, 202)
    const { data, response } = await clerk.request<{ a: number }>('GET /things').withResponse()
    expect(data.a).toBe(1)
    expect(response).toMatchObject({ status: 202, headers: { 'x-id': '7' } })
  })

  test('fails as every call does, and only where it was asked', async () => {
    const { clerk, requests } = await start({ errors: [{ code: 'gone', message: 'm', long_message: 'l' }] }, 404)
    const expected = { statusCode: 404, route: 'GET /things/{id}', errors: [{ code: 'gone' }] }
    const call = () => clerk.request('GET /things/{id}', { params: { id: '1' } })
    await expect(call()).rejects.toMatchObject(expected)
    await expect(call().withResponse()).rejects.toMatchObject(expected)
    expect(requests).toHaveLength(2)
  })

  test('is repeated by the same rules', async () => {
    const retry = { limit: 1, backoffLimit: 1 }
    const { clerk, requests } = await start({}, 503, { retry })
    await expect(clerk.request('GET /things')).rejects.toMatchObject({ statusCode: 503 })
    await expect(clerk.request('POST /things')).rejects.toMatchObject({ statusCode: 503 })
    expect(requests.map(({ method }) => method)).toEqual(['GET', 'GET', 'POST'])
  })

  test('gives the JSON of an error when errors are not to be thrown', async () => {
    const { clerk } = await start({ errors: [] }, 404, { throwHttpErrors: false })
    const { data, response } = await clerk.request('GET /things').withResponse()
    expect(data).toEqual({ errors: [] })
    expect(response.status).toBe(404)
  })

  test('is given up by its signal', async () => {
    const { clerk, requests } = await start()
    const call = clerk.request('GET /things', { signal: AbortSignal.abort() })
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    expect(requests).toEqual([])
  })

  test.each<[string, object | undefined, RegExp]>([
    ['GET', undefined, /needs a route/],
    ['get /users', undefined, /needs a route/],
    ['GET users', undefined, /needs a route/],
    ['GET //users', undefined, /needs a route/],
    ['GET /users/../sessions', undefined, /needs a route/],
    ['GET /users/%2e%2E', undefined, /needs a route/],
    ['GET /users?limit=1', undefined, /needs a route/],
    ['GET /users#x', undefined, /needs a route/],
    ['GET /users/{user-id}', undefined, /needs a route/],
    ['GET /users HTTP/1.1', undefined, /needs a route/],
    ['GET /users', [], /needs an object/],
    ['GET /users', { query: 'limit=1' }, /query must be an object/],
    ['POST /users', { body: 'a=b' }, /body must be an object or a list/],
    ['GET /users', { body: {} }, /GET has no body/],
    ['GET /users/{user_id}', {}, /"GET \/users\/\{user_id\}" needs params\.user_id/],
    ['GET /users/{user_id}', { params: { user_id: 'u', id: 'u' } }, /has no \{id\}/],
    ['GET /users/{user_id}', { params: { user_id: '..' } }, /A valid ID is required/],
  ])('%s with %j is refused before any request', async (route, input, message) => {
    const { clerk, requests } = await start()
    const call = clerk.request(route as 'GET /x', input as RawInput)
    await expect(call).rejects.toThrow(message)
    expect(requests).toEqual([])
  })

  test('has types that know the params of a route', () => {
    const { request } = new Clerk('test_key')
    expectTypeOf(request<{ id: string }>).returns.resolves.toEqualTypeOf<{ id: string }>()
    const calls = (clerk: Clerk) => [
      clerk.request('GET /users/{user_id}', { params: { user_id: 'u' } }),
      clerk.request<object>('GET /users/{user_id}', { params: { user_id: 'u' } }),
      // @ts-expect-error: the params are missing
      clerk.request('GET /users/{user_id}'),
      // @ts-expect-error: there is no such param
      clerk.request('GET /users/{user_id}', { params: { id: 'u' } }),
      // @ts-expect-error: there is no such method
      clerk.request('LIST /users'),
    ]
    expect(calls).toBeTypeOf('function')
  })
})
