import { createClerkClient } from '@clerk/backend'
import { describe, expect, test } from 'vitest'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'

describe.each(storageKinds)('the blocklist on %s', (kind) => {
  const start = async () => startInstance({ storage: await freshStorage(kind, 'instance') })

  test('identifiers are put on it, listed with their number, and taken off', async () => {
    const server = await start()
    const { body: instance } = await server.call('GET /instance', {})
    const ids: string[] = []
    for (const identifier of ['ada@example.com', '*@Example.com', '+14155550123']) {
      server.clock.now += 1000
      const { status, body } = await server.call('POST /blocklist_identifiers', { form: { identifier } })
      expect({ status, body }).toEqual({
        status: 200,
        body: {
          object: 'blocklist_identifier',
          id: expect.stringMatching(/^blid_[0-9A-Za-z]{27}$/),
          identifier,
          identifier_type: identifier.startsWith('+') ? 'phone_number' : 'email_address',
          instance_id: instance.id,
          created_at: server.clock.now,
          updated_at: server.clock.now,
        },
      })
      ids.unshift(body.id)
    }
    const list = async (query: object = {}) =>
      (await server.call('GET /blocklist_identifiers', { query: { ...query } })).body
    expect(await list()).toMatchObject({ data: ids.map((id) => ({ id })), total_count: 3 })
    expect(await list({ limit: 1, offset: 2 })).toMatchObject({ data: [{ id: ids[2] }], total_count: 3 })
    const identifier_id = ids[1] as string
    const remove = () => server.call('DELETE /blocklist_identifiers/{identifier_id}', { params: { identifier_id } })
    expect((await remove()).body).toEqual({ object: 'blocklist_identifier', id: identifier_id, deleted: true })
    expect(await remove()).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    expect(await list()).toMatchObject({ total_count: 2 })
  })

  test('an identifier is on it once, and may be on the allowlist as well', async () => {
    const server = await start()
    const identifier = '*@example.com'
    const block = (identifier: string) => server.call('POST /blocklist_identifiers', { json: { identifier } })
    expect(await block(identifier)).toMatchObject({ status: 200 })
    expect(await block('*.EXAMPLE.com')).toMatchObject({ status: 400, codes: ['duplicate_record'] })
    expect(await block('nobody')).toMatchObject({ status: 422, codes: ['form_param_format_invalid'] })
    const allowed = await server.call('POST /allowlist_identifiers', { json: { identifier } })
    expect(allowed.status).toBe(200)
    const wrongList = await server.call('DELETE /blocklist_identifiers/{identifier_id}', {
      params: { identifier_id: allowed.body.id },
    })
    expect(wrongList).toMatchObject({ status: 404, codes: ['resource_not_found'] })
  })

  test('@clerk/backend 3.25 creates, lists and deletes', async () => {
    const server = await start()
    const { blocklistIdentifiers } = createClerkClient({ apiUrl: server.url, secretKey: server.secretKey })
    const one = await blocklistIdentifiers.createBlocklistIdentifier({ identifier: 'ada@example.com' })
    expect(await blocklistIdentifiers.getBlocklistIdentifierList()).toMatchObject({
      data: [{ id: one.id }],
      totalCount: 1,
    })
    expect(await blocklistIdentifiers.deleteBlocklistIdentifier(one.id)).toMatchObject({ id: one.id })
  })
})
