import type { Storage } from 'clerk-server'
import { describe, expect, test } from 'vitest'
import { type Instance, startFresh, startInstance, storageKinds } from '../support/instance.js'
import { rowsIn } from '../support/rows.js'

type Query = Record<string, string>

/** The ids of those who are found, having made sure that as many are counted. */
async function found(server: Instance, query: Query): Promise<string[]> {
  const { status, body } = await server.call('GET /users', { query })
  expect(status, JSON.stringify(query)).toBe(200)
  const count = await server.call('GET /users/count', { query })
  expect(count.body.total_count, JSON.stringify(query)).toBe(body.length)
  return body.map(({ id }) => id)
}

/** Looks for somebody by each parameter alone, in two orders, and by all of them. */
async function expectFound(server: Instance, query: Query, ids: string[]): Promise<void> {
  for (const one of Object.entries(query)) {
    const alone = Object.fromEntries([one])
    expect(await found(server, alone), one.join()).toEqual(ids)
    expect(await found(server, { ...alone, order_by: 'username' }), one.join()).toEqual(ids)
  }
  expect(await found(server, query)).toEqual(ids)
}

const grace = {
  username: 'grace_h',
  first_name: 'Grace',
  last_name: 'Hopper',
  email_address: ['grace@navy.example'],
  phone_number: ['+14155550100'],
}
const graceBy = {
  query: 'grace@navy',
  email_address_query: 'navy',
  phone_number_query: '4155550100',
  username_query: 'grace_',
  name_query: 'ace hop',
}

/** What she is called later. */
const changed = { username: 'amazing', first_name: 'Amazing', last_name: 'Murray' }
const changedBy = {
  query: 'amazing@',
  email_address_query: 'yale',
  phone_number_query: '718387',
  username_query: 'amaz',
  name_query: 'ing mur',
}

/** They have in one field what is looked for in another. */
const others = [
  { username: 'navy_yale', first_name: '4155550100', last_name: 'grace_ amaz', email_address: ['ace@example.com'] },
  { username: 'hop-718387', first_name: 'Navy', last_name: 'Yale', email_address: ['4155550100@example.com'] },
]

async function create(server: Instance, json: object): Promise<string> {
  const { status, body } = await server.call('POST /users', { json })
  expect(status).toBe(200)
  return body.id
}

/** Calls somebody something else in every field. */
async function rename(server: Instance, id: string): Promise<void> {
  const { body } = await server.call('PATCH /users/{user_id}', { params: { user_id: id }, json: changed })
  const verified = { user_id: id, verified: true, primary: true }
  await server.call('POST /email_addresses', { json: { ...verified, email_address: 'amazing@yale.example' } })
  await server.call('POST /phone_numbers', { json: { ...verified, phone_number: '+17183875100' } })
  for (const address of body.email_addresses) {
    const params = { email_address_id: address.id }
    expect((await server.call('DELETE /email_addresses/{email_address_id}', { params })).status).toBe(200)
  }
  for (const number of body.phone_numbers) {
    const params = { phone_number_id: number.id }
    expect((await server.call('DELETE /phone_numbers/{phone_number_id}', { params })).status).toBe(200)
  }
}

const storages: [string, () => Promise<Instance & { storage: Storage }>][] = [
  ...storageKinds.map((kind): (typeof storages)[number] => [kind, () => startFresh(kind)]),
  [
    'SQLite in memory',
    async () => ({ ...(await startInstance({ storage: { memory: true } })), storage: { memory: true } }),
  ],
]

describe.each(storages)('a search on %s', (_, start) => {
  test('finds a user by every field once they are created or changed, and no longer once they are deleted', async () => {
    const server = await start()
    for (const other of others) await create(server, other)
    await expectFound(server, graceBy, [])

    const id = await create(server, grace)
    await expectFound(server, graceBy, [id])
    await expectFound(server, changedBy, [])

    await rename(server, id)
    await expectFound(server, changedBy, [id])
    await expectFound(server, graceBy, [])

    expect((await server.call('DELETE /users/{user_id}', { params: { user_id: id } })).status).toBe(200)
    await expectFound(server, changedBy, [])
  })

  test('finds a user in each field anew when what was in it is taken away and comes back', async () => {
    const server = await start()
    const id = await create(server, grace)
    const params = { user_id: id }
    for (let again = 0; again < 2; again++) {
      expect(await found(server, { name_query: 'hopper' })).toEqual([id])
      await server.call('PATCH /users/{user_id}', { params, json: { first_name: null, last_name: null } })
      expect(await found(server, { name_query: 'hopper' })).toEqual([])
      await server.call('PATCH /users/{user_id}', { params, json: { first_name: 'Grace', last_name: 'Hopper' } })
    }
    await expectFound(server, graceBy, [id])
  })

  test('for a term that nobody has finds nobody, whatever everybody has', async () => {
    const server = await start()
    const ids = []
    for (const other of others) ids.unshift(await create(server, other))
    const everybody = { query: 'example', email_address_query: '@example.com' }
    expect(await found(server, everybody)).toEqual(ids)
    for (const nobody of [{ name_query: 'example' }, { username_query: 'example' }, { phone_number_query: '415' }]) {
      expect(await found(server, { ...everybody, ...nobody })).toEqual([])
      expect(await found(server, nobody)).toEqual([])
    }
  })
})

test.each(storageKinds)('a search on %s finds users as somebody else has just left them', async (kind) => {
  const server = await startFresh(kind)
  const id = await create(server, grace)
  await expectFound(server, graceBy, [id])
  await rowsIn(server.storage, `update users set username = 'grace_2', last_name = 'Hop' where id = '${id}'`)
  await rowsIn(server.storage, `update identifications set value = '+14155550100999' where type = 'phone_number'`)
  await expectFound(server, { ...graceBy, username_query: 'grace_2', phone_number_query: '0100999' }, [id])
  expect(await found(server, { name_query: 'hopper' })).toEqual([])
  await rowsIn(server.storage, `delete from users where id = '${id}'`)
  await expectFound(server, graceBy, [])
})
