import { createHash } from 'node:crypto'
import { createClerkClient } from '@clerk/backend'
import type { Storage } from 'clerk-server'
import { describe, expect, test } from 'vitest'
import { freshStorage, type Instance, startInstance, storageKinds } from '../support/instance.js'
import { rowsIn } from '../support/rows.js'
import { mint, signIn } from '../support/sessions.js'

const day = 24 * 60 * 60 * 1000

describe.each(storageKinds)('clients on %s', (kind) => {
  const start = async () => startInstance({ storage: await freshStorage(kind, 'instance') })

  const get = (server: Instance, client_id: string) =>
    server.call('GET /clients/{client_id}', { params: { client_id } })

  const verify = (server: Instance, token: string) => server.call('POST /clients/verify', { form: { token } })

  const revoke = (server: Instance, session_id: string) =>
    server.call('POST /sessions/{session_id}/revoke', { params: { session_id } })

  test('a client shows its sessions and the one that was last active', async () => {
    const server = await start()
    const { session } = await signIn(server)
    const { status, body } = await get(server, session.client_id)
    expect(status).toBe(200)
    expect(body).toEqual({
      object: 'client',
      id: session.client_id,
      session_ids: [session.id],
      sessions: [session],
      sign_in_id: null,
      sign_up_id: null,
      last_active_session_id: session.id,
      last_authentication_strategy: null,
      created_at: server.clock.now,
      updated_at: server.clock.now,
    })
    expect(await get(server, 'client_none')).toMatchObject({ status: 404, codes: ['resource_not_found'] })
  })

  test('the sessions of a client are the newest first', async () => {
    const storage = await freshStorage(kind, 'instance')
    const server = await startInstance({ storage })
    const { session: one } = await signIn(server)
    server.clock.now += 1000
    const { session: two } = await signIn(server)
    await rowsIn(storage, `update sessions set client_id = '${one.client_id}' where id = '${two.id}'`)
    expect((await get(server, one.client_id)).body).toMatchObject({
      session_ids: [two.id, one.id],
      last_active_session_id: one.id,
    })
    expect((await get(server, two.client_id)).body).toMatchObject({ sessions: [], last_active_session_id: null })
  })

  test('no session is the last active one that is over, however it ended', async () => {
    const server = await start()
    const [{ session: revoked }, { session: expired }] = [await signIn(server), await signIn(server)]
    await revoke(server, revoked.id)
    expect((await get(server, revoked.client_id)).body).toMatchObject({
      last_active_session_id: null,
      sessions: [{ status: 'revoked' }],
    })
    server.clock.now += 7 * day
    expect((await get(server, expired.client_id)).body).toMatchObject({
      last_active_session_id: null,
      sessions: [{ status: 'expired' }],
    })
  })

  test('the list is bare and newest first, and a page with its total when asked to be', async () => {
    const server = await start()
    expect((await server.call('GET /clients', {})).body).toEqual([])
    const ids: string[] = []
    for (let count = 0; count < 3; count += 1) {
      ids.unshift((await signIn(server)).session.client_id)
      if (count > 0) server.clock.now += 1000
    }
    const list = async (query: Record<string, unknown>) => {
      const { body } = await server.call('GET /clients', { query })
      return Array.isArray(body) ? body.map(({ id }) => id) : body
    }
    expect(await list({})).toEqual(ids)
    expect(await list({ limit: 1, offset: 1 })).toEqual([ids[1]])
    expect(await list({ paginated: true, limit: 1 })).toMatchObject({ data: [{ id: ids[0] }], total_count: 3 })
    const refused = await server.call('GET /clients', { query: { limit: 501 } })
    expect(refused).toMatchObject({ status: 422, codes: ['form_param_value_invalid'], params: ['limit'] })
  })

  test('a session token proves its client, as long as the session is active', async () => {
    const server = await start()
    const { user, session } = await signIn(server)
    const token = await mint(server, session.id, { expires_in_seconds: 3600 })
    expect(await verify(server, token)).toMatchObject({ status: 200, body: { id: session.client_id } })
    for (const wrong of ['', 'no token', `${token.slice(0, -4)}AAAA`]) {
      expect(await verify(server, wrong)).toMatchObject({ status: 400, codes: ['invalid_session_token'] })
    }
    const missing = await server.call('POST /clients/verify', { json: {} })
    expect(missing).toMatchObject({ status: 422, codes: ['form_param_missing'], params: ['token'] })

    const other = await signIn(server)
    const late = await mint(server, other.session.id)
    server.clock.now += 60_000
    expect(await verify(server, late)).toMatchObject({ status: 400, codes: ['invalid_session_token'] })
    await revoke(server, session.id)
    expect(await verify(server, token)).toMatchObject({ status: 400, codes: ['invalid_session_token'] })
    await server.call('DELETE /users/{user_id}', { params: { user_id: user.id } })
    expect(await verify(server, token)).toMatchObject({ status: 404, codes: ['resource_not_found'] })
  })

  describe('a handshake', () => {
    const directives = ['__session=a.b.c; Path=/; SameSite=Lax', '__client_uat=1; Path=/']

    /** What the Frontend API will have left: the database knows the nonce by its digest only. */
    async function leave(storage: Storage, nonce: string, expiresAt: number) {
      const digest = createHash('sha256').update(nonce).digest('hex')
      const values = `'${digest}', '${JSON.stringify(directives)}', ${expiresAt}`
      await rowsIn(storage, `insert into handshake_payloads (digest, directives, expires_at) values (${values})`)
    }

    const take = (server: Instance, nonce: string) =>
      server.call('GET /clients/handshake_payload', { query: { nonce } })

    test('is fetched by its nonce, once, even by many at the same time', async () => {
      const storage = await freshStorage(kind, 'instance')
      const server = await startInstance({ storage })
      await leave(storage, 'a nonce', server.clock.now + 1)
      const answers = await Promise.all(Array.from({ length: 10 }, () => take(server, 'a nonce')))
      expect(answers.filter(({ status }) => status === 200)).toMatchObject([{ body: { directives } }])
      for (const { status, codes } of answers.filter(({ status }) => status !== 200)) {
        expect([status, ...codes]).toEqual([404, 'resource_not_found'])
      }
    })

    test('is gone after its time, and was never there for another nonce', async () => {
      const storage = await freshStorage(kind, 'instance')
      const server = await startInstance({ storage })
      await leave(storage, 'late', server.clock.now)
      for (const nonce of ['late', 'unknown', '']) {
        const { status } = await take(server, nonce)
        expect(status, nonce).toBe(nonce === '' ? 422 : 404)
      }
      const missing = await server.call('GET /clients/handshake_payload', {})
      expect(missing).toMatchObject({ status: 422, codes: ['form_param_missing'], params: ['nonce'] })
    })

    test('is read by the published client', async () => {
      const storage = await freshStorage(kind, 'instance')
      const server = await startInstance({ storage })
      await leave(storage, 'a nonce', server.clock.now + 60_000)
      const { clients } = createClerkClient({
        secretKey: server.secretKey,
        apiUrl: server.url,
        telemetry: { disabled: true },
      })
      expect(await clients.getHandshakePayload({ nonce: 'a nonce' })).toMatchObject({ directives })
    })
  })
})
