import { verifyToken } from '@clerk/backend'
import { createRemoteJWKSet, decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { freshStorage, type Instance, production, startInstance, storageKinds } from '../support/instance.js'
import { rowsIn } from '../support/rows.js'
import { mint, createSession as newSession } from '../support/sessions.js'

const day = 24 * 60 * 60 * 1000

describe.each(storageKinds)('sessions on %s', (kind) => {
  const start = async () => startInstance({ storage: await freshStorage(kind, 'instance') })

  async function createUser(server: Instance, json: object = {}) {
    const { status, body } = await server.call('POST /users', { json: { skip_user_requirement: true, ...json } })
    expect(status).toBe(200)
    return body
  }

  const createSession = async (server: Instance, userId?: string) =>
    newSession(server, userId ?? (await createUser(server)).id)

  test('a session is active for a week on a client of its own', async () => {
    const server = await start()
    const user = await createUser(server)
    const session = await createSession(server, user.id)
    expect(session).toMatchObject({
      id: expect.stringMatching(/^sess_[0-9A-Za-z]{27}$/),
      client_id: expect.stringMatching(/^client_[0-9A-Za-z]{27}$/),
      user_id: user.id,
      status: 'active',
      created_at: server.clock.now,
      expire_at: server.clock.now + 7 * day,
      abandon_at: server.clock.now + 30 * day,
    })
    const params = { session_id: session.id }
    expect((await server.call('GET /sessions/{session_id}', { params })).body).toEqual(session)
    server.clock.now += 7 * day
    expect((await server.call('GET /sessions/{session_id}', { params })).body.status).toBe('expired')
  })

  test('sessions are not created on a production instance', async () => {
    const server = await startInstance({ storage: await freshStorage(kind, 'schema'), ...production })
    const user = await createUser(server)
    const refused = await server.call('POST /sessions', { json: { user_id: user.id } })
    expect(refused).toMatchObject({ status: 400, codes: ['request_invalid_for_environment'] })
    expect((await server.call('GET /sessions', {})).body).toEqual([])
  })

  test('every status a session can have is shown, and found by its filter alone', async () => {
    const storage = await freshStorage(kind, 'instance')
    const server = await startInstance({ storage })
    const written = ['active', 'pending', 'ended', 'removed', 'replaced', 'revoked']
    const ids: Record<string, string> = {}
    for (const status of written) {
      const { id } = await createSession(server)
      await rowsIn(storage, `update sessions set status = '${status}' where id = '${id}'`)
      ids[status] = id
    }
    const { id: expired } = await createSession(server)
    await rowsIn(storage, `update sessions set expire_at = created_at where id = '${expired}'`)
    const { id: abandoned } = await createSession(server)
    await rowsIn(storage, `update sessions set abandon_at = created_at where id = '${abandoned}'`)
    for (const [status, id] of Object.entries({ ...ids, expired, abandoned })) {
      expect((await server.call('GET /sessions/{session_id}', { params: { session_id: id } })).body.status).toBe(status)
      const { body } = await server.call('GET /sessions', { query: { status, paginated: true } })
      expect(body, status).toMatchObject({ data: [{ id, status }], total_count: 1 })
    }
    const unknown = await server.call('GET /sessions', { query: { status: 'asleep' } })
    expect(unknown).toMatchObject({ status: 422, codes: ['form_param_value_invalid'], params: ['status'] })
    server.clock.now += 30 * day
    const { body } = await server.call('GET /sessions', { query: { status: 'abandoned', paginated: true } })
    expect(body, 'what is open is abandoned after a month').toMatchObject({ total_count: 4 })
  })

  test('only what is open can be revoked', async () => {
    const storage = await freshStorage(kind, 'instance')
    const server = await startInstance({ storage })
    for (const [before, after] of Object.entries({ pending: 'revoked', ended: 'ended', replaced: 'replaced' })) {
      const { id } = await createSession(server)
      await rowsIn(storage, `update sessions set status = '${before}' where id = '${id}'`)
      const { body } = await server.call('POST /sessions/{session_id}/revoke', { params: { session_id: id } })
      expect(body.status).toBe(after)
    }
  })

  test('nobody gets a session who does not exist, is banned or is locked', async () => {
    const server = await start()
    const missing = await server.call('POST /sessions', { json: { user_id: 'user_none' } })
    expect(missing).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    for (const state of ['banned', 'locked']) {
      const user = await createUser(server, { [state]: true })
      const refused = await server.call('POST /sessions', { json: { user_id: user.id } })
      expect(refused).toMatchObject({ status: 409, codes: ['session_creation_not_allowed'] })
      expect(refused.error.errors[0]?.message).toContain(state)
    }
    expect((await server.call('GET /sessions', {})).body).toEqual([])
  })

  test('lists are newest first, filtered by user, client and status, and pages when asked to be', async () => {
    const server = await start()
    const [ada, bob] = [await createUser(server), await createUser(server)]
    const one = await createSession(server, ada.id)
    server.clock.now += 1000
    const two = await createSession(server, bob.id)
    server.clock.now += 1000
    const three = await createSession(server, ada.id)
    await server.call('POST /sessions/{session_id}/revoke', { params: { session_id: three.id } })
    const list = async (query: object) => {
      const { body } = await server.call('GET /sessions', { query: { ...query } })
      return Array.isArray(body) ? body.map(({ id }) => id) : body
    }
    expect(await list({})).toEqual([three.id, two.id, one.id])
    expect(await list({ user_id: ada.id })).toEqual([three.id, one.id])
    expect(await list({ client_id: two.client_id })).toEqual([two.id])
    expect(await list({ status: 'active' })).toEqual([two.id, one.id])
    expect(await list({ status: 'revoked', user_id: ada.id })).toEqual([three.id])
    expect(await list({ status: 'ended' })).toEqual([])
    expect(await list({ limit: 1, offset: 1 })).toEqual([two.id])
    expect(await list({ session_id: one.id }), 'a parameter no route has is let pass').toHaveLength(3)
    expect(await list({ paginated: true, limit: 1 })).toMatchObject({ data: [{ id: three.id }], total_count: 3 })
    server.clock.now += 7 * day
    expect(await list({ status: 'expired' })).toEqual([two.id, one.id])
    expect(await list({ status: 'active' })).toEqual([])
  })

  test('a revoked session stays revoked, and an expired one expired', async () => {
    const server = await start()
    const [one, two] = [await createSession(server), await createSession(server)]
    const revoke = (id: string) => server.call('POST /sessions/{session_id}/revoke', { params: { session_id: id } })
    server.clock.now += 1000
    const revoked = await revoke(one.id)
    expect(revoked.body).toEqual({ ...one, status: 'revoked', updated_at: server.clock.now })
    server.clock.now += 1000
    expect((await revoke(one.id)).body).toEqual(revoked.body)
    server.clock.now += 7 * day
    expect((await revoke(two.id)).body.status).toBe('expired')
    expect(await revoke('sess_none')).toMatchObject({ status: 404, codes: ['resource_not_found'] })
  })

  test('a token is signed by a key of the key set and lasts a minute', async () => {
    const server = await start()
    const session = await createSession(server)
    const jwt = await mint(server, session.id)
    const keys = createRemoteJWKSet(new URL(`${server.url}/v1/jwks`), {
      headers: { authorization: `Bearer ${server.secretKey}` },
    })
    const { payload, protectedHeader } = await jwtVerify(jwt, keys, {
      algorithms: ['RS256'],
      issuer: 'https://clerk.localhost',
      currentDate: new Date(server.clock.now),
    })
    const now = Math.floor(server.clock.now / 1000)
    expect(protectedHeader).toEqual({ alg: 'RS256', typ: 'JWT', kid: expect.stringMatching(/^ins_/) })
    expect(payload).toEqual({
      exp: now + 60,
      fva: [-1, -1],
      iat: now,
      iss: 'https://clerk.localhost',
      nbf: now - 10,
      sid: session.id,
      sub: session.user_id,
    })
  })

  test('a client of a newer API version gets a token of the second form', async () => {
    const server = await start()
    const session = await createSession(server)
    const jwt = await mint(server, session.id, {}, { 'clerk-api-version': '2025-04-10' })
    expect(decodeJwt(jwt)).toMatchObject({ v: 2, sts: 'active', jti: expect.stringMatching(/^[0-9a-f]{20}$/) })
    expect(decodeProtectedHeader(jwt).alg).toBe('RS256')
  })

  test('the published client verifies tokens of both forms', async () => {
    const server = await start()
    const session = await createSession(server)
    for (const version of ['2021-02-05', '2026-05-12']) {
      const token = await mint(server, session.id, {}, { 'clerk-api-version': version })
      const claims = await verifyToken(token, { secretKey: server.secretKey, apiUrl: server.url })
      expect(claims).toMatchObject({ sid: session.id, sub: session.user_id })
    }
  })

  test('a token lasts as long as it is asked to, from 30 seconds to ten years', async () => {
    const server = await start()
    const session = await createSession(server)
    const { exp = 0, iat = 0 } = decodeJwt(await mint(server, session.id, { expires_in_seconds: 3600 }))
    expect(exp - iat).toBe(3600)
    for (const expires_in_seconds of [29, 315_360_001, 60.5, '60']) {
      const refused = await server.call('POST /sessions/{session_id}/tokens', {
        params: { session_id: session.id },
        json: { expires_in_seconds },
      })
      expect(refused).toMatchObject({ status: 422, params: ['expires_in_seconds'] })
    }
  })

  test('a session that is over, or was never there, gives no token', async () => {
    const server = await start()
    const session = await createSession(server)
    await server.call('POST /sessions/{session_id}/revoke', { params: { session_id: session.id } })
    for (const session_id of [session.id, 'sess_none']) {
      const refused = await server.call('POST /sessions/{session_id}/tokens', { params: { session_id } })
      expect(refused).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    }
  })

  test('a token proves the session it was minted for, while both are alive', async () => {
    const server = await start()
    const [session, other] = [await createSession(server), await createSession(server)]
    const token = await mint(server, session.id)
    const verify = (session_id: string, token: string) =>
      server.call('POST /sessions/{session_id}/verify', { params: { session_id }, form: { token } })
    expect(await verify(session.id, token)).toMatchObject({ status: 200, body: session })
    expect(await verify('sess_none', token)).toMatchObject({ status: 404, codes: ['resource_not_found'] })

    const [head, body] = token.split('.') as [string, string]
    const unsigned = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
    for (const wrong of [
      await mint(server, other.id),
      `${head}.${body}.AAAA`,
      `${head}.${body}.`,
      `${unsigned}.${body}.`,
      'a.b.c',
      'not a token',
      '',
    ]) {
      expect(await verify(session.id, wrong)).toMatchObject({ status: 400, codes: ['invalid_session_token'] })
    }

    server.clock.now += 60_000
    expect(await verify(session.id, token)).toMatchObject({ status: 400, codes: ['invalid_session_token'] })
    const fresh = await mint(server, session.id)
    await server.call('POST /sessions/{session_id}/revoke', { params: { session_id: session.id } })
    expect(await verify(session.id, fresh)).toMatchObject({ status: 400, codes: ['invalid_session_token'] })
  })

  test('a new password can end all sessions of its user', async () => {
    const server = await start()
    const user = await createUser(server)
    const [session, others] = [await createSession(server, user.id), await createSession(server)]
    const params = { user_id: user.id }
    const changed = await server.call('PATCH /users/{user_id}', {
      params,
      json: { password: 'a new long secret', sign_out_of_other_sessions: true },
    })
    expect(changed).toMatchObject({ status: 200, body: { password_enabled: true } })
    const status = async (session_id: string) =>
      (await server.call('GET /sessions/{session_id}', { params: { session_id } })).body.status
    expect([await status(session.id), await status(others.id)]).toEqual(['revoked', 'active'])
  })
})
