import { describe, expect, test } from 'vitest'
import { freshStorage, type Instance, startInstance, storageKinds } from '../support/instance.js'

const hour = 60 * 60 * 1000

describe.each(storageKinds)('on %s', (kind) => {
  const start = async () => startInstance({ storage: await freshStorage(kind, 'instance') })

  const createUser = async (server: Instance, json = {}) =>
    (await server.call('POST /users', { json: { skip_user_requirement: true, ...json } })).body.id

  const createSession = (server: Instance, user_id: string) => server.call('POST /sessions', { json: { user_id } })

  const statusesOf = async (server: Instance, user_id: string) =>
    (await server.call('GET /sessions', { query: { user_id } })).body

  const read = async (server: Instance, user_id: string) =>
    (await server.call('GET /users/{user_id}', { params: { user_id } })).body

  test('a ban ends the sessions of a user and allows no new one, until it is lifted', async () => {
    const server = await start()
    const user_id = await createUser(server)
    const other = await createUser(server)
    await createSession(server, user_id)
    await createSession(server, user_id)
    await createSession(server, other)

    const { status, body } = await server.call('POST /users/{user_id}/ban', { params: { user_id } })
    expect(status).toBe(200)
    expect(body).toMatchObject({ id: user_id, banned: true })
    expect(await statusesOf(server, user_id)).toMatchObject([{ status: 'revoked' }, { status: 'revoked' }])
    expect(await statusesOf(server, other)).toMatchObject([{ status: 'active' }])
    expect(await createSession(server, user_id)).toMatchObject({ status: 409, codes: ['session_creation_not_allowed'] })

    const lifted = await server.call('POST /users/{user_id}/unban', { params: { user_id } })
    expect(lifted.body).toMatchObject({ id: user_id, banned: false })
    expect(await statusesOf(server, user_id)).toMatchObject([{ status: 'revoked' }, { status: 'revoked' }])
    expect((await createSession(server, user_id)).status).toBe(200)
  })

  test('no session that is made at the moment of a ban outlives it', async () => {
    const server = await start()
    for (let round = 0; round < 15; round++) {
      const user_id = await createUser(server)
      const ban = () => server.call('POST /users/{user_id}/ban', { params: { user_id } })
      const sessions = () => Array.from({ length: 4 }, () => createSession(server, user_id))
      const answers = await Promise.all([...sessions(), ban(), ...sessions()])
      expect(answers.map(({ status }) => status).filter((status) => ![200, 409].includes(status))).toEqual([])
      const open = await server.call('GET /sessions', { query: { user_id, status: 'active' } })
      expect(open.body, `round ${round}`).toEqual([])
    }
  })

  test('several users are banned at once, in the order asked for, or none of them', async () => {
    const server = await start()
    const ids = [await createUser(server), await createUser(server), await createUser(server)]
    for (const id of ids) await createSession(server, id)
    const [first, second, third] = ids as [string, string, string]

    const failed = await server.call('POST /users/ban', { json: { user_ids: [first, 'user_nobody', second] } })
    expect(failed).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    expect(failed.error.errors[0]?.message).toContain('user_nobody')
    expect(await read(server, first)).toMatchObject({ banned: false })
    expect(await statusesOf(server, first)).toMatchObject([{ status: 'active' }])

    const { status, body } = await server.call('POST /users/ban', { json: { user_ids: [third, first, third] } })
    expect(status).toBe(200)
    expect(body.map(({ id, banned }) => [id, banned])).toEqual([
      [third, true],
      [first, true],
    ])
    expect(await statusesOf(server, first)).toMatchObject([{ status: 'revoked' }])
    expect(await read(server, second)).toMatchObject({ banned: false })
    expect(await statusesOf(server, second)).toMatchObject([{ status: 'active' }])

    const lifted = await server.call('POST /users/unban', { json: { user_ids: [first, second, third] } })
    expect(lifted.body.map(({ id, banned }) => [id, banned])).toEqual(ids.map((id) => [id, false]))
  })

  test('the same users are banned by many at once in whatever order', async () => {
    const server = await start()
    const ids = await Promise.all(Array.from({ length: 5 }, () => createUser(server)))
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        server.call('POST /users/ban', { json: { user_ids: index % 2 ? ids : ids.toReversed() } }),
      ),
    )
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200))
  })

  test('banning several users refuses a list that is none, empty or too long', async () => {
    const server = await start()
    const refusals: [user_ids: unknown, code: string][] = [
      [[], 'form_param_value_invalid'],
      [Array.from({ length: 51 }, () => 'x'), 'form_param_array_size_exceeded'],
      ['user_x', 'form_param_type_invalid'],
      [undefined, 'form_param_missing'],
    ]
    for (const [user_ids, code] of refusals) {
      const refused = { status: 422, codes: [code] }
      expect(await server.call('POST /users/ban', { json: { user_ids } })).toMatchObject(refused)
      expect(await server.call('POST /users/unban', { json: { user_ids } })).toMatchObject(refused)
    }
  })

  test('a lock keeps a user from signing in for an hour, leaves sessions alone, and ends by time alone', async () => {
    const server = await start()
    const user_id = await createUser(server)
    await createSession(server, user_id)
    const { status, body } = await server.call('POST /users/{user_id}/lock', { params: { user_id } })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      locked: true,
      lockout_expires_in_seconds: 3600,
      verification_attempts_remaining: 10,
    })
    expect(await statusesOf(server, user_id)).toMatchObject([{ status: 'active' }])
    expect(await createSession(server, user_id)).toMatchObject({ status: 409, codes: ['session_creation_not_allowed'] })

    server.clock.now += hour - 1500
    expect(await read(server, user_id)).toMatchObject({ locked: true, lockout_expires_in_seconds: 2 })
    server.clock.now += 1499
    expect(await read(server, user_id)).toMatchObject({ locked: true, lockout_expires_in_seconds: 1 })
    server.clock.now += 1
    expect(await read(server, user_id)).toMatchObject({
      locked: false,
      lockout_expires_in_seconds: null,
      verification_attempts_remaining: 10,
    })
    expect((await createSession(server, user_id)).status).toBe(200)
  })

  test('unlock lets a locked user in at once, and a lock that is renewed lasts an hour from then', async () => {
    const server = await start()
    const user_id = await createUser(server, { locked: true })
    expect(await read(server, user_id)).toMatchObject({ locked: true, lockout_expires_in_seconds: 3600 })
    server.clock.now += hour / 2
    await server.call('POST /users/{user_id}/lock', { params: { user_id } })
    expect(await read(server, user_id)).toMatchObject({ locked: true, lockout_expires_in_seconds: 3600 })
    const { body } = await server.call('POST /users/{user_id}/unlock', { params: { user_id } })
    expect(body).toMatchObject({ locked: false, lockout_expires_in_seconds: null, verification_attempts_remaining: 10 })
    expect((await createSession(server, user_id)).status).toBe(200)
  })

  test('a user who is not there is neither banned nor locked nor anything else', async () => {
    const server = await start()
    const keys = [
      'POST /users/{user_id}/ban',
      'POST /users/{user_id}/unban',
      'POST /users/{user_id}/lock',
      'POST /users/{user_id}/unlock',
      'POST /users/{user_id}/remove_password',
    ] as const
    for (const key of keys) {
      expect(await server.call(key, { params: { user_id: 'user_nobody' } }), key).toMatchObject({
        status: 404,
        codes: ['resource_not_found'],
      })
    }
  })

  test('a password that is removed leaves sessions alone unless asked, and one that is not there changes nothing', async () => {
    const server = await start()
    const user_id = await createUser(server, { password: 'a long enough secret' })
    await createSession(server, user_id)
    const remove = async (json: object) =>
      (await server.call('POST /users/{user_id}/remove_password', { params: { user_id }, json })).body
    const removed = await remove({})
    expect(removed).toMatchObject({ password_enabled: false })
    expect(await statusesOf(server, user_id)).toMatchObject([{ status: 'active' }])
    server.clock.now += 1000
    expect(await remove({ sign_out_of_other_sessions: true })).toEqual(removed)
    expect(await statusesOf(server, user_id)).toMatchObject([{ status: 'active' }])

    await server.call('PATCH /users/{user_id}', { params: { user_id }, json: { password: 'a long enough secret' } })
    await remove({ sign_out_of_other_sessions: true })
    expect(await statusesOf(server, user_id)).toMatchObject([{ status: 'revoked' }])
  })
})
