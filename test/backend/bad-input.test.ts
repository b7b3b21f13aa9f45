import { request } from 'node:http'
import type { ErrorBody } from '@clerk-server/contract'
import { describe, expect, test } from 'vitest'
import { freshStorage, type Instance, readErrors, type Sent, startInstance, storageKinds } from '../support/instance.js'

const json = { 'content-type': 'application/json' }
const version = { 'clerk-api-version': '2025-11-10' }
const deep = (levels: number) => JSON.parse(`${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`) as object

interface Refusal {
  what: string
  sent: Sent
  status: number
  codes: string[]
  params?: string[]
}

const creations: Refusal[] = [
  {
    what: 'a malformed e-mail address',
    sent: { json: { email_address: ['not an address'] } },
    status: 422,
    codes: ['form_param_format_invalid'],
    params: ['email_address'],
  },
  {
    what: 'an e-mail address with a line break',
    sent: { json: { email_address: ['a@example.com\r\nBcc: b@example.com'] } },
    status: 422,
    codes: ['form_param_format_invalid'],
  },
  {
    what: 'a malformed phone number',
    sent: { form: { phone_number: '12345' } },
    status: 422,
    codes: ['form_param_format_invalid'],
    params: ['phone_number'],
  },
  {
    what: 'a phone number without its country',
    sent: { json: { phone_number: ['4155550100'] } },
    status: 422,
    codes: ['form_param_format_invalid'],
  },
  {
    what: 'an address that is taken, in other case',
    sent: { json: { email_address: ['TAKEN@example.com'] } },
    status: 422,
    codes: ['form_identifier_exists'],
    params: ['email_address'],
  },
  {
    what: 'a phone number that is taken',
    sent: { json: { email_address: ['new@example.com'], phone_number: ['+1-415-555-0199'] } },
    status: 422,
    codes: ['form_identifier_exists'],
    params: ['phone_number'],
  },
  {
    what: 'a user name that is taken, in other case',
    sent: { json: { username: 'Taken' } },
    status: 422,
    codes: ['form_identifier_exists'],
    params: ['username'],
  },
  {
    what: 'an external id that is taken',
    sent: { json: { external_id: 'taken' } },
    status: 422,
    codes: ['form_identifier_exists'],
    params: ['external_id'],
  },
  {
    what: 'an address given twice',
    sent: { json: { email_address: ['a@example.com', 'A@example.com'] } },
    status: 422,
    codes: ['form_param_duplicate'],
    params: ['email_address'],
  },
  {
    what: 'a parameter given twice',
    sent: { form: { username: ['one', 'two'] } },
    status: 422,
    codes: ['form_param_duplicate'],
    params: ['username'],
  },
  {
    what: 'an unknown field',
    sent: { json: { username: 'fine', shoe_size: 43 }, headers: version },
    status: 422,
    codes: ['form_param_unknown'],
    params: ['shoe_size'],
  },
  {
    what: 'a field that is not served',
    sent: { form: { username: 'fine', password_digest: 'x' } },
    status: 422,
    codes: ['form_param_unknown'],
    params: ['password_digest'],
  },
  {
    what: 'several faults at once',
    sent: { json: { username: 'a b', first_name: 1, banned: 'maybe' } },
    status: 422,
    codes: [
      'form_param_type_invalid',
      'form_username_invalid_character',
      'form_username_invalid_length',
      'form_param_type_invalid',
    ],
    params: ['first_name', 'username', 'username', 'banned'],
  },
  {
    what: 'an address that is no list',
    sent: { json: { email_address: 'a@example.com' } },
    status: 422,
    codes: ['form_param_type_invalid'],
    params: ['email_address'],
  },
  {
    what: 'too many addresses',
    sent: { json: { email_address: Array.from({ length: 101 }, (_, n) => `a${n}@example.com`) } },
    status: 422,
    codes: ['form_param_array_size_exceeded'],
  },
  {
    what: 'statuses that do not match',
    sent: { json: { email_address: ['a@example.com'], email_address_identification_status: ['verified', 'reserved'] } },
    status: 422,
    codes: ['form_param_value_invalid'],
  },
  {
    what: 'a name that is too long',
    sent: { json: { username: 'fine', first_name: 'x'.repeat(257) } },
    status: 422,
    codes: ['form_param_max_length_exceeded'],
  },
  {
    what: 'a name with a NUL',
    sent: { json: { username: 'fine', first_name: 'a\0b' } },
    status: 422,
    codes: ['form_param_format_invalid'],
  },
  {
    what: 'a time that is no time',
    sent: { json: { username: 'fine', created_at: 'yesterday' } },
    status: 422,
    codes: ['form_param_format_invalid'],
  },
  {
    what: 'metadata that is no object',
    sent: { form: { username: 'fine', public_metadata: '[1]' } },
    status: 422,
    codes: ['form_param_type_invalid'],
  },
  {
    what: 'metadata that is no JSON',
    sent: { form: { username: 'fine', public_metadata: '{' } },
    status: 422,
    codes: ['form_param_type_invalid'],
  },
  {
    what: 'metadata over 8 KiB',
    sent: { json: { username: 'fine', unsafe_metadata: { a: 'x'.repeat(8200) } } },
    status: 422,
    codes: ['form_param_exceeds_allowed_size'],
    params: ['unsafe_metadata'],
  },
  {
    what: 'metadata nested too deep',
    sent: { json: { username: 'fine', private_metadata: deep(65) } },
    status: 422,
    codes: ['form_param_exceeds_allowed_size'],
    params: ['private_metadata'],
  },
  {
    what: 'metadata nested absurdly deep',
    sent: {
      raw: `{"username":"fine","public_metadata":${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}}`,
      headers: json,
    },
    status: 422,
    codes: ['form_param_exceeds_allowed_size'],
  },
  {
    what: 'a password of 7 characters',
    sent: { json: { username: 'fine', password: 'sevenxx' } },
    status: 422,
    codes: ['form_password_length_too_short'],
    params: ['password'],
  },
  {
    what: 'a password of 7 emoji',
    sent: { json: { username: 'fine', password: '🔑'.repeat(7) } },
    status: 422,
    codes: ['form_password_length_too_short'],
  },
  {
    what: 'a password of 73 characters',
    sent: { json: { username: 'fine', password: 'x'.repeat(73) } },
    status: 422,
    codes: ['form_password_length_too_long'],
  },
  {
    what: 'a password of too many bytes, policy or not',
    sent: { json: { username: 'fine', password: 'x'.repeat(1025), skip_password_checks: true } },
    status: 422,
    codes: ['form_password_size_in_bytes_exceeded'],
  },
  {
    what: 'a password that is the address',
    sent: { json: { email_address: ['me.myself@example.com'], password: 'Me.Myself@example.com' } },
    status: 422,
    codes: ['form_password_matches_identifier'],
  },
  {
    what: 'nothing that identifies anybody',
    sent: { json: { first_name: 'Nobody' } },
    status: 422,
    codes: ['form_data_missing'],
  },
  { what: 'no body', sent: {}, status: 422, codes: ['form_data_missing'] },
  { what: 'broken JSON', sent: { raw: '{"username":', headers: json }, status: 400, codes: ['request_body_invalid'] },
  {
    what: 'JSON that is no object',
    sent: { raw: '["username"]', headers: json },
    status: 400,
    codes: ['request_body_invalid'],
  },
  {
    what: 'a content type that is not served',
    sent: { raw: 'username=fine', headers: { 'content-type': 'text/plain' } },
    status: 415,
    codes: ['unsupported_content_type'],
  },
  {
    what: 'bytes that are no UTF-8',
    sent: { raw: new Uint8Array([0x7b, 0xff, 0x7d]), headers: json },
    status: 400,
    codes: ['request_body_invalid'],
  },
  {
    what: 'an oversized body',
    sent: { json: { username: 'fine', password: 'x'.repeat(1024 * 1024) } },
    status: 413,
    codes: ['request_body_too_large'],
  },
  {
    what: 'an API version that is none',
    sent: { json: { username: 'fine' }, headers: { 'clerk-api-version': 'latest' } },
    status: 400,
    codes: ['api_version_invalid'],
  },
  {
    what: 'an API version in two places',
    sent: { json: { username: 'fine' }, headers: version, query: { __clerk_api_version: '2025-11-10' } },
    status: 400,
    codes: ['api_version_invalid'],
  },
  {
    what: 'no key',
    sent: { json: { username: 'fine' }, headers: { authorization: '' } },
    status: 401,
    codes: ['authentication_invalid'],
  },
  {
    what: 'a wrong key',
    sent: { json: { username: 'fine' }, headers: { authorization: 'Bearer sk_test_wrong' } },
    status: 401,
    codes: ['clerk_key_invalid'],
  },
  {
    what: 'another scheme',
    sent: { json: { username: 'fine' }, headers: { authorization: 'Basic c2s6' } },
    status: 401,
    codes: ['authorization_header_format_invalid'],
  },
]

describe.each(storageKinds)('bad input on %s', (kind) => {
  async function start(): Promise<Instance> {
    const server = await startInstance({ storage: await freshStorage(kind) })
    const taken = {
      email_address: ['taken@example.com'],
      phone_number: ['+14155550199'],
      username: 'taken',
      external_id: 'taken',
    }
    expect((await server.call('POST /users', { json: taken })).status).toBe(200)
    return server
  }

  test('a user is not created out of anything that is wrong, and nothing is written', async () => {
    const server = await start()
    for (const { what, sent, status, codes, params } of creations) {
      const answer = await server.call('POST /users', sent)
      expect(answer, what).toMatchObject({ status, codes, ...(params && { params }) })
      expect((await server.call('GET /users/count', {})).body.total_count, what).toBe(1)
    }
    const {
      body: [user, ...others],
    } = await server.call('GET /users', {})
    expect(others).toEqual([])
    expect(user).toMatchObject({ username: 'taken', created_at: server.clock.now, updated_at: server.clock.now })
  })

  test('a user is not changed into anything that is wrong, and nothing is written', async () => {
    const server = await start()
    const { body: other } = await server.call('POST /users', { json: { email_address: ['other@example.com'] } })
    const { body: user } = await server.call('POST /users', {
      json: { username: 'mine', email_address: ['mine@example.com'] },
    })
    const refusals: Omit<Refusal, 'what'>[] = [
      {
        sent: { json: { first_name: 'new', username: 'TAKEN' } },
        status: 422,
        codes: ['form_identifier_exists'],
        params: ['username'],
      },
      {
        sent: { json: { first_name: 'new', external_id: 'taken' } },
        status: 422,
        codes: ['form_identifier_exists'],
        params: ['external_id'],
      },
      {
        sent: { json: { first_name: 'new', primary_email_address_id: other.primary_email_address_id } },
        status: 422,
        codes: ['form_resource_not_found'],
        params: ['primary_email_address_id'],
      },
      {
        sent: { json: { first_name: 'new', primary_phone_number_id: user.primary_email_address_id } },
        status: 422,
        codes: ['form_resource_not_found'],
        params: ['primary_phone_number_id'],
      },
      {
        sent: { json: { first_name: 'new', password: 'short' } },
        status: 422,
        codes: ['form_password_length_too_short'],
      },
      {
        sent: { json: { first_name: 'new', password: 'mine@example.com' } },
        status: 422,
        codes: ['form_password_matches_identifier'],
      },
      {
        sent: { json: { first_name: 'new', public_metadata: {} }, headers: { 'clerk-api-version': '2026-05-12' } },
        status: 422,
        codes: ['form_param_unknown'],
        params: ['public_metadata'],
      },
      {
        sent: { json: { first_name: 'new', notify_primary_email_address_changed: true } },
        status: 422,
        codes: ['form_param_unknown'],
      },
      {
        sent: { json: { first_name: 'new', object: 'user' }, headers: version },
        status: 422,
        codes: ['form_param_unknown'],
      },
    ]
    const params = { user_id: user.id }
    for (const { sent, status, codes, params: wrong } of refusals) {
      const answer = await server.call('PATCH /users/{user_id}', { ...sent, params })
      expect(answer, JSON.stringify(sent)).toMatchObject({ status, codes, ...(wrong && { params: wrong }) })
    }
    expect((await server.call('GET /users/{user_id}', { params })).body).toEqual(user)
  })

  test('a merge that would grow metadata over the limit changes nothing', async () => {
    const server = await start()
    const { body: user } = await server.call('POST /users', {
      json: { username: 'full', public_metadata: { a: 'x'.repeat(8000) } },
    })
    const params = { user_id: user.id }
    const answer = await server.call('PATCH /users/{user_id}/metadata', {
      params,
      json: { public_metadata: { b: 'x'.repeat(500) } },
    })
    expect(answer).toMatchObject({
      status: 422,
      codes: ['form_param_exceeds_allowed_size'],
      params: ['public_metadata'],
    })
    expect((await server.call('GET /users/{user_id}', { params })).body).toEqual(user)
  })

  test('an id in a body that no id can be is refused by name', async () => {
    const server = await start()
    const { body: user } = await server.call('POST /users', { json: { username: 'mine' } })
    const changed = await server.call('PATCH /users/{user_id}', {
      params: { user_id: user.id },
      json: { primary_email_address_id: 'a\0b' },
    })
    expect(changed).toMatchObject({ status: 422, params: ['primary_email_address_id'] })
    const created = await server.call('POST /sessions', { json: { user_id: 'a\0b' } })
    expect(created).toMatchObject({ status: 422, codes: ['form_param_format_invalid'], params: ['user_id'] })
  })

  test('lists refuse what they cannot do, rather than doing something else', async () => {
    const server = await start()
    const refusals: [object, string[], string[]][] = [
      [{ limit: 0 }, ['form_param_value_invalid'], ['limit']],
      [{ limit: 501 }, ['form_param_value_invalid'], ['limit']],
      [{ limit: -1 }, ['form_param_value_invalid'], ['limit']],
      [{ limit: 'NaN' }, ['form_param_type_invalid'], ['limit']],
      [{ limit: '1e2' }, ['form_param_type_invalid'], ['limit']],
      [{ limit: 1.5 }, ['form_param_type_invalid'], ['limit']],
      [{ limit: [1, 2] }, ['form_param_duplicate'], ['limit']],
      [{ offset: -1 }, ['form_param_value_invalid'], ['offset']],
      [{ order_by: 'password_digest' }, ['form_param_value_invalid'], ['order_by']],
      [{ order_by: '--created_at' }, ['form_param_value_invalid'], ['order_by']],
      [
        { email_address: Array.from({ length: 101 }, (_, n) => `${n}@example.com`) },
        ['form_param_array_size_exceeded'],
        ['email_address'],
      ],
      [{ query: 'ada' }, ['form_param_unknown'], ['query']],
    ]
    for (const [query, codes, params] of refusals) {
      const answer = await server.call('GET /users', { query: { ...query } })
      expect(answer, JSON.stringify(query)).toMatchObject({ status: 422, codes, params })
    }
    const far = await server.call('GET /users', { query: { offset: 1e12 } })
    expect(far).toMatchObject({ status: 200, body: [] })
    const nul = await server.call('GET /users', { query: { username: 'a\0' } })
    expect(nul).toMatchObject({ status: 400, codes: ['malformed_request_parameters'] })
  })

  test('an id that is none finds nothing, whatever it is made of', async () => {
    const server = await start()
    for (const user_id of ['user_none', '..', "' or 1=1 --", 'a\0b', '%', '%2e%2e', 'x'.repeat(5000), '💥']) {
      const answer = await server.call('GET /users/{user_id}', { params: { user_id } })
      expect(answer, user_id.slice(0, 20)).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    }
  })
})

describe('requests that are not for any route', () => {
  const start = async () => startInstance({ storage: { memory: true } })

  async function fetchErrors(url: string, init?: RequestInit) {
    const response = await fetch(url, init)
    expect(response.headers.get('content-type')).toBe('application/json')
    return { status: response.status, ...readErrors(response.status, (await response.json()) as ErrorBody) }
  }

  test('a path or a method that is not served is a 404 in the envelope that names it', async () => {
    const { url, secretKey } = await start()
    const headers = { authorization: `Bearer ${secretKey}` }
    for (const [method, path] of [
      ['GET', '/v1/nothing'],
      ['PUT', '/v1/users'],
      ['GET', '/'],
      ['POST', '/v1/users/x/y/z'],
    ] as const) {
      const answer = await fetchErrors(url + path, { method, headers })
      expect(answer).toMatchObject({ status: 404, codes: ['resource_not_found'] })
      expect(answer.error.errors[0]?.message).toContain(`${method} ${path}`)
    }
  })

  test('whoever has no key is not told which paths there are', async () => {
    const { url } = await start()
    for (const path of ['/v1/users', '/v1/nothing']) {
      expect(await fetchErrors(url + path)).toMatchObject({ status: 401, codes: ['authentication_invalid'] })
    }
  })

  test('both spellings of the key are taken, and no other', async () => {
    const { url, secretKey, apiKey } = await start()
    const status = async (key: string) =>
      (await fetch(`${url}/v1/users`, { headers: { authorization: `Bearer ${key}` } })).status
    expect(secretKey).toMatch(/^sk_test_[0-9a-f]{64}$/)
    expect(apiKey).toBe(secretKey.replace('sk_', ''))
    expect(await status(secretKey)).toBe(200)
    expect(await status(apiKey)).toBe(200)
    for (const wrong of [
      secretKey.slice(0, -1),
      `${secretKey}0`,
      secretKey.toUpperCase(),
      `sk_live_${apiKey.slice(5)}`,
    ]) {
      expect(await status(wrong)).toBe(401)
    }
  })

  test('a body that announces more than it may have is refused before it is read', async () => {
    const { url, secretKey } = await start()
    const status = await new Promise<number | undefined>((resolve, reject) => {
      const sent = request(`${url}/v1/users`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secretKey}`, 'content-type': 'application/json', 'content-length': 1e9 },
      })
      sent.on('response', (response) => resolve(response.resume().statusCode)).on('error', reject)
      sent.write('{')
    })
    expect(status).toBe(413)
  })

  test('an answer never says how a request failed inside', async () => {
    const lines: string[] = []
    const server = await startInstance({ storage: { memory: true }, log: { write: (line) => lines.push(line) } })
    const secret = 'a secret nobody must see'
    await server.call('POST /users', { json: { email_address: [secret], password: secret } })
    await server.call('GET /users/{user_id}', { params: { user_id: 'user_none' } })
    const log = lines.join('')
    expect(log).toContain('"route":"GET /users/{user_id}"')
    expect(log).not.toContain(secret)
    expect(log).not.toContain(server.secretKey.slice(8))
  })
})
