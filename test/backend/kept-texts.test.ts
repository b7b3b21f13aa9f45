import type { Storage } from 'clerk-server'
import { describe, expect, test } from 'vitest'
import { freshStorage, type Instance, startInstance, storageKinds } from '../support/instance.js'
import { statements } from '../support/statements.js'
import { addEmail, addPhone, createUser, deleteEmail, patchEmail, patchPhone, putEmail } from './address-calls.js'

/** Answers as they are on the wire: one user, and everybody in every order. */
async function shown({ url, secretKey }: Instance, userId: string): Promise<string[]> {
  const paths = [
    ...[`/users/${userId}`, '/users', '/users?limit=2&offset=1', '/users?limit=500&order_by=%2Bemail_address'],
    ...['/users?order_by=first_name', '/users?banned=false', '/users?query=example', `/users?user_id=${userId}`],
  ]
  const answers = paths.map(async (path) => {
    const response = await fetch(`${url}/v1${path}`, { headers: { authorization: `Bearer ${secretKey}` } })
    return `${path} ${response.status} ${response.ok ? await response.text() : ''}`
  })
  return Promise.all(answers)
}

describe.each(storageKinds)('users who were shown before: %s', (kind) => {
  /** Some users, of whom one is shown, and a second address that is not verified. */
  async function startWithUsers() {
    const storage = await freshStorage(kind, 'instance')
    const server = await startInstance({ storage, environment: 'development' })
    for (const [n, first_name] of ['Бьярне', 'Cleo', 'Dan'].entries()) {
      await createUser(server, { first_name, email_address: [`${n}@example.com`] })
      server.clock.now += 1000
    }
    const { id } = await createUser(server, { first_name: 'Ada', email_address: ['ada@example.com'] })
    const added = await addEmail(server, { user_id: id, email_address: 'second@example.com', verified: false })
    return { storage, server, id, emailId: added.body.id }
  }

  type Scene = { storage: Storage; server: Instance; id: string; emailId: string }

  /** Everything that can change what is shown of a user. */
  const changes: Record<string, (scene: Scene) => Promise<unknown>> = {
    'a name': ({ server, id }) =>
      server.call('PATCH /users/{user_id}', { params: { user_id: id }, json: { first_name: 'Augusta' } }),
    metadata: ({ server, id }) =>
      server.call('PATCH /users/{user_id}/metadata', {
        params: { user_id: id },
        json: { public_metadata: { b: 'é', a: { deep: [1, null] } } },
      }),
    'a ban': ({ server, id }) => server.call('POST /users/{user_id}/ban', { params: { user_id: id } }),
    'the end of a ban': ({ server, id }) => server.call('POST /users/unban', { json: { user_ids: [id] } }),
    'a password': ({ server, id }) =>
      server.call('PATCH /users/{user_id}', { params: { user_id: id }, json: { password: 'quite a long one, this' } }),
    'no password': ({ server, id }) =>
      server.call('POST /users/{user_id}/remove_password', { params: { user_id: id }, json: {} }),
    'a code that is sent': ({ server, emailId }) =>
      server.call('POST /email_addresses/{email_address_id}/prepare_verification', {
        params: { email_address_id: emailId },
        json: { strategy: 'email_code' },
      }),
    'a code that expires by time alone': async ({ server }) => {
      server.clock.now += 60 * 60 * 1000
    },
    'an address that is verified': ({ server, emailId }) => patchEmail(server, emailId, { verified: true }),
    'another primary address': ({ server, emailId }) => patchEmail(server, emailId, { primary: true }),
    'a second factor': async ({ server, id }) => {
      const phone = await addPhone(server, { user_id: id, phone_number: '+14155550100', verified: true })
      await patchPhone(server, phone.body.id, { reserved_for_second_factor: true })
    },
    'a lock': ({ server, id }) => server.call('POST /users/{user_id}/lock', { params: { user_id: id } }),
    'a second of a lock': async ({ server }) => {
      server.clock.now += 1000
    },
    'a lock that runs out': async ({ server }) => {
      server.clock.now += 2 * 60 * 60 * 1000
    },
    'an unlocking': ({ server, id }) => server.call('POST /users/{user_id}/unlock', { params: { user_id: id } }),
    'an address that is deleted': ({ server, emailId }) => deleteEmail(server, emailId),
    'one address for all': ({ server, id }) => putEmail(server, id, { email_address: 'only@example.com' }),
    'a name in the database': ({ storage, id }) =>
      statements(storage, `update users set last_name = 'King' where id = '${id}'`),
    'an address in the database': ({ storage, id }) =>
      statements(
        storage,
        `update identifications set value = 'direct@example.com' where user_id = '${id}' and type = 'email_address'`,
      ),
    'a new address in the database': ({ storage, id }) =>
      statements(
        storage,
        `insert into identifications (id, user_id, type, value, status, position, created_at, updated_at)
          values ('idn_direct', '${id}', 'email_address', 'more@example.com', 'unverified', 90, 1, 1)`,
      ),
    'an address that goes over to another user': ({ storage, id }) =>
      statements(
        storage,
        `update identifications set user_id = (select min(id) from users where id <> '${id}') where id = 'idn_direct'`,
      ),
    'an address that is gone from the database': ({ storage }) =>
      statements(storage, `delete from identifications where id = 'idn_direct'`),
    'a user less': ({ server, id }) => server.call('DELETE /users/{user_id}', { params: { user_id: id } }),
    'a user of the same id': ({ storage, id }) =>
      statements(
        storage,
        `insert into users (id, first_name, public_metadata, private_metadata, unsafe_metadata, banned, locked,
          failed_verifications, delete_self_enabled, create_organization_enabled, bypass_client_trust, created_at, updated_at)
          values ('${id}', 'Eve', '{}', '{}', '{}', 0, 0, 0, 1, 1, 0, 1, 1)`,
      ),
  }

  test('are shown as a server shows them that has never shown them', async () => {
    const scene = await startWithUsers()
    for (const [name, change] of Object.entries(changes)) {
      await shown(scene.server, scene.id)
      const before = await shown(scene.server, scene.id)
      await change(scene)
      const after = await shown(scene.server, scene.id)
      expect(after, name).not.toEqual(before)
      const { clock } = scene.server
      await scene.server.close()
      scene.server = await startInstance({ storage: scene.storage, environment: 'development', clock: () => clock.now })
      expect(await shown(scene.server, scene.id), name).toEqual(after)
      scene.server.clock = clock
    }
  })

  test('are shown as they are while others change them', async () => {
    const { server, id } = await startWithUsers()
    const read = async () =>
      Number((await server.call('GET /users/{user_id}', { params: { user_id: id } })).body.public_metadata['n'] ?? 0)
    const write = (n: number) =>
      server.call('PUT /users/{user_id}/metadata', { params: { user_id: id }, json: { public_metadata: { n } } })
    for (let n = 1; n <= 40; n++) {
      const [beside] = await Promise.all([read(), write(n), read()])
      expect([n - 1, n]).toContain(beside)
      expect(await Promise.all([read(), read(), read()])).toEqual([n, n, n])
    }
  })

  test('have another revision after each change, and none that was there before', async () => {
    const { storage, id } = await startWithUsers()
    const revision = async () =>
      (await statements(storage, `select revision from users where id = '${id}'`))[0]?.['revision']
    const seen = [await revision()]
    for (let n = 0; n < 20; n++) {
      const table =
        n % 2 === 0 ? `users set locale = locale where id` : `identifications set position = position where user_id`
      await statements(storage, `update ${table} = '${id}'`)
      seen.push(await revision())
    }
    expect(new Set(seen.map(Number)).size).toBe(21)
    expect(seen.map(Number).every(Number.isSafeInteger)).toBe(true)
  })
})
