import { verifyToken } from '@clerk/backend'
import { decodeJwt } from 'jose'
import { describe, expect, test } from 'vitest'
import { freshStorage, type Instance, production, startInstance, storageKinds } from '../support/instance.js'
import { rowsIn } from '../support/rows.js'
import { signIn } from '../support/sessions.js'
import { site, type Visitor, visit } from '../support/visitor.js'

const page = `${site}/guarded?a=b&c=%20d`

type Storage = Awaited<ReturnType<typeof freshStorage>>

/** Somebody who is signed in at a browser: their session becomes one of its client. */
async function signedIn(instance: Instance, storage: Storage) {
  const browser = visit(instance)
  const { body: client } = await browser.call('PUT /client')
  const { user, session } = await signIn(instance)
  await rowsIn(storage, `update sessions set client_id = '${client.id}' where id = '${session.id}'`)
  await rowsIn(storage, `update clients set signed_at = ${instance.clock.now - 5_000} where id = '${client.id}'`)
  return { browser, client, user, session, signedAt: String(Math.floor((instance.clock.now - 5_000) / 1000)) }
}

const handshake = (browser: Visitor, query: Record<string, unknown>) =>
  browser.call('GET /client/handshake', { query: { redirect_url: page, ...query } })

/** The Set-Cookie values of a handshake by token, by the names of the cookies. */
function directivesOf(handed: string): Map<string, string> {
  const { handshake } = decodeJwt<{ handshake: string[] }>(handed)
  return byName(handshake)
}

const byName = (directives: string[]) => new Map(directives.map((one) => [one.slice(0, one.indexOf('=')), one]))

const suffixOf = (names: Iterable<string>) => [...names].find((name) => /^__session_/.test(name))?.slice(10)

const contentOf = (directive = '') => /=([^;]*)/.exec(directive)?.[1] ?? ''

const year = 'Max-Age=31536000'

describe.each(storageKinds)('on %s, in development', (kind) => {
  async function start() {
    const storage = await freshStorage(kind, 'instance')
    return { storage, instance: await startInstance({ storage }) }
  }

  test('a browser that is new goes back signed out, as a dev browser, with the rest of the address as it was', async () => {
    const { instance } = await start()
    const { status, body, headers } = await handshake(visit(instance), {})
    expect(status).toBe(307)
    expect(headers.get('cache-control')).toBe('no-store')
    const url = new URL(body)
    const handed = url.searchParams.get('__clerk_handshake') ?? ''
    url.searchParams.delete('__clerk_handshake')
    expect([url.origin, url.pathname, [...url.searchParams]]).toEqual([
      site,
      '/guarded',
      [
        ['a', 'b'],
        ['c', ' d'],
      ],
    ])
    const directives = directivesOf(handed)
    const suffix = suffixOf(directives.keys())
    expect([...directives]).toEqual([
      ['__session', '__session=; Path=/; Max-Age=0; SameSite=Lax'],
      [`__session_${suffix}`, `__session_${suffix}=; Path=/; Max-Age=0; SameSite=Lax`],
      [`__refresh_${suffix}`, `__refresh_${suffix}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax`],
      ['__client_uat', `__client_uat=0; Path=/; ${year}; SameSite=Lax`],
      [`__client_uat_${suffix}`, `__client_uat_${suffix}=0; Path=/; ${year}; SameSite=Lax`],
      ['__clerk_db_jwt', expect.stringMatching(/^__clerk_db_jwt=[\w-]{43}; Path=\/; Max-Age=31536000; SameSite=Lax$/)],
      [`__clerk_db_jwt_${suffix}`, expect.stringContaining(contentOf(directives.get('__clerk_db_jwt')))],
    ])
  })

  test('somebody who is signed in goes back with a token for the site, and the time of the sign-in', async () => {
    const { instance, storage } = await start()
    const { browser, user, session, signedAt } = await signedIn(instance, storage)
    const { body } = await handshake(browser, { __clerk_api_version: '2025-04-10' })
    const directives = directivesOf(new URL(body).searchParams.get('__clerk_handshake') ?? '')
    const suffix = suffixOf(directives.keys())
    const token = contentOf(directives.get('__session'))
    expect(directives.get('__session')).toBe(`__session=${token}; Path=/; ${year}; SameSite=Lax`)
    expect(contentOf(directives.get(`__session_${suffix}`))).toBe(token)
    expect(contentOf(directives.get('__client_uat'))).toBe(signedAt)
    expect(contentOf(directives.get(`__client_uat_${suffix}`))).toBe(signedAt)
    expect(directives.has(`__refresh_${suffix}`)).toBe(false)
    const claims = await verifyToken(token, {
      secretKey: instance.secretKey,
      apiUrl: instance.url,
      authorizedParties: [site],
    })
    expect(claims).toMatchObject({ sub: user.id, sid: session.id, azp: site, v: 2 })
  })

  test('an application that knows suffixed cookies gets a refresh token, which it can trade', async () => {
    const { instance, storage } = await start()
    const { browser, session } = await signedIn(instance, storage)
    const { body } = await handshake(browser, { suffixed_cookies: 'true' })
    const directives = directivesOf(new URL(body).searchParams.get('__clerk_handshake') ?? '')
    const refresh = directives.get(`__refresh_${suffixOf(directives.keys())}`)
    expect(refresh).toMatch(/^__refresh_[\w-]{8}=[\w-]{43}; Path=\/; Max-Age=31536000; HttpOnly; SameSite=Lax$/)
    instance.clock.now += 90_000
    const traded = await instance.call('POST /sessions/{session_id}/refresh', {
      params: { session_id: session.id },
      json: {
        expired_token: contentOf(directives.get('__session')),
        refresh_token: contentOf(refresh),
        request_origin: site,
      },
    })
    expect(traded.status).toBe(200)
  })

  test('by nonce, the secret key gets the cookies, once', async () => {
    const { instance, storage } = await start()
    const { browser } = await signedIn(instance, storage)
    const { body } = await handshake(browser, { format: 'nonce' })
    const url = new URL(body)
    expect(url.searchParams.has('__clerk_handshake')).toBe(false)
    const query = { nonce: url.searchParams.get('__clerk_handshake_nonce') }
    const taken = await instance.call('GET /clients/handshake_payload', { query })
    expect([...byName(taken.body.directives).keys()]).toContain('__session')
    expect((await instance.call('GET /clients/handshake_payload', { query })).codes).toEqual(['resource_not_found'])
  })

  test('what was handed over before is replaced', async () => {
    const { instance } = await start()
    const redirect_url = `${site}/?__clerk_handshake=old`
    const { body } = await handshake(visit(instance), { redirect_url })
    expect(new URL(body).searchParams.getAll('__clerk_handshake')).toEqual([expect.stringMatching(/^ey/)])
  })

  test('a dev browser is known by its token, stays the same, and has its client without any cookie', async () => {
    const { instance, storage } = await start()
    const { body: dev } = await visit(instance).call('POST /dev_browser')
    const query = { __clerk_db_jwt: dev.token }
    const { body: client } = await visit(instance).call('PUT /client', { query })
    const { session } = await signIn(instance)
    await rowsIn(storage, `update sessions set client_id = '${client.id}' where id = '${session.id}'`)
    const { body } = await handshake(visit(instance), query)
    const directives = directivesOf(new URL(body).searchParams.get('__clerk_handshake') ?? '')
    expect(contentOf(directives.get('__clerk_db_jwt'))).toBe(dev.token)
    expect(decodeJwt(contentOf(directives.get('__session')))['sid']).toBe(session.id)
  })

  test('a dev browser that nobody knows any more becomes another one', async () => {
    const { instance } = await start()
    const { status, body } = await handshake(visit(instance), { __clerk_db_jwt: 'of-a-server-that-was' })
    const directives = directivesOf(new URL(body).searchParams.get('__clerk_handshake') ?? '')
    expect(status).toBe(307)
    expect(contentOf(directives.get('__clerk_db_jwt'))).toMatch(/^[\w-]{43}$/)
  })

  test.each(['revoke', 'ban', 'delete', 'expire'] as const)(
    'whoever has no session any more (%s) goes back signed out',
    async (how) => {
      const { instance, storage } = await start()
      const { browser, user, session } = await signedIn(instance, storage)
      const params = { user_id: user.id }
      if (how === 'revoke')
        await instance.call('POST /sessions/{session_id}/revoke', { params: { session_id: session.id } })
      if (how === 'ban') await instance.call('POST /users/{user_id}/ban', { params })
      if (how === 'delete') await instance.call('DELETE /users/{user_id}', { params })
      if (how === 'expire') instance.clock.now = session.expire_at
      const { body } = await handshake(browser, {})
      const directives = directivesOf(new URL(body).searchParams.get('__clerk_handshake') ?? '')
      expect([contentOf(directives.get('__session')), contentOf(directives.get('__client_uat'))]).toEqual(['', '0'])
    },
  )

  test('a cookie that was replaced long ago is forgotten on the way, and no error', async () => {
    const { instance, storage } = await start()
    const { browser, client } = await signedIn(instance, storage)
    await rowsIn(
      storage,
      `update clients set former_token_digest = token_digest, token_digest = null, token_rotated_at = 0 where id = '${client.id}'`,
    )
    const { status, body } = await handshake(browser, {})
    expect(status).toBe(307)
    expect(browser.cookies.has('__client')).toBe(false)
    const directives = directivesOf(new URL(body).searchParams.get('__clerk_handshake') ?? '')
    expect(contentOf(directives.get('__client_uat'))).toBe('0')
  })
})

describe('where a handshake leads', () => {
  const storage = { memory: true } as const

  test.each([
    ['https://evil.example/', 'form_param_value_invalid'],
    ['http://localhost.evil.example/', 'form_param_value_invalid'],
    ['http://localhost@evil.example/', 'form_param_format_invalid'],
    ['//evil.example', 'form_param_format_invalid'],
    ['/guarded', 'form_param_format_invalid'],
    ['http:\\\\evil.example', 'form_param_format_invalid'],
    ['javascript:alert(1)', 'form_param_format_invalid'],
    ['app://callback', 'form_param_format_invalid'],
    [`${site}/${'a'.repeat(8192)}`, 'form_param_max_length_exceeded'],
    ['', 'form_param_missing'],
  ])('is not %j', async (redirect_url, code) => {
    const instance = await startInstance({ storage })
    const { status, codes, params } = await handshake(visit(instance), { redirect_url })
    expect([status, codes, params]).toEqual([422, [code], ['redirect_url']])
  })

  test('must be said', async () => {
    const instance = await startInstance({ storage })
    const { status, codes } = await visit(instance).call('GET /client/handshake')
    expect([status, codes]).toEqual([422, ['form_param_missing']])
  })

  test('may be a page with a long query', async () => {
    const instance = await startInstance({ storage })
    expect((await handshake(visit(instance), { redirect_url: `${site}/?${'a'.repeat(6000)}` })).status).toBe(307)
  })

  test('is an allowed origin in production, and not just any place that may be gone to', async () => {
    const instance = await startInstance({ storage, ...production, publicUrl: () => 'https://auth.example.com' })
    await instance.call('PATCH /instance', {
      json: { allowed_origins: ['https://app.example.com', 'https://app.example.org'] },
    })
    await instance.call('POST /redirect_urls', { json: { url: 'https://other.example.com/' } })
    const to = (redirect_url: string) => handshake(visit(instance), { redirect_url })
    expect((await to('https://app.example.com/')).status).toBe(307)
    expect((await to('https://auth.example.com/user')).status).toBe(307)
    for (const url of [
      'https://other.example.com/',
      'http://app.example.com/',
      'http://localhost:3000/',
      'https://app.example.org/',
    ]) {
      const { status, codes, params } = await to(url)
      expect([status, codes, params], url).toEqual([422, ['form_param_value_invalid'], ['redirect_url']])
    }
  })
})

describe.each(storageKinds)('on %s, in production', (kind) => {
  const app = 'https://app.example.com'

  async function start(publicUrl: string) {
    const storage = await freshStorage(kind, 'schema')
    const instance = await startInstance({ storage, ...production, publicUrl: () => publicUrl })
    await instance.call('PATCH /instance', { json: { allowed_origins: [app] } })
    return instance
  }

  const cookiesOf = (headers: Headers) => byName(headers.getSetCookie())

  test.each([
    ['https://auth.example.com', `${app}/guarded`, '; Domain=example.com'],
    ['https://app.example.com', `${app}/guarded`, '; Domain=example.com'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010/guarded', ''],
  ])('the cookies travel in a cookie of a server at %s', async (publicUrl, redirect_url, domain) => {
    const instance = await start(publicUrl)
    const { status, body, headers } = await handshake(visit(instance), { redirect_url })
    expect([status, body]).toEqual([307, redirect_url])
    const secure = publicUrl.startsWith('https:') ? '; Secure' : ''
    const handed = cookiesOf(headers).get('__clerk_handshake') ?? ''
    expect(handed.replace(contentOf(handed), '…')).toBe(
      `__clerk_handshake=…; Path=/${domain}; Max-Age=60; HttpOnly; SameSite=Lax${secure}`,
    )
    expect(handed.length).toBeLessThan(4096)
    const directives = directivesOf(contentOf(handed))
    expect(directives.get('__client_uat')).toBe(`__client_uat=0; Path=/${domain}; ${year}; SameSite=Lax${secure}`)
    expect(directives.get('__session')).toBe(`__session=; Path=/; Max-Age=0; SameSite=Lax${secure}`)
    expect(directives.get('__clerk_handshake')).toBe(
      `__clerk_handshake=; Path=/${domain}; Max-Age=0; SameSite=Lax${secure}`,
    )
    expect([...directives.keys()].filter((name) => name.startsWith('__clerk_db_jwt'))).toEqual([])
  })

  test('by nonce, the cookie has no more than that', async () => {
    const instance = await start('https://auth.example.com')
    const { headers } = await handshake(visit(instance), { redirect_url: app, format: 'nonce' })
    const nonce = contentOf(cookiesOf(headers).get('__clerk_handshake_nonce'))
    const taken = await instance.call('GET /clients/handshake_payload', { query: { nonce } })
    expect([...byName(taken.body.directives).keys()]).toContain('__clerk_handshake_nonce')
  })

  test('a token in the query makes nobody known', async () => {
    const instance = await start('https://auth.example.com')
    const { status, headers } = await handshake(visit(instance), { redirect_url: app, __clerk_db_jwt: 'x' })
    expect(status).toBe(307)
    expect([...cookiesOf(headers).keys()].some((name) => name.startsWith('__clerk_db_jwt'))).toBe(false)
  })
})

test.each(['/client/sync', '/client/link'])('GET %s, of satellites, is not served', async (path) => {
  const { url } = await startInstance({ storage: { memory: true } })
  const response = await fetch(`${url}/__clerk/v1${path}`)
  expect(response.status).toBe(501)
})
