import { describe, expect, test } from 'vitest'
import { production, startFresh, startInstance, storageKinds } from '../support/instance.js'
import { startSignedIn } from '../support/signed-in.js'
import { site, visit } from '../support/visitor.js'

describe.each(storageKinds)('on %s', (kind) => {
  const start = (options = {}) => startFresh(kind, options)

  test('GET /client of a browser that is new is null, and gives it no cookie', async () => {
    const browser = visit(await start())
    const { status, body, client } = await browser.call('GET /client')
    expect([status, body, client]).toEqual([200, null, null])
    expect(browser.cookies.size).toBe(0)
  })

  test('PUT /client makes a browser known by a cookie that no script reads, and later is the same client', async () => {
    const browser = visit(await start())
    const { status, headers, body } = await browser.call('PUT /client')
    expect(status).toBe(200)
    expect(headers.get('set-cookie')).toMatch(
      /^__client=client_\w{27}\.[\w-]{43}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/,
    )
    expect(body.sessions).toEqual([])
    expect((await browser.call('GET /client')).body?.id).toBe(body.id)
    expect((await browser.call('POST /client')).body.id).toBe(body.id)
  })

  test('the time of a client is that of the last sign-in or sign-out, whatever else is done with it', async () => {
    const { instance, browser, session } = await startSignedIn(kind, undefined, { session_mode: 'multi' })
    const signedAt = instance.clock.now
    const params = { session_id: session.id }
    const others = [
      () => browser.call('POST /client/sessions/{session_id}/touch', { params }),
      () => browser.call('POST /client/sign_ups', { form: {} }),
    ]
    for (const ask of others) {
      instance.clock.now += 5_000
      expect((await ask()).status).toBe(200)
      expect((await browser.call('GET /client')).body?.updated_at).toBe(signedAt)
    }
    instance.clock.now += 5_000
    await browser.call('POST /client/sessions/{session_id}/end', { params })
    expect((await browser.call('GET /client')).body?.updated_at).toBe(instance.clock.now)
  })

  test('over https the cookie never leaves it', async () => {
    const browser = visit(await start({ publicUrl: () => 'https://auth.example.com' }))
    expect((await browser.call('PUT /client')).headers.get('set-cookie')).toMatch(/; Secure$/)
  })

  test('a cookie that was made up, or is of another client, is that of a browser that is new', async () => {
    const instance = await start()
    const [one, two] = [visit(instance), visit(instance)]
    const { body } = await one.call('PUT /client')
    await two.call('PUT /client')
    const secretOfTwo = two.cookies.get('__client')?.split('.')[1] ?? ''
    for (const forged of [
      `${body.id}.${secretOfTwo}`,
      body.id,
      `${body.id}.`,
      '.',
      'x',
      `client_${'0'.repeat(27)}.x`,
    ]) {
      one.cookies.set('__client', forged)
      expect((await one.call('GET /client')).body, forged).toBeNull()
    }
  })

  test('DELETE /client makes the browser forget its client, and the client its cookie', async () => {
    const browser = visit(await start())
    await browser.call('PUT /client')
    const before = browser.cookies.get('__client') ?? ''
    const { status, body } = await browser.call('DELETE /client')
    expect([status, body]).toEqual([200, null])
    expect(browser.cookies.size).toBe(0)
    browser.cookies.set('__client', before)
    expect((await browser.call('GET /client')).body).toBeNull()
  })

  test.each(['%00', '%00.x', '%ff.%00', '.', '__proto__.x', '%E0%A4%A'])(
    'a cookie that is %s is that of a browser that is new',
    async (cookie) => {
      const browser = visit(await start())
      browser.cookies.set('__client', cookie)
      const { status, body } = await browser.call('GET /client')
      expect([status, body]).toEqual([200, null])
      const refused = await browser.call('DELETE /client')
      expect([refused.status, refused.codes]).toEqual([401, ['signed_out']])
      expect((await browser.call('PUT /client')).body.id).toMatch(/^client_/)
    },
  )

  test('what asks for a client refuses a browser that has none', async () => {
    const browser = visit(await start())
    for (const key of ['DELETE /client', 'DELETE /client/sessions'] as const) {
      const { status, codes } = await browser.call(key)
      expect([status, codes]).toEqual([401, ['signed_out']])
    }
    const { status, codes } = await browser.call('POST /client/sessions/{session_id}/touch', {
      params: { session_id: 'sess_x' },
    })
    expect([status, codes]).toEqual([401, ['signed_out']])
  })

  test('of a session that is not of this browser, nothing is said', async () => {
    const instance = await start()
    const user = await instance.call('POST /users', { json: { email_address: ['ada@example.com'] } })
    const session = await instance.call('POST /sessions', { json: { user_id: user.body.id } })
    const browser = visit(instance)
    await browser.call('PUT /client')
    const params = { session_id: session.body.id }
    for (const key of [
      'GET /client/sessions/{session_id}',
      'POST /client/sessions/{session_id}/touch',
      'POST /client/sessions/{session_id}/tokens',
      'POST /client/sessions/{session_id}/end',
      'POST /client/sessions/{session_id}/remove',
    ] as const) {
      const { status, codes } = await browser.call(key, { params })
      expect([status, codes]).toEqual([404, ['resource_not_found']])
    }
    const after = await instance.call('GET /sessions/{session_id}', { params })
    expect(after.body.status).toBe('active')
  })

  test('a dev browser proves itself by its token, and keeps the client it made', async () => {
    const instance = await start()
    const { status, body } = await visit(instance).call('POST /dev_browser')
    expect([status, body.object]).toEqual([200, 'dev_browser'])
    expect(body.id, 'what clerk-js takes for the token').toBe(body.token)
    const query = { __clerk_db_jwt: body.token }
    const made = await visit(instance).call('PUT /client', { query })
    expect((await visit(instance).call('GET /client', { query })).body?.id).toBe(made.body.id)
    const unknown = await visit(instance).call('GET /client', { query: { __clerk_db_jwt: 'x' } })
    expect([unknown.status, unknown.codes]).toEqual([401, ['dev_browser_unauthenticated']])
  })

  test('a production instance has no dev browsers', async () => {
    const publicUrl = () => site
    const instance = await start({ ...production, publicUrl })
    const { status, codes } = await visit(instance).call('POST /dev_browser')
    expect([status, codes]).toEqual([400, ['request_invalid_for_environment']])
  })
})

test.each(['/.well-known/jwks.json', '/__clerk/.well-known/jwks.json'])(
  '%s has the key set for whoever asks, as the Backend API has it',
  async (path) => {
    const instance = await startInstance({ storage: { memory: true } })
    const response = await fetch(instance.url + path)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual((await instance.call('GET /jwks', {})).body)
  },
)
