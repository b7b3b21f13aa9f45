import { Clerk, ConnectionError, HttpError, Session, User } from '@clerk/clerk-sdk-node'
import { describe, expect, test } from 'vitest'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'
import type { Contents } from '../support/templates.js'

describe.each(storageKinds)('the SDK against the server on %s', (kind) => {
  async function start(contents: Contents = 'instance') {
    const server = await startInstance({ storage: await freshStorage(kind, contents) })
    return { server, clerk: new Clerk({ apiKey: server.apiKey, serverApiUrl: server.url }) }
  }

  const refusal = (call: () => Promise<unknown>) =>
    call().then(
      () => expect.unreachable('the call was not refused'),
      (error: HttpError) => error,
    )

  test('a user goes there and back with addresses and metadata as they were given', async () => {
    const { server, clerk } = await start()
    const created = await clerk.users.createUser({
      externalId: 'ext-1',
      emailAddress: ['ada@example.com', 'ada@work.example'],
      phoneNumber: ['+14155550101'],
      username: 'ada_l',
      password: 'a long enough secret',
      firstName: 'Ada',
      lastName: "Lovelace & Ünïcode ~!*'()",
      publicMetadata: { camelCase: { snake_case: [1, null, 'x&y=z'] } },
      privateMetadata: { nested: { imageURL: true } },
      unsafeMetadata: { theme: 'dark' },
    })
    expect(created).toBeInstanceOf(User)
    expect(created).toMatchObject({
      externalId: 'ext-1',
      username: 'ada_l',
      firstName: 'Ada',
      lastName: "Lovelace & Ünïcode ~!*'()",
      passwordEnabled: true,
      publicMetadata: { camelCase: { snake_case: [1, null, 'x&y=z'] } },
      privateMetadata: { nested: { imageURL: true } },
      unsafeMetadata: { theme: 'dark' },
      createdAt: server.clock.now,
    })
    expect(created.emailAddresses.map(({ emailAddress }) => emailAddress)).toEqual([
      'ada@example.com',
      'ada@work.example',
    ])
    expect(created.primaryEmailAddressId).toBe(created.emailAddresses[0]?.id)
    expect(await clerk.users.getUser(created.id as string)).toEqual(created)
  })

  test('lists, filters, orders and counts', async () => {
    const { server, clerk } = await start()
    for (const name of ['ann', 'bob', 'cas']) {
      server.clock.now += 1000
      await clerk.users.createUser({ emailAddress: [`${name}@example.com`], firstName: name })
    }
    const names = (list: User[]) => list.map(({ firstName }) => firstName)
    expect(names(await clerk.users.getUserList())).toEqual(['cas', 'bob', 'ann'])
    expect(names(await clerk.users.getUserList({ orderBy: '+created_at', limit: 1, offset: 1 }))).toEqual(['bob'])
    const emailAddress = ['ann@example.com', 'cas@example.com']
    expect(names(await clerk.users.getUserList({ emailAddress }))).toEqual(['cas', 'ann'])
    expect(await clerk.users.getCount({ emailAddress })).toBe(2)
    expect(await clerk.users.getCount()).toBe(3)
  })

  test('updates in every spelling, merges metadata, deletes', async () => {
    const { clerk } = await start()
    const user = await clerk.users.createUser({ emailAddress: ['a@example.com', 'b@example.com'], firstName: 'A' })
    const id = user.id as string
    const second = user.emailAddresses[1]?.id as string
    expect((await clerk.users.updateUser(id, { primaryEmailAddressID: second })).primaryEmailAddressId).toBe(second)
    expect((await clerk.users.update(id, { firstName: 'B', lastName: undefined })).firstName).toBe('B')
    expect((await clerk.users.updateUser(id, { unsafeMetadata: { a: { b: 1 } } })).unsafeMetadata).toEqual({
      a: { b: 1 },
    })
    const merged = await clerk.users.updateUserMetadata(id, { unsafeMetadata: { a: { c: 2 } } })
    expect(merged.unsafeMetadata).toEqual({ a: { b: 1, c: 2 } })
    expect(await clerk.users.deleteUser(id)).toMatchObject({ id, deleted: true })
    expect(await refusal(() => clerk.users.getUser(id))).toMatchObject({
      statusCode: 404,
      errors: [{ code: 'resource_not_found' }],
    })
  })

  test('a session is created, found, verified by its token, and revoked', async () => {
    const { server, clerk } = await start()
    const user = await clerk.users.createUser({ username: 'session' })
    const session = await clerk.sessions.createSession({ userId: user.id as string })
    expect(session).toBeInstanceOf(Session)
    expect(await clerk.sessions.getSession(session.id as string)).toEqual(session)
    expect(await clerk.sessions.getSessionList({ userId: user.id as string })).toEqual([session])

    server.clock.now = Date.now()
    const { jwt } = await clerk.sessions.getToken(session.id as string)
    expect(await clerk.verifyToken(jwt)).toMatchObject({
      sid: session.id,
      sub: user.id,
      iss: 'https://clerk.localhost',
    })
    expect(await clerk.sessions.verifySession(session.id as string, jwt)).toEqual(session)
    expect((await clerk.sessions.revokeSession(session.id as string)).status).toBe('revoked')
    expect(await refusal(() => clerk.sessions.verifySession(session.id as string, jwt))).toMatchObject({
      statusCode: 400,
      errors: [{ code: 'invalid_session_token' }],
    })
  })

  test('the token of another instance is refused', async () => {
    const [one, two] = [await start(), await start('schema')]
    const user = await one.clerk.users.createUser({ username: 'foreign' })
    const session = await one.clerk.sessions.createSession({ userId: user.id as string })
    const { jwt } = await one.clerk.sessions.getToken(session.id as string)
    await expect(two.clerk.verifyToken(jwt)).rejects.toMatchObject({ name: 'SigningKeyNotFoundError' })
  })

  test('what is refused is an HttpError with status, code and parameter', async () => {
    const { server, clerk } = await start()
    await clerk.users.createUser({ emailAddress: ['taken@example.com'] })
    const wrong = new Clerk({ apiKey: 'test_wrong', serverApiUrl: server.url })
    const cases: [() => Promise<unknown>, number, string][] = [
      [() => clerk.users.createUser({ emailAddress: ['taken@example.com'] }), 422, 'form_identifier_exists'],
      [() => clerk.users.createUser({ emailAddress: ['nonsense'] }), 422, 'form_param_format_invalid'],
      [() => clerk.users.createUser({ phoneNumber: ['12'] }), 422, 'form_param_format_invalid'],
      [() => clerk.users.createUser({}), 422, 'form_data_missing'],
      [() => clerk.users.getUserList({ limit: 501 }), 422, 'form_param_value_invalid'],
      [() => clerk.users.getUser('user_none'), 404, 'resource_not_found'],
      [() => clerk.users.getUser('../sessions'), 404, 'resource_not_found'],
      [() => wrong.users.getUserList(), 401, 'clerk_key_invalid'],
    ]
    for (const [call, statusCode, code] of cases) {
      const error = await refusal(call)
      expect(error).toBeInstanceOf(HttpError)
      expect(error).toMatchObject({ statusCode, errors: [{ code }] })
      expect(JSON.stringify([error.message, error.data])).not.toContain(server.apiKey)
    }
    expect(await clerk.users.getCount()).toBe(1)
  })

  test('a server that has gone is a ConnectionError', async () => {
    const { server, clerk } = await start()
    await server.close()
    const once = new Clerk({ apiKey: server.apiKey, serverApiUrl: server.url, httpOptions: { retry: 0 } })
    const error = await refusal(() => once.users.getUserList())
    expect(error).toBeInstanceOf(ConnectionError)
    expect(error).toMatchObject({ statusCode: 500, code: 'ECONNREFUSED' })
    expect(clerk).toBeInstanceOf(Clerk)
  })
})
