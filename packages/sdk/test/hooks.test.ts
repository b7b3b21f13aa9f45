import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { HttpError } from '../src/errors.js'
import type { HookOptions, HookResponse, HttpHooks } from '../src/transport/hooks.js'
import { testRequest } from './support/client.js'
import { sendJSON, startJSON, startServer } from './support/server.js'

const user = { object: 'user', id: 'user_1' }
const route = 'GET /users/{user_id}'
const params = { user_id: 'user_1' }

async function start(hooks: HttpHooks, status = 200, retry = 0) {
  const { url, requests } = await startJSON(user, status)
  return { url, requests, ...testRequest(url, { hooks, retry }) }
}

describe('hooks.beforeRequest', () => {
  test('sees the request and changes its headers, one hook after the other', async () => {
    const seen: HookOptions[] = []
    const first = async (options: HookOptions) => {
      seen.push(options)
      options.headers['x-first'] = 'yes'
      options.headers['accept'] = undefined
    }
    const second = ({ headers }: HookOptions) => {
      headers['x-second'] = headers['x-first']
    }
    const { request, requests, url } = await start({ beforeRequest: [first, second] })
    await request('PATCH /users/{user_id}', { params, body: { firstName: 'A' } })
    expect(seen[0]).toMatchObject({ method: 'PATCH', body: 'first_name=A' })
    expect(seen[0]?.url.href).toBe(`${url}/v1/users/user_1`)
    expect(seen[0]?.headers.authorization).toBe('Bearer test_key')
    expect(requests[0]?.headers).toMatchObject({ 'x-first': 'yes', 'x-second': 'yes', 'content-length': '12' })
    expect(requests[0]?.headers).not.toHaveProperty('accept')
  })

  test('gets options that show no key when they are printed', async () => {
    const printed: string[] = []
    const print = (options: HookOptions) =>
      void printed.push(inspect(options, { showHidden: true }), JSON.stringify(options))
    await (await start({ beforeRequest: [print] })).request(route, { params })
    for (const text of printed) expect(text).not.toContain('test_key')
    expect(printed[1]).toContain('[redacted]')
  })

  test.each([
    ['content-length', '5', /httpOptions\.hooks cannot have content-length/],
    ['x-a', 'a\nb', /x-a/],
  ])('cannot set %s to %j', async (name, value, message) => {
    const set = ({ headers }: HookOptions) => {
      headers[name] = value
    }
    const { request, requests } = await start({ beforeRequest: [set] })
    await expect(request(route, { params })).rejects.toMatchObject({ statusCode: 500, message, route })
    expect(requests).toEqual([])
  })

  test('that throws ends the call with an HttpError', async () => {
    const cause = new RangeError('no')
    const { request, requests } = await start({ beforeRequest: [() => Promise.reject(cause)] })
    const error: unknown = await request(route, { params }).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(HttpError)
    expect(error).toMatchObject({ statusCode: 500, message: 'no', cause, route })
    expect(requests).toEqual([])
  })
})

describe('hooks.afterResponse', () => {
  test('sees the answer and may change it, or give another', async () => {
    const seen: unknown[] = []
    const { request, url } = await start({
      afterResponse: [
        (response) => void seen.push({ ...response }),
        (response) => ({ ...response, body: { ...user, id: 'user_2' } }),
        (response) => {
          Object.assign(response.body as object, { username: 'x' })
          return response
        },
      ],
    })
    expect(await request(route, { params })).toMatchObject({ id: 'user_2', username: 'x' })
    expect(seen).toMatchObject([
      { statusCode: 200, statusMessage: 'OK', body: user, retryCount: 0, url: `${url}/v1/users/user_1` },
    ])
  })

  test('decides by the status whether the call is repeated', async () => {
    const counts: number[] = []
    const mend = (response: HookResponse) => {
      counts.push(response.retryCount)
      if (response.retryCount === 1) response.statusCode = 200
    }
    const { request, requests } = await start({ afterResponse: [mend] }, 503, 2)
    expect(await request(route, { params })).toMatchObject({ id: 'user_1' })
    expect(requests).toHaveLength(2)
    expect(counts).toEqual([0, 1])
  })

  test('leaves a body alone that is no JSON', async () => {
    const { url } = await startServer((response) => response.end('<html>'))
    const { request } = testRequest(url, { hooks: { afterResponse: [() => {}] } })
    await expect(request(route, { params })).rejects.toMatchObject({ name: 'ParseError', data: '<html>' })
  })
})

test('hooks.beforeRetry sees why, and changes the headers of the next attempts', async () => {
  const seen: unknown[] = []
  const hook = ({ headers }: HookOptions, { statusCode, message }: HttpError, retryCount: number) => {
    seen.push([statusCode, message, retryCount])
    headers['x-attempt'] = String(retryCount)
  }
  const { request, requests } = await start({ beforeRetry: [hook] }, 503, 2)
  await expect(request(route, { params })).rejects.toMatchObject({ statusCode: 503 })
  const message = 'Response code 503 (Service Unavailable)'
  expect(seen).toEqual([
    [503, message, 1],
    [503, message, 2],
  ])
  expect(requests.map(({ headers }) => headers['x-attempt'])).toEqual([undefined, '1', '2'])
})

describe('hooks.beforeError', () => {
  test('says what the call rejects with', async () => {
    const mine = new Error('mine')
    const { request } = await start({ beforeError: [async () => mine] }, 404)
    await expect(request(route, { params })).rejects.toBe(mine)
  })

  test('sees every kind of failure once, after the retries', async () => {
    const seen: unknown[] = []
    const note = (error: HttpError) => {
      seen.push(error.statusCode)
      return error
    }
    const { url } = await startServer((response, { url: path }) => {
      if (path.endsWith('broken')) return response.end('{')
      sendJSON(response, {}, 503)
    })
    const { request } = testRequest(url, { hooks: { beforeError: [note] } })
    await expect(request(route, { params })).rejects.toMatchObject({ statusCode: 503 })
    await expect(request(route, { params: { user_id: 'broken' } })).rejects.toMatchObject({ name: 'ParseError' })
    expect(seen).toEqual([503, 500])
  })

  test('must give an Error', async () => {
    const { request } = await start({ beforeError: [() => undefined as never] }, 404)
    await expect(request(route, { params })).rejects.toMatchObject({
      name: 'HttpError',
      message: 'httpOptions.hooks.beforeError must return an Error.',
    })
  })
})
