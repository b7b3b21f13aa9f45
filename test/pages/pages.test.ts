import { afterEach, describe, expect, test, vi } from 'vitest'
import { run, temporaryFolder } from '../support/command-line.js'
import { type Instance, production, startInstance } from '../support/instance.js'

let instance: Instance
afterEach(() => instance.close())

const publicUrl = () => 'https://auth.example.com'
const storage = { memory: true } as const

const get = (path: string) => fetch(instance.url + path, { redirect: 'manual' })

/** What the script of a page is told. */
const settingsOf = async (path: string) => {
  const text = await (await get(path)).text()
  return JSON.parse(/<script id="settings" type="application\/json">([^<]*)</.exec(text)?.[1] ?? '')
}

describe.each([
  ['/sign-in', 'Sign in', 'SignIn'],
  ['/sign-up', 'Sign up', 'SignUp'],
  ['/user', 'Your account', 'UserProfile'],
])('%s', (path, title, component) => {
  test('is a page with a title, a language, and a word for those without JavaScript', async () => {
    instance = await startInstance({ storage })
    const response = await get(path)
    const text = await response.text()
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=UTF-8'])
    expect(text).toContain(`<title>${title}</title>`)
    expect(text).toContain('<html lang="en">')
    expect(text).toContain('width=device-width')
    expect(text).toMatch(/<noscript>.*JavaScript/)
    expect(text).toMatch(/role="status">[^<]+</)
  })

  test('mounts its component with the keys of the instance, from its own address', async () => {
    instance = await startInstance({ storage })
    expect(await settingsOf(path)).toMatchObject({
      component,
      source: '/__clerk/npm/@clerk/clerk-js@5/dist/clerk.browser.js',
      attributes: { 'data-clerk-publishable-key': instance.publishableKey, 'data-clerk-proxy-url': '/__clerk' },
      options: { signInUrl: '/sign-in', signUpUrl: '/sign-up', telemetry: false },
      props: { routing: 'path', path },
    })
  })

  test('has the steps of its component below it', async () => {
    instance = await startInstance({ storage })
    expect(await settingsOf(`${path}/factor-one?a=b`)).toMatchObject({ component, props: { path } })
    expect((await get(`${path}way`)).status).not.toBe(200)
  })

  test('lives under the path that people reach the server by', async () => {
    instance = await startInstance({ storage, publicUrl: () => 'https://app.example.com/auth' })
    expect(await settingsOf(path)).toMatchObject({
      source: '/auth/__clerk/npm/@clerk/clerk-js@5/dist/clerk.browser.js',
      attributes: { 'data-clerk-proxy-url': '/auth/__clerk' },
      options: { signInUrl: '/auth/sign-in' },
      props: { path: `/auth${path}` },
    })
  })

  test('runs nothing but what it brings, and in no frame', async () => {
    instance = await startInstance({ storage })
    const [one, other] = [await get(path), await get(path)]
    const text = await one.text()
    const policy = String(one.headers.get('content-security-policy'))
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1] ?? ''
    expect(nonce).toMatch(/^[A-Za-z0-9+/]{22}==$/)
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src 'nonce-${nonce}' 'strict-dynamic'`,
      expect.stringMatching(/^style-src 'nonce-[^']+'( 'sha256-[^']+'){2}$/),
      "connect-src 'self'",
      "img-src 'self' data: blob:",
      'worker-src blob:',
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'none'",
    ])
    expect(text).toContain(`<script nonce="${nonce}">`)
    expect(other.headers.get('content-security-policy')).not.toBe(policy)
    expect(one.headers.get('x-frame-options')).toBe('DENY')
    expect(one.headers.get('cache-control')).toBe('no-store')
  })
})

describe('redirect_url', () => {
  const redirected = async (query: string) => {
    const response = await get(`/sign-in/factor-one?${query}`)
    return { status: response.status, location: response.headers.get('location') }
  }

  test('may lead to the server itself, an allowed origin, or a redirect URL in production', async () => {
    instance = await startInstance({ storage, ...production, publicUrl })
    await instance.call('PATCH /instance', { json: { allowed_origins: ['https://app.example.com'] } })
    await instance.call('POST /redirect_urls', { json: { url: 'https://other.example.com/callback' } })
    const good = [
      '/user',
      'https://auth.example.com/user',
      'https://app.example.com/a?b=c#d',
      'https://other.example.com/callback',
    ]
    for (const url of good) {
      const { status } = await redirected(new URLSearchParams({ redirect_url: url }).toString())
      expect(status, url).toBe(200)
    }
    const query = new URLSearchParams({ redirect_url: 'https://app.example.com/a' })
    expect(await settingsOf(`/sign-in?${query}`)).toMatchObject({ destinations: ['https://app.example.com'] })
    expect(await settingsOf('/sign-in')).toMatchObject({ destinations: [] })
  })

  test.each([
    'https://evil.example',
    'http://app.example.com/',
    'https://app.example.com.evil.example/',
    'https://app.example.com@evil.example/',
    'https://other.example.com/elsewhere',
    '//evil.example',
    '/\\evil.example',
    '/\t/evil.example',
    '\\\\evil.example',
    'https:evil.example',
    'https:///evil.example',
    ' https://evil.example',
    'javascript:alert(1)',
    'data:text/html,hello',
    'app://callback',
    'guarded',
    '',
  ])('is ignored where it is %j', async (url) => {
    instance = await startInstance({ storage, ...production, publicUrl })
    await instance.call('PATCH /instance', { json: { allowed_origins: ['https://app.example.com'] } })
    await instance.call('POST /redirect_urls', { json: { url: 'https://other.example.com/callback' } })
    const query = new URLSearchParams({ __clerk_ticket: 'kept', redirect_url: url }).toString()
    expect(await redirected(query)).toEqual({ status: 302, location: '/sign-in/factor-one?__clerk_ticket=kept' })
  })

  test.each([
    'after_sign_in_url',
    'after_sign_up_url',
    'sign_in_fallback_redirect_url',
    'sign_in_force_redirect_url',
    'sign_up_fallback_redirect_url',
    'sign_up_force_redirect_url',
  ])('is held to the same by its other name %s', async (name) => {
    instance = await startInstance({ storage, ...production, publicUrl })
    const good = new URLSearchParams([['redirect_url', 'https://auth.example.com/user']]).toString()
    expect(await redirected(`${good}&${name}=https%3A%2F%2Fevil.example`)).toEqual({
      status: 302,
      location: `/sign-in/factor-one?${good}`,
    })
  })

  test('is ignored as a whole where one of several is bad', async () => {
    instance = await startInstance({ storage, ...production, publicUrl })
    const query = 'redirect_url=https://auth.example.com/user&redirect_url=https://evil.example'
    expect(await redirected(query)).toEqual({ status: 302, location: '/sign-in/factor-one' })
  })

  test('may lead to what runs on this machine, or was allowed, in development', async () => {
    instance = await startInstance({ storage })
    expect(await redirected('redirect_url=http://localhost:3000/guarded')).toMatchObject({ status: 200 })
    for (const url of [
      'javascript:alert(1)',
      'https://evil.example',
      '//evil.example',
      'http://localhost.evil.example',
    ]) {
      expect(await redirected(`redirect_url=${encodeURIComponent(url)}`), url).toMatchObject({ status: 302 })
    }
    await instance.call('PATCH /instance', { json: { allowed_origins: ['https://preview.example.com'] } })
    expect(await redirected('redirect_url=https://preview.example.com/a')).toMatchObject({ status: 200 })
  })

  test('cannot end the script that it stands in', async () => {
    instance = await startInstance({ storage })
    const response = await get(`/sign-in?${new URLSearchParams({ redirect_url: 'http://localhost/</script><b>' })}`)
    expect(await response.text()).not.toContain('</script><b>')
  })

  test('leads back under the path that people reach the server by', async () => {
    instance = await startInstance({ storage, publicUrl: () => 'https://app.example.com/auth/' })
    expect(await redirected('redirect_url=javascript:alert(1)')).toEqual({
      status: 302,
      location: '/auth/sign-in/factor-one',
    })
  })
})

test('without redirect_url people go to the application, where it is known', async () => {
  const dataDir = await temporaryFolder()
  instance = await startInstance({ storage: { dataDir } })
  expect((await settingsOf('/sign-in')).options).toMatchObject({ signInFallbackRedirectUrl: '/user' })
  const { code } = await run('settings', 'set', 'home_url', 'http://localhost:3000/start', '--data-dir', dataDir)
  expect(code).toBe(0)
  await vi.waitFor(
    async () =>
      expect(await settingsOf('/sign-in')).toMatchObject({
        options: {
          signInFallbackRedirectUrl: 'http://localhost:3000/start',
          signUpFallbackRedirectUrl: 'http://localhost:3000/start',
        },
        destinations: ['http://localhost:3000'],
      }),
    { timeout: 5_000, interval: 200 },
  )
})
