import { describe, expect, test, vi } from 'vitest'
import { Clerk } from '../src/clerk.js'
import { SessionsApi } from '../src/sessions/api.js'
import { SubApis } from '../src/sub-apis.js'
import { UsersApi } from '../src/users/api.js'
import { clearEnvironment } from './support/environment.js'
import { startJSON } from './support/server.js'

clearEnvironment()

describe('new Clerk', () => {
  test.each([[undefined], [null], [{}], [{ apiKey: '' }], [{ apiKey: undefined }]])(
    'without a key throws: %j',
    (options) => {
      vi.stubEnv('CLERK_API_KEY', '')
      expect(() => new Clerk(options)).toThrow(/\nClerk API key not found during initialization\.\n.*README.*\n {4}$/)
    },
  )

  test('takes a key by itself, in the options, or from the environment, in this order', () => {
    vi.stubEnv('CLERK_SECRET_KEY', 'secret_env')
    expect(new Clerk().apiKey).toBe('secret_env')
    vi.stubEnv('CLERK_API_KEY', 'api_env')
    expect(new Clerk().apiKey).toBe('api_env')
    expect(new Clerk({ apiKey: 'option' }).apiKey).toBe('option')
    expect(new Clerk('first', { apiKey: 'option' }).apiKey).toBe('first')
    expect(new Clerk('', { apiKey: 'option' }).apiKey).toBe('option')
  })

  test('has defaults, which the environment and then the options go before', () => {
    expect(new Clerk('k')).toMatchObject({ serverApiUrl: 'https://api.clerk.dev', apiVersion: 'v1', httpOptions: {} })
    vi.stubEnv('CLERK_API_URL', 'http://env/')
    vi.stubEnv('CLERK_API_VERSION', 'v2')
    expect(new Clerk('k')).toMatchObject({ serverApiUrl: 'http://env', serverApiURL: 'http://env', apiVersion: 'v2' })
    expect(new Clerk('k', { serverApiURL: 'http://b' }).serverApiUrl).toBe('http://b')
    expect(new Clerk('k', { serverApiURL: 'http://b', serverApiUrl: 'http://a' }).serverApiUrl).toBe('http://a')
  })

  test.each(['sk_secret\n', 'sk secret', 'sk_secrét', '"sk_secret"', 'sk_secret\0'])(
    'refuses a key that cannot be one, and does not show it: %j',
    (apiKey) => {
      expect(() => new Clerk({ apiKey })).toThrow(/The Clerk API key is malformed/)
      expect(() => new Clerk({ apiKey })).not.toThrow(/secr/)
    },
  )

  test('refuses a publishable key, and does not show it', () => {
    expect(() => new Clerk('pk_test_abc')).toThrow(/publishable key/)
    expect(() => new Clerk('pk_test_abc')).not.toThrow(/abc/)
  })

  test.each([{ jwksCacheMaxAge: -1 }, { clockSkewInMs: Number.NaN }, { httpOptions: { cache: {} } as object }])(
    'refuses an option that cannot be meant: %j',
    (options) => {
      expect(() => new Clerk('k', options)).toThrow(/must be|not supported/)
    },
  )
})

describe('an instance', () => {
  test('has each sub-API once', () => {
    const clerk = new Clerk('k')
    expect(clerk.users).toBeInstanceOf(UsersApi)
    expect(clerk.sessions).toBeInstanceOf(SessionsApi)
    const names = Object.keys(Object.getOwnPropertyDescriptors(SubApis.prototype)) as (keyof SubApis)[]
    const made = names.filter((name) => String(name) !== 'constructor').map((name) => [clerk[name], clerk[name]])
    expect(made).toHaveLength(13)
    for (const [once, again] of made) expect(once).toBe(again)
    expect(new Set(made.map(([api]) => api?.constructor)).size).toBe(13)
    expect(new Clerk('k').users).not.toBe(clerk.users)
  })

  test('uses a changed setting from the next call on, through handles taken before', async () => {
    const first = await startJSON([])
    const second = await startJSON([])
    const clerk = new Clerk('key_1', { serverApiUrl: first.url })
    const { users } = clerk
    await users.getUserList()
    clerk.apiKey = 'key_2'
    clerk.serverApiURL = second.url
    clerk.apiVersion = 'v2'
    clerk.httpOptions = { headers: { 'x-a': 'b' } }
    await users.getUserList()
    expect(first.requests).toMatchObject([{ url: '/v1/users', headers: { authorization: 'Bearer key_1' } }])
    expect(second.requests).toMatchObject([
      { url: '/v2/users', headers: { authorization: 'Bearer key_2', 'x-a': 'b' } },
    ])
  })

  test('keeps its settings when a new one is refused', () => {
    const clerk = new Clerk('key_1')
    expect(() => {
      clerk.apiKey = 'pk_1'
    }).toThrow(/publishable/)
    expect(() => {
      clerk.httpOptions = { timeout: -1 }
    }).toThrow(/timeout/)
    expect(clerk).toMatchObject({ apiKey: 'key_1', httpOptions: {} })
  })

  test('keeps the environment of its beginning when a setting changes', () => {
    vi.stubEnv('CLERK_API_KEY', 'env_key')
    const clerk = new Clerk()
    vi.stubEnv('CLERK_API_KEY', 'other')
    clerk.apiVersion = 'v2'
    expect(clerk.apiKey).toBe('env_key')
  })
})

describe('the one instance', () => {
  test('is made once, without a key', () => {
    expect(Clerk.getInstance()).toBeInstanceOf(Clerk)
    expect(Clerk.getInstance()).toBe(Clerk.getInstance())
  })

  test('misses its key when it is used, and finds it when it has come', async () => {
    const { url, requests } = await startJSON([])
    const { default: clerk, users } = await import('../src/index.js')
    await expect(users.getUserList()).rejects.toThrow(/API key not found/)
    await expect(clerk.verifyToken('a.b.c')).rejects.toThrow(/API key not found/)
    const next = vi.fn()
    await clerk.expressRequireSession()({ headers: {} }, {}, next)
    expect(next).toHaveBeenCalledExactlyOnceWith(
      expect.objectContaining({ message: expect.stringMatching(/API key not found/) }),
    )
    vi.stubEnv('CLERK_API_KEY', 'late_key')
    vi.stubEnv('CLERK_API_URL', url)
    expect(await users.getUserList()).toEqual([])
    expect(requests[0]?.headers.authorization).toBe('Bearer late_key')
  })

  test('is changed by the set functions, and has every export as a hidden property', async () => {
    const sdk = await import('../src/index.js')
    sdk.setClerkApiKey('set_key')
    sdk.setClerkApiVersion('v3')
    sdk.setClerkServerApiUrl('http://set')
    sdk.setClerkHttpOptions({ retry: 0 })
    const clerk = sdk.default
    expect(clerk).toMatchObject({
      apiKey: 'set_key',
      apiVersion: 'v3',
      serverApiUrl: 'http://set',
      httpOptions: { retry: 0 },
    })
    for (const [name, value] of Object.entries(sdk)) expect(Reflect.get(clerk, name)).toBe(value)
    expect(Object.keys(clerk)).toEqual([])
  })
})
