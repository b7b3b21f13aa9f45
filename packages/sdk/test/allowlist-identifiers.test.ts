import { expect, expectTypeOf, test } from 'vitest'
import { AllowlistIdentifier } from '../src/allowlist-identifiers/allowlist-identifier.js'
import type { CreateAllowlistIdentifierParams } from '../src/allowlist-identifiers/params.js'
import { testOperations } from './support/operations.js'
import { startJSON } from './support/server.js'

const answer = { object: 'allowlist_identifier', id: 'alid_1', identifier: 'a@b.c', created_at: 1, updated_at: 2 }
const gives = new AllowlistIdentifier({ id: 'alid_1', identifier: 'a@b.c', createdAt: 1, updatedAt: 2 })

testOperations('allowlistIdentifiers', {
  'getAllowlistIdentifierList()': {
    call: (api, _, options) => api.getAllowlistIdentifierList(undefined, options),
    request: 'GET /allowlist_identifiers',
    answer: [answer],
    gives: [gives],
  },
  'getAllowlistIdentifierList(page)': {
    call: (api, _, options) => api.getAllowlistIdentifierList({ limit: 5, offset: 10 }, options),
    request: 'GET /allowlist_identifiers?limit=5&offset=10',
    answer: [],
    gives: [],
  },
  'createAllowlistIdentifier(all)': {
    call: (api, _, options) => api.createAllowlistIdentifier({ identifier: 'a@b.c', notify: false }, options),
    request: 'POST /allowlist_identifiers',
    body: 'identifier=a%40b.c&notify=false',
    answer,
    gives,
  },
  'createAllowlistIdentifier(a domain)': {
    call: (api, _, options) => api.createAllowlistIdentifier({ identifier: '*@b.c' }, options),
    request: 'POST /allowlist_identifiers',
    body: 'identifier=*%40b.c',
    answer,
    gives,
  },
  'deleteAllowlistIdentifier(id)': {
    call: (api, id, options) => api.deleteAllowlistIdentifier(id, options),
    request: 'DELETE /allowlist_identifiers/id_1',
    answer: { object: 'allowlist_identifier', id: 'alid_1', deleted: true },
    gives: new AllowlistIdentifier({ id: 'alid_1', deleted: true, object: 'allowlist_identifier' }),
  },
  'deleteAllowlistIdentifier(echoed)': {
    call: (api, id, options) => api.deleteAllowlistIdentifier(id, options),
    request: 'DELETE /allowlist_identifiers/id_1',
    answer,
    gives,
  },
})

test('createAllowlistIdentifier can be told nothing of a notification', () => {
  expectTypeOf<{ identifier: string }>().toExtend<CreateAllowlistIdentifierParams>()
})

test('the allowlist of the one instance is also to be had in single functions', async () => {
  const { url, requests } = await startJSON(answer)
  const sdk = await import('../src/index.js')
  sdk.setClerkApiKey('test_key')
  sdk.setClerkServerApiUrl(url)
  await sdk.getAllowlistIdentifierList({ limit: 1 })
  await sdk.createAllowlistIdentifier({ identifier: 'a' })
  expect(await sdk.deleteAllowlistIdentifier('alid_1')).toStrictEqual(gives)
  await expect(sdk.deleteAllowlistIdentifier('')).rejects.toStrictEqual(new Error('A valid ID is required.'))
  expect(requests).toMatchObject([
    { method: 'GET', url: '/v1/allowlist_identifiers?limit=1' },
    { method: 'POST', url: '/v1/allowlist_identifiers', body: 'identifier=a' },
    { method: 'DELETE', url: '/v1/allowlist_identifiers/alid_1' },
  ])
})
