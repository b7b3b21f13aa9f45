import { describe, expect, test } from 'vitest'
import { freshStorage, type Instance, startInstance, storageKinds } from '../support/instance.js'
import { type Refusal, refusedCreations } from './refused-creations.js'

const version = { 'clerk-api-version': '2025-11-10' }

describe.each(storageKinds)('bad input on %s', (kind) => {
  async function start(): Promise<Instance> {
    const server = await startInstance({ storage: await freshStorage(kind, 'instance') })
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
    for (const { what, sent, status, codes, params } of refusedCreations) {
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
        sent: { json: { first_name: 'new', profile_image_id: 'img_1' } },
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

  test('a form of a hundred thousand parameters is read at once, one with as many of the same is refused', async () => {
    const server = await startInstance({ storage: await freshStorage(kind, 'instance') })
    const headers = { 'content-type': 'application/x-www-form-urlencoded' }
    const different = Array.from({ length: 100_000 }, (_, n) => `p${n}=1`).join('&')
    const created = await server.call('POST /users', { raw: `username=patient&${different}`, headers })
    expect(created).toMatchObject({ status: 200, body: { username: 'patient' } })
    const same = 'email_address=a&'.repeat(60_000)
    const refused = await server.call('POST /users', { raw: same, headers })
    expect(refused.status).toBe(422)
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
      [{ banned: 'ada' }, ['form_param_type_invalid'], ['banned']],
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
