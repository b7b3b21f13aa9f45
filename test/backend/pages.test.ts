import { type Backend, backend, type Route } from '@clerk-server/contract'
import { describe, expect, test } from 'vitest'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'

const lists = (Object.keys(backend) as (keyof Backend)[]).filter((key) => {
  const { query }: Route = backend[key]
  return key.startsWith('GET') && 'limit' in (query?.shape ?? {})
})

test('there are lists to look at', () => {
  expect(lists.length).toBeGreaterThan(7)
})

describe.each(storageKinds)('every list on %s', (kind) => {
  test('refuses a page that cannot be, and has a page that is far away', async () => {
    const server = await startInstance({ storage: await freshStorage(kind, 'instance') })
    const refusals: [string, unknown, string][] = [
      ['limit', 0, 'form_param_value_invalid'],
      ['limit', 501, 'form_param_value_invalid'],
      ['limit', -1, 'form_param_value_invalid'],
      ['limit', 'NaN', 'form_param_type_invalid'],
      ['limit', '1e2', 'form_param_type_invalid'],
      ['limit', '0x10', 'form_param_type_invalid'],
      ['limit', 1.5, 'form_param_type_invalid'],
      ['limit', [1, 2], 'form_param_duplicate'],
      ['limit', '99999999999999999999', 'form_param_type_invalid'],
      ['offset', -1, 'form_param_value_invalid'],
      ['offset', 'Infinity', 'form_param_type_invalid'],
      ['offset', '99999999999999999999', 'form_param_type_invalid'],
    ]
    for (const key of lists) {
      for (const [name, value, code] of refusals) {
        const answer = await server.send(key, { query: { [name]: value } })
        expect(answer, `${key} ${name}=${value}`).toMatchObject({ status: 422, codes: [code], params: [name] })
      }
      for (const query of [{ limit: 500 }, { limit: 1, offset: 1e12 }, { offset: Number.MAX_SAFE_INTEGER }]) {
        expect((await server.send(key, { query })).status, `${key} ${JSON.stringify(query)}`).toBe(200)
      }
    }
  })
})
