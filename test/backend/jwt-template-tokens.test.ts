import { verifyToken } from '@clerk/backend'
import { createRemoteJWKSet, decodeJwt, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { freshStorage, type Instance, startInstance, storageKinds } from '../support/instance.js'
import { signIn } from '../support/sessions.js'
import { create, mintTo } from './jwt-template-calls.js'

describe.each(storageKinds)('tokens made to a JWT template on %s', (kind) => {
  const start = async () => startInstance({ storage: await freshStorage(kind, 'instance') })

  /** What the claims of a template become for a user. */
  async function filledIn(server: Instance, sessionId: string, claims: object): Promise<Record<string, unknown>> {
    const { body: template, status } = await create(server, { name: 'filled-in', claims })
    expect(status).toBe(200)
    const { body } = await mintTo(server, sessionId, 'filled-in')
    await server.call('DELETE /jwt_templates/{template_id}', { params: { template_id: template.id } })
    const { exp: _exp, iat: _iat, iss: _iss, jti: _jti, nbf: _nbf, sub: _sub, ...own } = decodeJwt(body.jwt)
    return own
  }

  test('a token is of the user, not of the session, and lasts as long as the template says', async () => {
    const server = await start()
    const { session, user } = await signIn(server)
    await create(server, { name: 'api', claims: { aud: 'api' }, lifetime: 300, allowed_clock_skew: 20 })
    const { body } = await mintTo(server, session.id, 'api')
    const keys = createRemoteJWKSet(new URL(`${server.url}/v1/jwks`), {
      headers: { authorization: `Bearer ${server.secretKey}` },
    })
    const { payload } = await jwtVerify(body.jwt, keys, { audience: 'api', currentDate: new Date(server.clock.now) })
    const now = Math.floor(server.clock.now / 1000)
    expect(payload).toEqual({
      aud: 'api',
      exp: now + 300,
      iat: now,
      iss: 'https://clerk.localhost',
      jti: expect.stringMatching(/^[0-9a-f]{20}$/),
      nbf: now - 20,
      sub: user.id,
    })
    const { exp } = decodeJwt((await mintTo(server, session.id, 'api', { expires_in_seconds: 30 })).body.jwt)
    expect(exp).toBe(now + 30)
    expect(await mintTo(server, session.id, 'api', { expires_in_seconds: 29 })).toMatchObject({
      status: 422,
      codes: ['form_param_value_invalid'],
    })
    const claims = await verifyToken(body.jwt, { secretKey: server.secretKey, apiUrl: server.url })
    expect(claims).toMatchObject({ sub: user.id, aud: 'api' })
  })

  test('a token made to a template proves no session', async () => {
    const server = await start()
    const { session } = await signIn(server)
    await create(server, { name: 'api', claims: { session_id: session.id } })
    const token = (await mintTo(server, session.id, 'api')).body.jwt
    const expected = { status: 400, codes: ['invalid_session_token'] }
    const params = { session_id: session.id }
    expect(await server.call('POST /sessions/{session_id}/verify', { params, form: { token } })).toMatchObject(expected)
    expect(await server.call('POST /clients/verify', { form: { token } })).toMatchObject(expected)
    const json = { expired_token: token, refresh_token: 'a', request_origin: 'https://app.example.com' }
    expect(await server.call('POST /sessions/{session_id}/refresh', { params, json })).toMatchObject({
      status: 401,
      codes: ['expired_session_token_missing_sid'],
    })
  })

  test('a session that is over, or was never there, gives no token', async () => {
    const server = await start()
    const { session } = await signIn(server)
    await create(server, { name: 'api', claims: {} })
    await server.call('POST /sessions/{session_id}/revoke', { params: { session_id: session.id } })
    for (const id of [session.id, 'sess_none']) {
      expect(await mintTo(server, id, 'api')).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    }
  })

  test('shortcodes become what they name, of its own type', async () => {
    const server = await start()
    const { session, user } = await signIn(server, {
      first_name: 'Maria',
      last_name: 'Doe',
      username: 'maria',
      external_id: 'ext',
      email_address: ['maria@example.com'],
      phone_number: ['+14155550123'],
      public_metadata: { profile: { interests: ['reading'] }, 'app:role': 'admin' },
      unsafe_metadata: { foo: { bar: 42 } },
      private_metadata: { salary: 1 },
    })
    const claims = {
      id: '{{user.id}}',
      names: ['{{user.first_name}}', { last: '{{ user.last_name }}' }, '{{user.full_name}}', '{{user.username}}'],
      email: '{{user.primary_email_address}}',
      verified: ['{{user.email_verified}}', '{{user.phone_number_verified}}'],
      phone: '{{user.primary_phone_number}}',
      image: ['{{user.image_url}}', '{{user.has_image}}'],
      two_factor: '{{user.two_factor_enabled}}',
      external: '{{user.external_id}}',
      times: ['{{user.created_at}}', '{{user.updated_at}}'],
      metadata: '{{user.public_metadata}}',
      interests: '{{user.public_metadata.profile.interests}}',
      first: '{{user.public_metadata.profile.interests.0}}',
      role: '{{user.public_metadata.app:role}}',
      bar: '{{user.unsafe_metadata.foo.bar}}',
      static: [1, true, null, 'text', { deep: [[]] }],
    }
    expect(await filledIn(server, session.id, claims)).toEqual({
      id: user.id,
      names: ['Maria', { last: 'Doe' }, 'Maria Doe', 'maria'],
      email: 'maria@example.com',
      verified: [true, true],
      phone: '+14155550123',
      image: ['', false],
      two_factor: false,
      external: 'ext',
      times: [user.created_at, user.updated_at].map((time) => Math.floor(time / 1000)),
      metadata: user.public_metadata,
      interests: ['reading'],
      first: 'reading',
      role: 'admin',
      bar: 42,
      static: [1, true, null, 'text', { deep: [[]] }],
    })
  })

  test('what does not exist is null, and private metadata does not exist', async () => {
    const server = await start()
    const { session } = await signIn(server, { username: 'nobody', private_metadata: { salary: 1 } })
    const names = [
      'user.full_name',
      'user.primary_email_address',
      'user.primary_phone_number',
      'user.private_metadata',
      'user.private_metadata.salary',
      'user.public_metadata.a.b',
      'user.public_metadata.__proto__',
      'user.constructor.name',
      'user.password_digest',
      'session.actor',
      'org.id',
      'org.role',
      'toString',
      '',
    ]
    const claims = Object.fromEntries(names.map((name) => [`is ${name}`, `{{${name}}}`]))
    const expected = Object.fromEntries(names.map((name) => [`is ${name}`, null]))
    expect(await filledIn(server, session.id, claims)).toEqual(expected)
  })

  test('a claim that is as long as it may be is filled in at once, whatever it is made of', async () => {
    const server = await start()
    const { session } = await signIn(server, { username: 'patient' })
    for (const part of [' ', "'", "''", "{{'", '{{', 'a|', '|', 'a.']) {
      const text = part.repeat(Math.floor(8000 / part.length))
      await filledIn(server, session.id, { inside: `{{${text}|x}}` })
      await filledIn(server, session.id, { bare: text })
    }
  })

  test('the first operand that is neither null nor false is taken, or else the last', async () => {
    const server = await start()
    const { session } = await signIn(server, { username: 'maria', unsafe_metadata: { age: 30, zero: 0, no: false } })
    const claims = {
      name: "{{user.full_name || 'Awesome || }} User'}}",
      age: '{{user.public_metadata.age || user.unsafe_metadata.age || 18}}',
      number: '{{ user.first_name || -1.5 }}',
      boolean: '{{user.first_name||true}}',
      zero: '{{user.unsafe_metadata.zero || 7}}',
      last: '{{user.first_name || user.unsafe_metadata.no}}',
      empty: "{{user.first_name || ''}}",
    }
    expect(await filledIn(server, session.id, claims)).toEqual({
      name: 'Awesome || }} User',
      age: 30,
      number: -1.5,
      boolean: true,
      zero: 0,
      last: false,
      empty: '',
    })
  })

  test('inside of a longer text everything becomes text, and what is no shortcode stays', async () => {
    const server = await start()
    const { session } = await signIn(server, { username: 'maria', first_name: 'Maria', public_metadata: { a: [1] } })
    const claims = {
      greeting: "Hello {{user.first_name}} {{user.last_name}}, {{user.last_name || 'you'}}!",
      list: 'a={{user.public_metadata.a}}',
      dollar: "$& {{user.first_name || '$&'}}",
      open: '{{user.first_name',
      single: '{user.first_name}',
      braces: '{{{{}}',
    }
    expect(await filledIn(server, session.id, claims)).toEqual({
      greeting: 'Hello Maria null, you!',
      list: 'a=[1]',
      dollar: '$& Maria',
      open: '{{user.first_name',
      single: '{user.first_name}',
      braces: '{{null',
    })
  })
})
