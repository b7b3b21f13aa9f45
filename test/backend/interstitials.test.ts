import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { newTab, visit } from '../support/browser.js'
import { describedBy } from '../support/description.js'
import { freshStorage, type Instance, readErrors, startInstance, storageKinds } from '../support/instance.js'

const address = 'https://app.example.com/page?a=1'

const start = (publicUrl = 'https://id.example.com') =>
  startInstance({ storage: { memory: true }, publicUrl: () => publicUrl })

const internal = async (server: Instance) => String((await server.call('GET /internal/interstitial', {})).body)

const open = (server: Instance, query: Record<string, unknown>) => server.call('GET /public/interstitial', { query })

/** What the page says that is for its script, which nothing in it can break out of. */
const settingsOf = (page: string) =>
  JSON.parse(/<script id="settings" type="application\/json">([^<]*)<\/script>/.exec(page)?.[1] ?? '')

/** The policy that the page carries, by its directives. */
const policyOf = (page: string): Record<string, string> => {
  const text = /http-equiv="Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1] ?? ''
  const parts = text.replaceAll('&#39;', "'").split('; ')
  return Object.fromEntries(parts.map((part) => [part.split(' ')[0], part.slice(part.indexOf(' ') + 1)]))
}

describe.each(storageKinds)('on %s', (kind) => {
  test('a site that is guarded by the published 2.6.3 shows the page between, and lives on', async () => {
    const server = await startInstance({ storage: await freshStorage(kind, 'instance') })
    const child = spawn(process.execPath, [fileURLToPath(new URL('../support/lax-2.6.3.cjs', import.meta.url))], {
      env: { ...process.env, API_KEY: server.apiKey, API_URL: server.url },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void child.kill())
    const [port] = (await once(child.stdout, 'data')) as [Buffer]
    const site = `http://127.0.0.1:${String(port).trim()}/`
    for (const visitor of [{}, { cookie: '__session=nonsense; __client_uat=1' }]) {
      const shown = await fetch(site, { headers: { 'user-agent': 'Mozilla/5.0', ...visitor } })
      expect([shown.status, shown.headers.get('content-type')]).toEqual([401, 'text/html'])
      expect(await shown.text()).toBe(await internal(server))
    }
    expect(await (await fetch(site)).json(), 'no browser, no page').toEqual({ session: null })
    expect(child.exitCode).toBeNull()
  })
})

describe('the page for a server that has a secret key', () => {
  test('is HTML that nobody keeps, and runs nothing when it is opened at the address of the API', async () => {
    const { status, headers, body } = await (await start()).call('GET /internal/interstitial', {})
    expect(status).toBe(200)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toMatch(/^sandbox; default-src 'none'/)
    expect(body).toMatch(/^<!doctype html>/)
  })

  test('is there whatever is sent along with the key', async () => {
    const { url, apiKey, secretKey } = await start()
    for (const [key, path, headers] of [
      [apiKey, '', { 'content-type': 'application/x-www-form-urlencoded' }],
      [secretKey, '?__clerk_api_version=x', { 'clerk-api-version': 'nonsense' }],
      [secretKey, '?proxy_url=javascript:alert(1)&publishable_key=x', { accept: 'application/json' }],
    ] as const) {
      const response = await fetch(`${url}/v1/internal/interstitial${path}`, {
        headers: { authorization: `Bearer ${key}`, ...headers },
      })
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    }
  })

  test('is not for those who have no key', async () => {
    const { url } = await start()
    const response = await fetch(`${url}/v1/internal/interstitial`)
    expect(response.headers.get('content-type')).toBe('application/json')
    const error = (await response.json()) as Parameters<typeof readErrors>[1]
    expect(readErrors(response.status, error).codes).toEqual(['authentication_invalid'])
    expect(response.status).toBe(401)
  })

  test('loads clerk-js from this server, by the address people reach it at', async () => {
    const server = await start()
    const { script, options } = await visit(await internal(server), address, 'loads', newTab())
    expect(script).toMatchObject({
      src: 'https://id.example.com/__clerk/npm/@clerk/clerk-js@5/dist/clerk.browser.js',
      attributes: {
        'data-clerk-publishable-key': server.publishableKey,
        'data-clerk-proxy-url': 'https://id.example.com/__clerk',
      },
    })
    expect(options).toEqual({ telemetry: false })
  })

  test('lets run its own script, what that loads, and nothing else', async () => {
    const page = await internal(await start())
    const [, script = ''] = /<script>([\s\S]*?)<\/script>/.exec(page) ?? []
    const hash = createHash('sha256').update(script).digest('base64')
    expect(policyOf(page)).toEqual({
      'default-src': "'none'",
      'script-src': `'sha256-${hash}' 'strict-dynamic' 'self' https://id.example.com`,
      'connect-src': "'self' https://id.example.com",
      'worker-src': 'blob:',
      'base-uri': "'none'",
      'form-action': "'none'",
    })
    expect(page.match(/<script/g)).toHaveLength(2)
    expect(page).not.toMatch(/ on\w+=| style=/)
  })
})

describe('in a browser, the page', () => {
  test('asks for the address once more when clerk-js has done its work', async () => {
    const page = await internal(await start())
    expect((await visit(page, address, 'loads', newTab())).asked).toEqual(['assigned'])
    expect((await visit(page, `${address}#part`, 'loads', newTab())).asked).toEqual(['reloaded'])
  })

  test('says so in words when clerk-js does not come, or does not work', async () => {
    const page = await internal(await start())
    for (const ending of ['fails to load', 'loads without Clerk', 'rejects', 'never loads'] as const) {
      const { asked, message, linkHidden } = await visit(page, address, ending, newTab())
      expect({ asked, message, linkHidden }, ending).toEqual({
        asked: [],
        message: 'It could not be found out whether you are signed in.',
        linkHidden: false,
      })
    }
    expect(page).toContain('<noscript>')
  })

  test('asks three times in a row for the same address, and then leaves it to the visitor', async () => {
    const page = await internal(await start())
    const tab = newTab()
    const again = async (at: string) => {
      tab.now += 1000
      tab.referrer = at
      return visit(page, at, 'loads', tab)
    }
    for (let count = 0; count < 3; count += 1) expect((await again(address)).asked).toEqual(['assigned'])
    const stopped = await again(address)
    expect(stopped).toMatchObject({ asked: [], linkHidden: false })
    expect(stopped.message).toContain('keeps asking')
    expect((await again('https://app.example.com/other')).asked, 'another address').toEqual(['assigned'])
    stopped.clickLink()
    expect((await again(address)).asked, 'the visitor wants it').toEqual(['assigned'])
    for (let count = 0; count < 3; count += 1) await again(address)
    expect((await again(address)).asked).toEqual([])
    tab.now += 60_000
    expect((await again(address)).asked, 'after a while').toEqual(['assigned'])
  })

  test('counts reloads of an address with a fragment in the same way', async () => {
    const page = await internal(await start())
    const tab = { ...newTab(), referrer: 'https://app.example.com/before', reloading: true }
    const again = async () => (await visit(page, `${address}#part`, 'loads', tab)).asked
    for (let count = 0; count < 3; count += 1) expect(await again()).toEqual(['reloaded'])
    expect(await again()).toEqual([])
  })

  test('asks again however often, and however soon, a visitor comes back from elsewhere', async () => {
    const page = await internal(await start())
    const tab = newTab()
    for (const referrer of ['', 'https://accounts.example.com/', 'https://app.example.com/', '', '', '']) {
      expect((await visit(page, address, 'loads', { ...tab, referrer })).asked).toEqual(['assigned'])
    }
  })

  test('does not ask by itself in a browser that stores nothing', async () => {
    const page = await internal(await start())
    expect(await visit(page, address, 'loads', undefined)).toMatchObject({ asked: [], linkHidden: false })
  })

  test('lets a Referer be sent, also where the site forbids it', async () => {
    expect(await internal(await start())).toContain('<meta name="referrer" content="strict-origin-when-cross-origin">')
  })
})

describe('the page for whoever has the publishable key', () => {
  const at = (host: string) => `${host}/npm/@clerk/clerk-js@5/dist/clerk.browser.js`

  test('is there without a secret key, for the publishable key or the host that it is made of', async () => {
    const server = await start()
    const host = 'clerk.localhost'
    for (const query of [{ publishable_key: server.publishableKey }, { frontend_api: host }, { frontendApi: host }]) {
      const params = new URLSearchParams(query as Record<string, string>)
      const response = await fetch(`${server.url}/v1/public/interstitial?${params}`)
      expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
      expect(await response.text()).toBe(await internal(server))
    }
  })

  test('finds clerk-js where it is told to', async () => {
    const server = await start()
    const publishable_key = server.publishableKey
    const settings = async (query: object) =>
      settingsOf(String((await open(server, { publishable_key, ...query })).body))
    expect(await settings({ proxy_url: 'http://localhost:3000/__clerk/' })).toMatchObject({
      source: at('http://localhost:3000/__clerk'),
      attributes: { 'data-clerk-proxy-url': 'http://localhost:3000/__clerk' },
    })
    expect((await settings({ proxy_url: '/__clerk' })).source).toBe(at('/__clerk'))
    expect((await settings({ clerk_js_version: '5.128.0' })).source).toContain('/clerk-js@5.128.0/')
    expect(await settings({ domain: 'satellite.com', is_satellite: true, sign_in_url: 'https://a.com/in' })).toEqual({
      source: at('https://id.example.com/__clerk'),
      attributes: { 'data-clerk-publishable-key': publishable_key, 'data-clerk-domain': 'satellite.com' },
      options: { telemetry: false, signInUrl: 'https://a.com/in', isSatellite: true },
    })
    const ofSatellite = String(
      (await open(server, { publishable_key, domain: 'satellite.com', use_domain_for_script: true })).body,
    )
    expect(settingsOf(ofSatellite).source).toBe(at('https://satellite.com'))
    expect(policyOf(ofSatellite)['connect-src']).toBe("'self' https://satellite.com https://clerk.satellite.com")
  })

  test('is refused without a key, with one that is none, and with that of another instance', async () => {
    const server = await start()
    const foreign = `pk_test_${Buffer.from('clerk.evil.tld$').toString('base64')}`
    const refusals: [Record<string, string>, number, string, string][] = [
      [{}, 400, 'missing_query_parameter', 'publishable_key'],
      [{ publishable_key: '', frontend_api: '' }, 400, 'missing_query_parameter', 'publishable_key'],
      [{ publishable_key: 'sk_test_abc' }, 400, 'malformed_publishable_key', 'publishable_key'],
      [{ publishable_key: 'pk_test_"><script>' }, 400, 'malformed_publishable_key', 'publishable_key'],
      [{ publishable_key: foreign }, 422, 'form_param_value_invalid', 'publishable_key'],
      [{ frontend_api: 'clerk.evil.tld' }, 422, 'form_param_value_invalid', 'frontend_api'],
      [{ frontendApi: 'clerk.evil.tld' }, 422, 'form_param_value_invalid', 'frontendApi'],
    ]
    for (const [query, status, code, param] of refusals) {
      const refused = await open(server, query)
      expect(refused, JSON.stringify(query)).toMatchObject({ status, codes: [code], params: [param] })
      expect(JSON.stringify(refused.error)).not.toContain('evil')
    }
  })

  test('refuses what is no address, host or version, by name', async () => {
    const server = await start()
    const refusals: Record<string, string[]> = {
      proxy_url: [
        'javascript:alert(1)',
        'JavaScript:alert(1)',
        ' https://a.com',
        'data:text/javascript,1',
        '//evil.tld',
        '/\\evil.tld',
        'https:evil.tld',
        'https://a.com@evil.tld',
        'https://a.com\\@evil.tld',
        'https://a.com"><script>alert(1)</script>',
        "https://a.com'; script-src *",
        'java\nscript:alert(1)',
      ],
      sign_in_url: ['javascript:alert(1)', '//evil.tld', 'vbscript:1'],
      domain: ['a.com/path', 'a.com"><script>', 'a.com; script-src *', "a.com'", '.a.com', 'a b'],
      clerk_js_version: ['../../evil', '5/../../x', '5?x', '5"', 'x'],
    }
    for (const [param, values] of Object.entries(refusals)) {
      for (const value of values) {
        const refused = await open(server, { publishable_key: server.publishableKey, [param]: value })
        expect(refused, value).toMatchObject({ status: 422, codes: ['form_param_format_invalid'], params: [param] })
      }
    }
  })

  test('keeps what looks like markup inside of an address as text', async () => {
    const server = await start()
    const hostile = `/a</script><script>alert(1)</script>"'<!--&amp;`
    const { status, body } = await open(server, {
      publishable_key: server.publishableKey,
      sign_in_url: hostile,
      proxy_url: `https://a.com${hostile};script-src`,
    })
    expect(status).toBe(200)
    const page = String(body)
    expect(page.match(/<script/g)).toHaveLength(2)
    expect(page).not.toContain('<!--')
    expect(settingsOf(page)).toMatchObject({ options: { signInUrl: hostile } })
    expect(policyOf(page)['connect-src']).toBe("'self' https://a.com")
  })

  test('is described as a page that needs no key', async () => {
    const { paths } = await describedBy((await start()).url)
    const operation = paths['/public/interstitial']?.['get'] as unknown as Record<string, unknown>
    expect(operation).toMatchObject({ security: [], responses: { 200: { content: { 'text/html': {} } } } })
    expect(Object.keys(operation['responses'] as object)).not.toContain('401')
    expect(paths['/internal/interstitial']?.['get']).not.toHaveProperty('security')
  })
})
