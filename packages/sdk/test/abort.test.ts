import { getEventListeners } from 'node:events'
import type { Server } from 'node:net'
import { describe, expect, test } from 'vitest'
import { Clerk } from '../src/clerk.js'
import { sendJSON, startJSON, startServer } from './support/server.js'

const user = { object: 'user', id: 'user_1' }

const clerkAt = (serverApiUrl: string, httpOptions = {}) => new Clerk('test_key', { serverApiUrl, httpOptions })

const connectionsOf = (server: Server) => new Promise((resolve) => server.getConnections((_, count) => resolve(count)))

describe('a call that its signal aborts', () => {
  test('before it begins sends nothing', async () => {
    const { url, requests } = await startJSON(user)
    const call = clerkAt(url).users.getUser('user_1', { signal: AbortSignal.abort() })
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    expect(requests).toEqual([])
  })

  test('before the headers are there rejects at once and closes the connection', async () => {
    const controller = new AbortController()
    const { url, requests, server } = await startServer(() => controller.abort())
    const call = clerkAt(url).users.getUser('user_1', { signal: controller.signal })
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => connectionsOf(server)).toBe(0)
    expect(requests).toHaveLength(1)
  })

  test('within the body rejects at once and closes the connection', async () => {
    const controller = new AbortController()
    const { url, requests, server } = await startServer((response) => {
      response.writeHead(200).write('{"object":', () => setTimeout(() => controller.abort(), 20))
    })
    const call = clerkAt(url).users.getUser('user_1', { signal: controller.signal })
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    await expect.poll(() => connectionsOf(server)).toBe(0)
    expect(requests).toHaveLength(1)
  })

  test('while it waits to try again sends nothing more', async () => {
    const controller = new AbortController()
    const { url, requests } = await startServer((response) => {
      response.on('close', () => setTimeout(() => controller.abort(), 20))
      response.setHeader('retry-after', '20')
      sendJSON(response, {}, 503)
    })
    const call = clerkAt(url).users.getUser('user_1', { signal: controller.signal })
    await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    expect(requests).toHaveLength(1)
  })

  test('while a hook is at work rejects at once and sends nothing afterwards', async () => {
    const controller = new AbortController()
    const { url, requests } = await startJSON(user)
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    const beforeRequest = [
      () => {
        controller.abort()
        return held
      },
    ]
    const { users } = clerkAt(url, { hooks: { beforeRequest } })
    await expect(users.getUser('user_1', { signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' })
    goOn()
    await users.getUser('user_2').catch(() => {})
    expect(requests).toMatchObject([{ url: '/v1/users/user_2' }])
  })

  test.each([
    ['an Error', new RangeError('enough'), { name: 'RangeError', message: 'enough' }],
    ['no Error', 'enough', { name: 'AbortError', cause: 'enough' }],
    ['nothing', undefined, { name: 'AbortError' }],
  ])('rejects with its reason, which is %s', async (_, reason, expected) => {
    const { url } = await startJSON(user)
    const call = clerkAt(url).users.getUser('user_1', { signal: AbortSignal.abort(reason) })
    await expect(call).rejects.toMatchObject(expected)
  })

  test('is not one for the hooks of failed calls', async () => {
    const controller = new AbortController()
    const { url } = await startServer(() => controller.abort())
    const seen: unknown[] = []
    const note = (error: Error) => {
      seen.push(error)
      return error
    }
    const clerk = clerkAt(url, { hooks: { beforeError: [note] } })
    await clerk.users.getUser('user_1', { signal: controller.signal }).catch(() => {})
    await clerk.users.getUser('', {}).catch(() => {})
    expect(seen).toEqual([])
  })
})

describe('a signal', () => {
  test('that outlives a thousand calls keeps none of them and causes no warning', async () => {
    const { url } = await startServer((response, { url: path }) => {
      sendJSON(response, user, path.endsWith('odd') ? 404 : 200)
    })
    const { signal } = new AbortController()
    const warnings: Error[] = []
    const warn = (warning: Error) => warnings.push(warning)
    process.on('warning', warn)
    const { users } = clerkAt(url)
    await Promise.allSettled(
      Array.from({ length: 1000 }, (_, index) => users.getUser(index % 2 ? 'odd' : 'even', { signal })),
    )
    process.off('warning', warn)
    expect(getEventListeners(signal, 'abort')).toEqual([])
    expect(warnings).toEqual([])
  })

  test('is taken by every method', async () => {
    const { url, requests } = await startJSON(user)
    const { users, sessions } = clerkAt(url)
    const options = { signal: AbortSignal.abort() }
    const calls = [
      users.getUserList({}, options),
      users.getCount({}, options),
      users.getUser('u', options),
      users.createUser({}, options),
      users.updateUser('u', {}, options),
      users.update('u', {}, options),
      users.updateUserMetadata('u', {}, options),
      users.deleteUser('u', options),
      sessions.getSessionList({}, options),
      sessions.getSession('s', options),
      sessions.createSession({ userId: 'u' }, options),
      sessions.revokeSession('s', options),
      sessions.verifySession('s', 't', options),
      sessions.getToken('s', {}, options),
    ]
    for (const call of calls) await expect(call).rejects.toMatchObject({ name: 'AbortError' })
    expect(requests).toEqual([])
  })

  test('that is none is refused before any request', async () => {
    const { url, requests } = await startJSON(user)
    const call = clerkAt(url).users.getUser('user_1', { signal: {} as AbortSignal })
    await expect(call).rejects.toStrictEqual(new Error('signal must be an AbortSignal.'))
    expect(requests).toEqual([])
  })

  test('is not looked for in what map hands on', async () => {
    const { url } = await startJSON(user)
    const { getUser } = clerkAt(url).users
    const ids: readonly string[] = ['user_1', 'user_2']
    expect(await Promise.all(ids.map(getUser as (id: string) => Promise<unknown>))).toHaveLength(2)
  })
})
