import { createClerkClient } from '@clerk/backend'
import { describe, expect, test } from 'vitest'
import {
  freshStorage,
  type Instance,
  production,
  startFresh,
  startInstance,
  storageKinds,
} from '../support/instance.js'

describe.each(storageKinds)('the instance on %s', (kind) => {
  const start = (options: Partial<typeof production> = {}) => startFresh(kind, options)

  const origins = async (server: Instance) => (await server.call('GET /instance', {})).body.allowed_origins

  test('it says what it is', async () => {
    const server = await start()
    expect((await server.call('GET /instance', {})).body).toEqual({
      object: 'instance',
      id: expect.stringMatching(/^ins_[0-9A-Za-z]{27}$/),
      environment_type: 'development',
      allowed_origins: null,
      workspace_id: null,
    })
    const live = await start(production)
    expect((await live.call('GET /instance', {})).body.environment_type).toBe('production')
  })

  test('a change is answered with nothing, and leaves what it does not name', async () => {
    const server = await start()
    const change = (json: object) => server.call('PATCH /instance', { json })
    const changed = await change({
      test_mode: false,
      hibp: false,
      enhanced_email_deliverability: false,
      cookieless_dev: false,
      url_based_session_syncing: null,
      support_email: 'help@example.com',
      development_origin: 'http://localhost:3000',
      allowed_origins: [
        'HTTPS://App.example.com:443',
        'https://app.example.com',
        'http://localhost:3000',
        'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
        'capacitor://localhost',
        'my-app://renderer',
      ],
      preferred_sign_in_strategy_when_password_required: 'otp',
    })
    expect(changed).toMatchObject({ status: 204, body: undefined })
    const kept = [
      'https://app.example.com',
      'http://localhost:3000',
      'chrome-extension://abcdefghijklmnopabcdefghijklmnop',
      'capacitor://localhost',
      'my-app://renderer',
    ]
    expect(await origins(server)).toEqual(kept)
    expect(await change({})).toMatchObject({ status: 204 })
    expect(await change({ test_mode: true, preferred_sign_in_strategy_when_password_required: '' })).toMatchObject({
      status: 204,
    })
    expect(await origins(server)).toEqual(kept)
    expect(await change({ allowed_origins: [], support_email: null, development_origin: null })).toMatchObject({
      status: 204,
    })
    expect(await origins(server)).toEqual([])
    expect(await change({ allowed_origins: null })).toMatchObject({ status: 204 })
    expect(await origins(server)).toBe(null)
  })

  test('a form changes the same', async () => {
    const server = await start()
    const form = { allowed_origins: ['https://a.example.com', 'https://b.example.com'], test_mode: true }
    expect(await server.call('PATCH /instance', { form })).toMatchObject({ status: 204 })
    expect(await origins(server)).toEqual(['https://a.example.com', 'https://b.example.com'])
  })

  test('what it cannot be is refused by name, and nothing of the change is kept', async () => {
    const server = await start()
    const version = { 'clerk-api-version': '2025-11-10' }
    const refusals: [object, string, string][] = [
      [{ hibp: true }, 'form_param_value_invalid', 'hibp'],
      [{ enhanced_email_deliverability: true }, 'form_param_value_invalid', 'enhanced_email_deliverability'],
      [{ cookieless_dev: true }, 'form_param_value_invalid', 'cookieless_dev'],
      [{ url_based_session_syncing: true }, 'form_param_value_invalid', 'url_based_session_syncing'],
      [{ clerk_js_version: '5' }, 'form_param_unknown', 'clerk_js_version'],
      [{ shoes: 1 }, 'form_param_unknown', 'shoes'],
      [{ test_mode: 'yes' }, 'form_param_type_invalid', 'test_mode'],
      [{ support_email: 'nobody' }, 'form_param_format_invalid', 'support_email'],
      [{ development_origin: 'localhost:3000' }, 'form_invalid_origin', 'development_origin'],
      [
        { preferred_sign_in_strategy_when_password_required: 'magic' },
        'form_param_value_invalid',
        'preferred_sign_in_strategy_when_password_required',
      ],
      ...[
        '*',
        'null',
        'app.example.com',
        '//app.example.com',
        'https://app.example.com/',
        'https://app.example.com/path',
        'https://*.example.com',
        'https://you@app.example.com',
        'https://app.example.com:99999',
        'https://аpp.example.com',
        'https:app.example.com',
        'javascript://app.example.com',
        'file://app.example.com',
      ].map((origin): [object, string, string] => [
        { allowed_origins: ['https://good.example.com', origin] },
        'form_invalid_origin',
        'allowed_origins',
      ]),
      [
        { allowed_origins: Array.from({ length: 101 }, (_, n) => `https://${n}.example.com`) },
        'form_param_array_size_exceeded',
        'allowed_origins',
      ],
    ]
    for (const [change, code, param] of refusals) {
      const json = { allowed_origins: ['https://good.example.com'], ...change }
      const answer = await server.call('PATCH /instance', { json, headers: version })
      expect(answer, JSON.stringify(change)).toMatchObject({ status: 422, codes: [code], params: [param] })
    }
    expect(await origins(server)).toBe(null)
  })

  test('a production instance has no origin of development', async () => {
    const server = await start(production)
    const json = { allowed_origins: ['https://app.example.com'], development_origin: 'http://localhost:3000' }
    const refused = await server.call('PATCH /instance', { json })
    expect(refused).toMatchObject({
      status: 400,
      codes: ['request_invalid_for_environment'],
      params: ['development_origin'],
    })
    expect(await origins(server)).toBe(null)
  })

  test('restrictions are off until they are switched on, one by one', async () => {
    const server = await start()
    const restrict = async (json: object) => (await server.call('PATCH /instance/restrictions', { json })).body
    const off = {
      object: 'instance_restrictions',
      allowlist: false,
      blocklist: false,
      allowlist_blocklist_disabled_on_sign_in: false,
      block_email_subaddresses: false,
      block_disposable_email_domains: false,
      ignore_dots_for_gmail_addresses: false,
    }
    expect(await restrict({})).toEqual(off)
    for (const name of Object.keys(off).slice(1)) {
      expect(await restrict({ [name]: true })).toEqual({ ...off, [name]: true })
      expect(await restrict({ [name]: null })).toEqual({ ...off, [name]: true })
      expect(await restrict({ [name]: false })).toEqual(off)
    }
    const wrong = await server.call('PATCH /instance/restrictions', { json: { allowlist: 'yes' } })
    expect(wrong).toMatchObject({ status: 422, codes: ['form_param_type_invalid'], params: ['allowlist'] })
  })

  test('@clerk/backend 3.25 reads and changes it', async () => {
    const server = await start()
    const { instance } = createClerkClient({ apiUrl: server.url, secretKey: server.secretKey })
    await instance.update({
      testMode: true,
      supportEmail: 'help@example.com',
      allowedOrigins: ['https://a.example.com'],
    })
    expect(await instance.get()).toMatchObject({ allowedOrigins: ['https://a.example.com'] })
    expect(await instance.updateRestrictions({ allowlist: true, ignoreDotsForGmailAddresses: true })).toMatchObject({
      allowlist: true,
      blocklist: false,
      ignoreDotsForGmailAddresses: true,
    })
  })
})

test('servers that share a database share the settings, also those that are changed at the same time', async () => {
  const storage = await freshStorage('PostgreSQL')
  const [one, two] = [await startInstance({ storage }), await startInstance({ storage })]
  const names = ['allowlist', 'blocklist', 'block_email_subaddresses', 'block_disposable_email_domains']
  await Promise.all(
    Array.from({ length: 40 }, (_, n) =>
      (n % 2 === 0 ? one : two).call('PATCH /instance/restrictions', {
        json: Object.fromEntries((n % 3 === 0 ? names : [...names].reverse()).map((name) => [name, true])),
      }),
    ),
  )
  const { body } = await two.call('PATCH /instance/restrictions', { json: {} })
  expect(body).toMatchObject(Object.fromEntries(names.map((name) => [name, true])))
  await one.call('PATCH /instance', { json: { allowed_origins: ['https://a.example.com'] } })
  expect((await two.call('GET /instance', {})).body.allowed_origins).toEqual(['https://a.example.com'])
})
