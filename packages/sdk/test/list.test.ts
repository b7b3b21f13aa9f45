import { describe, expect, test } from 'vitest'
import { Clerk } from '../src/clerk.js'
import { User } from '../src/users/user.js'
import { type Recorded, sendJSON, startJSON, startServer } from './support/server.js'

type Page = (limit: number, offset: number, count: number) => unknown

const user = (number: number) => ({ object: 'user', id: `user_${number}` })

const usersFrom = (first: number, count: number) => Array.from({ length: count }, (_, index) => user(first + index))

/** A server whose list is given a part at a time. */
async function start(page: Page) {
  const { url, requests } = await startServer((response, request, count) => {
    const { searchParams } = new URL(request.url, 'http://a')
    sendJSON(response, page(Number(searchParams.get('limit')), Number(searchParams.get('offset')), count))
  })
  return { requests, clerk: new Clerk('test_key', { serverApiUrl: url }) }
}

/** A server that has so many users. */
const startUsers = (total: number) =>
  start((limit, offset) => usersFrom(offset, Math.max(0, Math.min(limit, total - offset))))

async function idsOf(list: AsyncIterable<{ id: string }>): Promise<string[]> {
  const ids: string[] = []
  for await (const { id } of list) ids.push(id)
  return ids
}

const queries = (requests: Recorded[]) => requests.map(({ url }) => url.replace(/^.*\?/, ''))

const ids = (first: number, count: number) => usersFrom(first, count).map(({ id }) => id)

describe('list', () => {
  test('gives everything, a page of 100 at a time, and asks for nothing else', async () => {
    const { clerk, requests } = await startUsers(250)
    const found: User[] = []
    for await (const one of clerk.users.list()) found.push(one)
    expect(found).toHaveLength(250)
    expect(found[249]).toStrictEqual(new User({ id: 'user_249' }))
    expect(requests.map(({ url }) => url)).toEqual([
      '/v1/users?limit=100&offset=0',
      '/v1/users?limit=100&offset=100',
      '/v1/users?limit=100&offset=200',
    ])
  })

  test.each<[string, (clerk: Clerk) => AsyncIterable<{ id: string }>, string]>([
    ['users', (clerk) => clerk.users.list({ username: ['a'] }), '/v1/users?username=a&limit=100&offset=0'],
    ['sessions', (clerk) => clerk.sessions.list({ userId: 'u' }), '/v1/sessions?user_id=u&limit=100&offset=0'],
    ['clients', (clerk) => clerk.clients.list(), '/v1/clients?limit=100&offset=0'],
    [
      'invitations',
      (clerk) => clerk.invitations.list({ status: 'pending' }),
      '/v1/invitations?status=pending&limit=100&offset=0',
    ],
    [
      'allowlist identifiers',
      (clerk) => clerk.allowlistIdentifiers.list(),
      '/v1/allowlist_identifiers?limit=100&offset=0',
    ],
    [
      'blocklist identifiers',
      (clerk) => clerk.blocklistIdentifiers.list(),
      '/v1/blocklist_identifiers?limit=100&offset=0',
    ],
  ])('is to be had of %s', async (_, list, url) => {
    const { clerk, requests } = await start(() => [])
    expect(await idsOf(list(clerk))).toEqual([])
    expect(requests.map((request) => request.url)).toEqual([url])
  })

  test('begins at the offset, in pages of the limit', async () => {
    const { clerk, requests } = await startUsers(7)
    expect(await idsOf(clerk.users.list({ limit: 2, offset: 3 }))).toEqual(ids(3, 4))
    expect(queries(requests)).toEqual(['limit=2&offset=3', 'limit=2&offset=5', 'limit=2&offset=7'])
  })

  test('takes pages that come with their total', async () => {
    const { clerk, requests } = await start((limit, offset) => ({
      data: usersFrom(offset, Math.min(limit, 3 - offset)),
      total_count: 3,
    }))
    expect(await idsOf(clerk.users.list({ limit: 2 }))).toEqual(ids(0, 3))
    expect(requests).toHaveLength(2)
  })

  test('asks for the next page only when it is needed', async () => {
    const { clerk, requests } = await startUsers(10)
    const iterator = clerk.users.list({ limit: 2 })[Symbol.asyncIterator]()
    expect(requests).toHaveLength(0)
    await iterator.next()
    await iterator.next()
    expect(requests).toHaveLength(1)
    await iterator.next()
    expect(requests).toHaveLength(2)
    await iterator.return?.()
    expect(await iterator.next()).toEqual({ done: true, value: undefined })
    expect(requests).toHaveLength(2)
  })

  test('sends nothing more when the loop is left', async () => {
    const { clerk, requests } = await startUsers(10)
    for await (const { id } of clerk.users.list({ limit: 2 })) if (id === 'user_1') break
    const failed = (async () => {
      for await (const { id } of clerk.users.list({ limit: 2 })) throw new Error(id)
    })()
    await expect(failed).rejects.toThrow('user_0')
    expect(queries(requests)).toEqual(['limit=2&offset=0', 'limit=2&offset=0'])
  })

  test('begins anew with each loop, by what it was asked at first', async () => {
    const { clerk, requests } = await startUsers(3)
    const params = { limit: 2 }
    const list = clerk.users.list(params)
    params.limit = 1
    expect(await Promise.all([idsOf(list), idsOf(list)])).toEqual([ids(0, 3), ids(0, 3)])
    expect(await idsOf(list)).toEqual(ids(0, 3))
    expect(requests).toHaveLength(6)
  })

  test.each([0, -1, 501, 1.5, Number.NaN, '10', null])(
    'refuses a limit that is none before any request: %j',
    async (limit) => {
      const { clerk, requests } = await startUsers(3)
      const list = clerk.users.list({ limit: limit as number })
      await expect(idsOf(list)).rejects.toStrictEqual(new Error('list: limit must be a whole number from 1 to 500.'))
      expect(requests).toEqual([])
    },
  )

  test.each([-1, 1.5, Number.NaN, '10', null])(
    'refuses an offset that is none before any request: %j',
    async (offset) => {
      const { clerk, requests } = await startUsers(3)
      const list = clerk.users.list({ offset: offset as number })
      await expect(idsOf(list)).rejects.toStrictEqual(new Error('list: offset must be a whole number, 0 or more.'))
      expect(requests).toEqual([])
    },
  )

  test.each([1, 500])('takes a limit of %j', async (limit) => {
    const { clerk, requests } = await start(() => [])
    await idsOf(clerk.users.list({ limit }))
    expect(queries(requests)).toEqual([`limit=${limit}&offset=0`])
  })
})

describe('a list that changes, or a server that is odd', () => {
  test('gives nobody twice when somebody is created meanwhile', async () => {
    const { clerk } = await start((limit, offset, count) => {
      const all = [...usersFrom(100, count - 1), ...usersFrom(0, 5)]
      return all.slice(offset, offset + limit)
    })
    expect(await idsOf(clerk.users.list({ limit: 2 }))).toEqual(ids(0, 5))
  })

  test('goes on when as many were created meanwhile as there are on pages that it had', async () => {
    const { clerk } = await start((limit, offset, count) => {
      const all = [...usersFrom(100, count < 3 ? 0 : 4), ...usersFrom(0, 7)]
      return all.slice(offset, offset + limit)
    })
    expect(await idsOf(clerk.users.list({ limit: 2 }))).toEqual(ids(0, 7))
  })

  test('goes on when one was created meanwhile and pages are of one', async () => {
    const { clerk } = await start((limit, offset, count) => {
      const all = [...usersFrom(100, count < 2 ? 0 : 1), ...usersFrom(0, 3)]
      return all.slice(offset, offset + limit)
    })
    expect(await idsOf(clerk.users.list({ limit: 1 }))).toEqual(ids(0, 3))
  })

  test('ends when somebody is deleted meanwhile', async () => {
    const { clerk } = await start((limit, offset, count) =>
      usersFrom(count - 1, 6 - count).slice(offset, offset + limit),
    )
    expect(await idsOf(clerk.users.list({ limit: 2 }))).toEqual(['user_0', 'user_1', 'user_3', 'user_4'])
  })

  test('ends at an empty page', async () => {
    const { clerk, requests } = await startUsers(4)
    expect(await idsOf(clerk.users.list({ limit: 2 }))).toHaveLength(4)
    expect(requests).toHaveLength(3)
  })

  test('ends when the server gives the same page again and again', async () => {
    const { clerk, requests } = await start((limit) => usersFrom(0, limit))
    expect(await idsOf(clerk.users.list({ limit: 2 }))).toEqual(ids(0, 2))
    expect(requests).toHaveLength(3)
  })

  test('ends when the server gives the pages it has given in turns', async () => {
    const { clerk, requests } = await start((limit, _, count) => usersFrom(count % 2 ? 0 : limit, limit))
    expect(await idsOf(clerk.users.list({ limit: 2 }))).toEqual(ids(0, 4))
    expect(requests).toHaveLength(5)
  })

  test('goes on behind a page that is longer than was asked', async () => {
    const { clerk, requests } = await start((_, offset) => usersFrom(offset, Math.max(0, Math.min(4, 6 - offset))))
    expect(await idsOf(clerk.users.list({ limit: 2 }))).toEqual(ids(0, 6))
    expect(queries(requests)).toEqual(['limit=2&offset=0', 'limit=2&offset=4', 'limit=2&offset=6'])
  })

  test('gives everybody once when the server knows neither limit nor offset', async () => {
    const { clerk, requests } = await start(() => usersFrom(0, 5))
    expect(await idsOf(clerk.users.list({ limit: 2 }))).toEqual(ids(0, 5))
    expect(requests).toHaveLength(3)
  })
})

describe('a loop that fails', () => {
  test('rejects as the call for its page does, after what came before', async () => {
    const { url } = await startServer((response, _, count) => {
      if (count === 1) sendJSON(response, usersFrom(0, 2))
      else sendJSON(response, { errors: [{ code: 'gone', message: 'm', long_message: 'l' }] }, 410)
    })
    const found: string[] = []
    const loop = async () => {
      for await (const { id } of new Clerk('test_key', { serverApiUrl: url }).users.list({ limit: 2 })) found.push(id)
    }
    await expect(loop()).rejects.toMatchObject({ statusCode: 410, route: 'GET /users' })
    expect(found).toEqual(ids(0, 2))
  })

  test('does not take an error for the end when errors are not thrown', async () => {
    const { url } = await startJSON({ errors: [] }, 404)
    const clerk = new Clerk('test_key', { serverApiUrl: url, httpOptions: { throwHttpErrors: false } })
    await expect(idsOf(clerk.users.list())).rejects.toThrow('list: the API did not answer with a list.')
  })

  test('rejects with the reason of its signal, before it begins, between pages and between items', async () => {
    const reason = new Error('enough')
    for (const last of ['', 'user_0', 'user_1']) {
      const { clerk, requests } = await startUsers(10)
      const controller = new AbortController()
      const found: string[] = []
      const loop = async () => {
        if (last === '') controller.abort(reason)
        for await (const { id } of clerk.users.list({ limit: 2 }, { signal: controller.signal })) {
          found.push(id)
          if (id === last) controller.abort(reason)
        }
      }
      await expect(loop()).rejects.toBe(reason)
      expect(found.at(-1) ?? '').toBe(last)
      expect(requests).toHaveLength(last === '' ? 0 : 1)
    }
  })
})
