import { describe, expect, test } from 'vitest'
import { type Instance, storageKinds } from '../support/instance.js'
import { type Visitor, visit } from '../support/visitor.js'
import { ada, begin, begun, createUser, password, signedIn, startSigningIn } from './signing-in.js'

describe.each(storageKinds)('on %s', (kind) => {
  test('a browser proves itself by another token once somebody has signed in, and by none there was before', async () => {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance)
    const victim = visit(instance)
    await victim.call('PUT /client')
    const planted = victim.cookies.get('__client') ?? ''
    await begun(victim)
    expect(victim.cookies.get('__client')).toBe(planted)
    const { body, client } = await signedIn(victim)
    expect(victim.cookies.get('__client')).not.toBe(planted)
    expect(client?.sessions.map(({ id }) => id)).toEqual([body.created_session_id])

    const thief = visit(instance)
    thief.cookies.set('__client', planted)
    expect((await thief.call('GET /client')).body).toBeNull()
    const params = { session_id: body.created_session_id ?? '' }
    const token = await thief.call('POST /client/sessions/{session_id}/tokens', { params })
    expect([token.status, token.codes]).toEqual([401, ['signed_out']])
    expect((await victim.call('GET /client')).body?.sessions[0]?.user.id).toBe(user.id)
  })

  test('every sign-in is a session of its own, with an id that was never there before', async () => {
    const instance = await startSigningIn(kind)
    await createUser(instance)
    const browser = visit(instance)
    const first = (await signedIn(browser)).body.created_session_id
    await browser.call('DELETE /client/sessions')
    const { client, body } = await signedIn(browser)
    expect(body.created_session_id).not.toBe(first)
    expect(client?.sessions.map(({ id }) => id)).toEqual([body.created_session_id])
  })

  type End = [
    name: string,
    end: (instance: Instance, ids: { user: string; session: string }) => Promise<{ status: number }>,
  ]

  const ends: End[] = [
    [
      'revoked',
      (instance, { session }) =>
        instance.call('POST /sessions/{session_id}/revoke', { params: { session_id: session } }),
    ],
    [
      'of a banned user',
      (instance, { user }) => instance.call('POST /users/{user_id}/ban', { params: { user_id: user } }),
    ],
    [
      'of a deleted user',
      (instance, { user }) => instance.call('DELETE /users/{user_id}', { params: { user_id: user } }),
    ],
    [
      'of a user whose password was changed',
      (instance, { user }) =>
        instance.call('PATCH /users/{user_id}', {
          params: { user_id: user },
          json: { password: 'another long enough secret', sign_out_of_other_sessions: true },
        }),
    ],
  ]

  test.each(ends)('a session that is %s proves nothing any more, at once', async (_, end) => {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance)
    const browser = visit(instance)
    const { body, client } = await signedIn(browser)
    const session = body.created_session_id ?? ''
    const token = client?.sessions[0]?.last_active_token?.jwt ?? ''
    const verify = () => instance.call('POST /clients/verify', { json: { token } })
    expect((await verify()).status).toBe(200)

    expect((await end(instance, { user: user.id, session })).status).toBe(200)
    const verified = await verify()
    expect([400, 404]).toContain(verified.status)
    expect((await browser.call('GET /client')).body?.sessions).toEqual([])
    for (const key of ['tokens', 'touch'] as const) {
      const params = { session_id: session }
      const refused = await browser.call(`POST /client/sessions/{session_id}/${key}`, { params })
      expect([key, refused.status, refused.codes]).toEqual([key, 404, ['resource_not_found']])
    }
  })

  test('whose session is over, of them nothing more is told in the browser that they left', async () => {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance, { ...ada, first_name: 'Ada' })
    const browser = visit(instance)
    const params = { session_id: (await signedIn(browser)).body.created_session_id ?? '' }
    const open = await browser.call('GET /client/sessions/{session_id}', { params })
    expect(open.body).toMatchObject({
      status: 'active',
      user: { id: user.id },
      public_user_data: { first_name: 'Ada' },
    })
    await instance.call('POST /sessions/{session_id}/revoke', { params })
    for (const key of [
      'GET /client/sessions/{session_id}',
      'POST /client/sessions/{session_id}/end',
      'POST /client/sessions/{session_id}/remove',
    ] as const) {
      const { status, body } = await browser.call(key, { params })
      expect([status, body.status], key).toEqual([200, 'revoked'])
      expect([body.user, body.public_user_data, body.last_active_token], key).toEqual([undefined, null, null])
    }
    const later = visit(instance)
    const named = { session_id: (await signedIn(later)).body.created_session_id ?? '' }
    const left = await later.call('POST /client/sessions/{session_id}/end', { params: named })
    expect([left.body.status, left.body.user, left.client?.sessions]).toEqual(['ended', undefined, []])
  })

  test('a session that was begun is one for every part of the server', async () => {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance)
    const browser: Visitor = visit(instance)
    const { body, client } = await begin(browser, { identifier: 'ada@example.com', password })
    const listed = await instance.call('GET /sessions', { query: { user_id: user.id } })
    expect(listed.body).toMatchObject([{ id: body.created_session_id, client_id: client?.id, status: 'active' }])
    const token = client?.sessions[0]?.last_active_token?.jwt ?? ''
    const [, claims = ''] = token.split('.')
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toMatchObject({
      sid: body.created_session_id,
      sub: user.id,
      azp: 'http://localhost:3000',
      fva: [0, -1],
    })
  })
})

test('passwords of every length and script sign in as they were chosen, and none is cut', async () => {
  const instance = await startSigningIn('SQLite')
  const long = 'x'.repeat(71)
  for (const [index, chosen] of [
    'tenletters',
    `${long}y`,
    ' leading and trailing ',
    'пароль с пробелами',
    '🔑🔒🔓🗝️🔐🔏🚪🏠x',
  ].entries()) {
    const identifier = `user${index}@example.com`
    await createUser(instance, { email_address: [identifier], password: chosen, skip_password_checks: true })
    const wrong = await begin(visit(instance), { identifier, password: chosen.slice(0, -1) })
    expect(wrong.codes, chosen).toEqual(['form_password_incorrect'])
    expect((await begin(visit(instance), { identifier, password: chosen })).body.status, chosen).toBe('complete')
  }
  const identifier = 'user0@example.com'
  const huge = await begin(visit(instance), { identifier, password: 'x'.repeat(5000) })
  expect([huge.status, huge.codes]).toEqual([422, ['form_password_size_in_bytes_exceeded']])
  const nul = await begin(visit(instance), { identifier, password: 'tenletters\0' })
  expect([nul.status, nul.codes]).toEqual([422, ['form_password_incorrect']])
})
