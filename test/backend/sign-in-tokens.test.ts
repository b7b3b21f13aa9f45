import { createClerkClient, verifyToken } from '@clerk/backend'
import { createClerkClient as createClient4 } from 'clerk-sdk-node-4.13.23'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { freshStorage, type Instance, startInstance, storageKinds } from '../support/instance.js'

const day = 24 * 60 * 60

describe.each(storageKinds)('on %s', (kind) => {
  const start = async () =>
    startInstance({ storage: await freshStorage(kind, 'instance'), publicUrl: () => 'https://id.example.com' })

  const createUser = async (server: Instance) =>
    (await server.call('POST /users', { json: { skip_user_requirement: true } })).body

  const keySet = (server: Instance) =>
    createRemoteJWKSet(new URL(`${server.url}/v1/jwks`), { headers: { authorization: `Bearer ${server.secretKey}` } })

  test('a sign-in token is a ticket for thirty days, which only its creation gives', async () => {
    const server = await start()
    const user = await createUser(server)
    const { status, body } = await server.call('POST /sign_in_tokens', { json: { user_id: user.id } })
    expect(status).toBe(200)
    expect(body).toEqual({
      object: 'sign_in_token',
      id: expect.stringMatching(/^sit_[0-9A-Za-z]{27}$/),
      user_id: user.id,
      status: 'pending',
      token: expect.any(String),
      url: `https://id.example.com/__clerk/v1/tickets/accept?ticket=${body.token}`,
      created_at: server.clock.now,
      updated_at: server.clock.now,
    })
    const { payload } = await jwtVerify(body.token as string, keySet(server), {
      audience: 'ticket',
      currentDate: new Date(server.clock.now),
    })
    const now = Math.floor(server.clock.now / 1000)
    const { body: instance } = await server.call('GET /instance', {})
    expect(payload).toEqual({ aud: 'ticket', exp: now + 30 * day, iat: now, iss: instance.id, jti: body.id })
  })

  test('a sign-in token lasts as long as it is asked to', async () => {
    const server = await start()
    const { id: user_id } = await createUser(server)
    const create = (expires_in_seconds: unknown) =>
      server.call('POST /sign_in_tokens', { json: { user_id, expires_in_seconds } })
    for (const seconds of [1, 600, 315_360_000]) {
      const { exp = 0, iat = 0 } = decodeJwt((await create(seconds)).body.token as string)
      expect(exp - iat).toBe(seconds)
    }
    expect(await create(null)).toMatchObject({ status: 200 })
    for (const seconds of [0, -1, 1.5, 315_360_001, '60']) {
      expect(await create(seconds)).toMatchObject({ status: 422, params: ['expires_in_seconds'] })
    }
  })

  test('nobody gets a sign-in token who does not exist, or for an organization', async () => {
    const server = await start()
    const missing = await server.call('POST /sign_in_tokens', { json: { user_id: 'user_none' } })
    expect(missing).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    const { id: user_id } = await createUser(server)
    const organization = await server.call('POST /sign_in_tokens', { json: { user_id, org_id: 'org_1' } })
    expect(organization).toMatchObject({ status: 422, codes: ['form_param_unknown'], params: ['org_id'] })
    const none = await server.call('POST /sign_in_tokens', { form: {} })
    expect(none).toMatchObject({ status: 422, codes: ['form_param_missing'], params: ['user_id'] })
  })

  test('a sign-in token is revoked once, and is gone with its user', async () => {
    const server = await start()
    const { id: user_id } = await createUser(server)
    const { body: token } = await server.call('POST /sign_in_tokens', { json: { user_id } })
    const revoke = (sign_in_token_id: string) =>
      server.call('POST /sign_in_tokens/{sign_in_token_id}/revoke', { params: { sign_in_token_id } })
    server.clock.now += 1000
    const { token: _, ...shown } = token
    expect((await revoke(token.id)).body).toEqual({
      ...shown,
      status: 'revoked',
      url: null,
      updated_at: server.clock.now,
    })
    const again = await revoke(token.id)
    expect(again).toMatchObject({ status: 400, codes: ['sign_in_token_cannot_be_revoked_code'] })
    expect(await revoke('sit_none')).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    await server.call('DELETE /users/{user_id}', { params: { user_id } })
    expect(await revoke(token.id)).toMatchObject({ status: 404, codes: ['resource_not_found'] })
  })

  test('of 50 revocations of one sign-in token at the same time, one is the one', async () => {
    const server = await start()
    const { id: user_id } = await createUser(server)
    const { body: token } = await server.call('POST /sign_in_tokens', { json: { user_id } })
    const params = { sign_in_token_id: token.id }
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => server.call('POST /sign_in_tokens/{sign_in_token_id}/revoke', { params })),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 49 }, () => 400)])
  })

  test('a testing token is signed, and lasts an hour, told in seconds', async () => {
    const server = await start()
    const { status, body } = await server.call('POST /testing_tokens', {})
    const now = Math.floor(server.clock.now / 1000)
    expect({ status, body }).toEqual({
      status: 200,
      body: { object: 'testing_token', token: expect.any(String), expires_at: now + 3600 },
    })
    const { payload } = await jwtVerify(body.token, keySet(server), {
      audience: 'testing',
      currentDate: new Date(server.clock.now),
    })
    expect(payload.exp).toBe(body.expires_at)
  })

  test('version 4.13.23 creates and revokes a sign-in token', async () => {
    const server = await start()
    const { signInTokens } = createClient4({ secretKey: server.secretKey, apiUrl: server.url })
    const { id: userId } = await createUser(server)
    const token = await signInTokens.createSignInToken({ userId, expiresInSeconds: 600 })
    expect(token).toMatchObject({ userId, status: 'pending', token: expect.any(String) })
    expect(await signInTokens.revokeSignInToken(token.id)).toMatchObject({ id: token.id, status: 'revoked' })
  })

  test('neither passes for a session token, here or with @clerk/backend 3.25', async () => {
    const server = await start()
    const { id: user_id } = await createUser(server)
    const clerk = createClerkClient({ apiUrl: server.url, secretKey: server.secretKey })
    const { token: ticket } = await clerk.signInTokens.createSignInToken({ userId: user_id, expiresInSeconds: 600 })
    const { token: testing } = await clerk.testingTokens.createTestingToken()
    const { body: session } = await server.call('POST /sessions', { json: { user_id } })
    for (const token of [ticket, testing]) {
      const params = { session_id: session.id }
      const verified = await server.call('POST /sessions/{session_id}/verify', { params, json: { token } })
      expect(verified).toMatchObject({ status: 400, codes: ['invalid_session_token'] })
      await expect(verifyToken(token, { apiUrl: server.url, secretKey: server.secretKey })).rejects.toThrow(
        /Subject claim/,
      )
    }
  })
})
