import { expect, test } from 'vitest'
import { BlocklistIdentifier } from '../src/blocklist-identifiers/blocklist-identifier.js'
import { Clerk } from '../src/clerk.js'
import { testOperations } from './support/operations.js'
import { startJSON } from './support/server.js'

const answer = {
  object: 'blocklist_identifier',
  id: 'blid_1',
  identifier: '*@b.c',
  identifier_type: 'email_address',
  instance_id: 'ins_1',
  created_at: 1,
  updated_at: 2,
}
const gives = new BlocklistIdentifier({
  id: 'blid_1',
  identifier: '*@b.c',
  identifierType: 'email_address',
  instanceId: 'ins_1',
  createdAt: 1,
  updatedAt: 2,
})

testOperations('blocklistIdentifiers', {
  'getBlocklistIdentifierList(page)': {
    call: (api, _, options) => api.getBlocklistIdentifierList({ limit: 5 }, options),
    request: 'GET /blocklist_identifiers?limit=5',
    answer: [],
    gives: [],
  },
  'createBlocklistIdentifier(all)': {
    call: (api, _, options) => api.createBlocklistIdentifier({ identifier: '*@b.c' }, options),
    request: 'POST /blocklist_identifiers',
    body: 'identifier=*%40b.c',
    answer,
    gives,
  },
  'deleteBlocklistIdentifier(id)': {
    call: (api, id, options) => api.deleteBlocklistIdentifier(id, options),
    request: 'DELETE /blocklist_identifiers/id_1',
    answer: { object: 'blocklist_identifier', id: 'blid_1', deleted: true },
    gives: new BlocklistIdentifier({ id: 'blid_1', deleted: true, object: 'blocklist_identifier' }),
  },
})

test('the blocklist comes as a page, and is a list with a hidden total', async () => {
  const { url } = await startJSON({ data: [answer], total_count: 7 })
  const list = await new Clerk('test_key', { serverApiUrl: url }).blocklistIdentifiers.getBlocklistIdentifierList()
  expect(list).toStrictEqual([gives])
  expect(list).toHaveProperty('totalCount', 7)
})
