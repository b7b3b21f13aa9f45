import { describe, expect, test } from 'vitest'
import { type Instance, startInstance } from '../support/instance.js'

const start = () => startInstance({ storage: { memory: true } })

async function ask({ url, secretKey }: Instance, query: string, init: RequestInit = {}) {
  const response = await fetch(`${url}/v1/users${query}`, {
    ...init,
    headers: { authorization: `Bearer ${secretKey}`, ...init.headers },
  })
  const body = (await response.json()) as unknown
  return { status: response.status, body }
}

const form = (body: string): RequestInit => ({
  method: 'POST',
  body,
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
})

const polluting = [
  '__proto__=polluted',
  '__proto__[polluted]=1',
  '__proto__.polluted=1',
  'constructor[prototype][polluted]=1',
  'constructor=1&prototype=1',
  'toString=1&hasOwnProperty=1&valueOf=1',
  '__proto__=1&__defineGetter__=1',
]

describe('names that every object has', () => {
  test('change no object, and are nobody’s parameters, in a query and in a form', async () => {
    const server = await start()
    for (const text of polluting) {
      expect(await ask(server, `?${text}`), text).toEqual({ status: 200, body: [] })
      const created = await ask(server, '', form(`skip_user_requirement=true&${text}`))
      expect(created, text).toMatchObject({ status: 200, body: { object: 'user', username: null } })
      await server.call('DELETE /users/{user_id}', { params: { user_id: (created.body as { id: string }).id } })
    }
    expect({}).not.toHaveProperty('polluted')
    expect(Object.prototype).toEqual({})
  })

  test('are refused as what is unknown where the client names a version', async () => {
    const server = await start()
    for (const name of ['__proto__', 'constructor', 'toString', 'hasOwnProperty']) {
      const refused = await server.call('POST /users', {
        raw: `{"skip_user_requirement":true,"${name}":{"polluted":1}}`,
        headers: { 'content-type': 'application/json', 'clerk-api-version': '2025-11-10' },
      })
      expect(refused, name).toMatchObject({ status: 422, codes: ['form_param_unknown'], params: [name] })
    }
    expect({}).not.toHaveProperty('polluted')
  })

  test('are keys like any other in each of the metadata', async () => {
    const server = await start()
    const hostile = '{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}'
    const fields = ['public_metadata', 'private_metadata', 'unsafe_metadata'] as const
    const headers = { 'content-type': 'application/json' }
    const raw = `{${fields.map((field) => `"${field}":${hostile}`).join()}}`
    const created = await server.call('POST /users', { raw: raw.replace('{', '{"username":"proto",'), headers })
    const params = { user_id: created.body.id }
    const merged = await server.call('PATCH /users/{user_id}/metadata', { params, raw, headers })
    const replaced = await server.call('PUT /users/{user_id}/metadata', { params, raw, headers })
    const asForm = await ask(
      server,
      '',
      form(`${fields.map((field) => `${field}=${encodeURIComponent(hostile)}`).join('&')}&username=form`),
    )
    for (const body of [created.body, merged.body, replaced.body, asForm.body as typeof created.body]) {
      for (const field of fields) expect(JSON.stringify(body[field])).toBe(hostile)
    }
    expect({}).not.toHaveProperty('polluted')
  })
})

test('a hundred thousand parameters of one name are refused by name, brackets or not', async () => {
  const server = await start()
  for (const name of ['a[]', 'a', 'username', '__proto__']) {
    const refused = await ask(server, '', form(`${name}=1&`.repeat(100_000).slice(0, 1_000_000)))
    expect(refused, name).toMatchObject({ status: 422, body: { errors: [{ code: 'form_param_duplicate' }] } })
  }
  const nested = `a${'[b]'.repeat(1000)}=1`
  expect((await ask(server, '', form(`skip_user_requirement=true&${nested}`))).status).toBe(200)
  expect(await ask(server, `?${nested}`)).toMatchObject({ status: 200 })
  expect((await fetch(`${server.url}/v1/users?${'a[]=1&'.repeat(100_000)}`)).status).toBe(431)
})
