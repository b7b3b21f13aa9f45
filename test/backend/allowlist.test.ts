import { createClerkClient } from '@clerk/backend'
import { createClerkClient as createClient4 } from 'clerk-sdk-node-4.13.23'
import { describe, expect, test } from 'vitest'
import { original } from '../parity/subjects.js'
import { freshStorage, type Instance, startInstance, storageKinds } from '../support/instance.js'
import { outboxOf } from '../support/outbox.js'

describe.each(storageKinds)('the allowlist on %s', (kind) => {
  async function start() {
    const storage = await freshStorage(kind, 'instance')
    const server = await startInstance({ storage, publicUrl: () => 'https://id.example.com' })
    return { ...server, outbox: () => outboxOf(storage) }
  }

  async function allow(server: Instance, json: object) {
    const answer = await server.call('POST /allowlist_identifiers', { json })
    expect(answer, JSON.stringify(json)).toMatchObject({ status: 200, codes: [] })
    return answer.body
  }

  test('every form of an identifier is kept as it was given', async () => {
    const server = await start()
    const { body: instance } = await server.call('GET /instance', {})
    for (const [identifier, identifier_type] of [
      ['Ada@Example.com', 'email_address'],
      ['john*@example.com', 'email_address'],
      ['*.example.com', 'email_address'],
      ['*@example.org', 'email_address'],
      ['*@*.Example.com', 'email_address'],
      ['*@*.edu', 'email_address'],
      ['+1 (415) 555-0123', 'phone_number'],
      ['0x52908400098527886E0F7030069857D2E4169EE7', 'web3_wallet'],
    ] as const) {
      server.clock.now += 1000
      expect(await allow(server, { identifier })).toEqual({
        object: 'allowlist_identifier',
        id: expect.stringMatching(/^alid_[0-9A-Za-z]{27}$/),
        identifier,
        identifier_type,
        instance_id: instance.id,
        created_at: server.clock.now,
        updated_at: server.clock.now,
      })
    }
    expect(await server.outbox()).toEqual([])
  })

  test('what stands for nobody is refused', async () => {
    const server = await start()
    for (const identifier of [
      '',
      ' ',
      'ada',
      '*',
      '*@*',
      '*@example',
      '*.example',
      'example.com',
      '@example.com',
      '*@exa*mple.com',
      '*@example.*',
      '*@-example.com',
      'a b@example.com',
      'ada@example.com,bob@example.com',
      'ada@exämple.com',
      '4155550123',
      '+0123456789',
      '+1234567',
      '0x1234',
      'x'.repeat(300),
      'a\0@example.com',
    ]) {
      const answer = await server.call('POST /allowlist_identifiers', { json: { identifier } })
      expect(answer, identifier).toMatchObject({ status: 422, params: ['identifier'] })
    }
    expect((await server.call('GET /allowlist_identifiers', {})).body).toEqual([])
  })

  test('two spellings of one identifier are one', async () => {
    const server = await start()
    for (const [first, second] of [
      ['ada@example.com', ' ADA@example.COM'],
      ['*.example.com', '*@EXAMPLE.com'],
      ['+14155550123', '+1 (415) 555-0123'],
      ['0x52908400098527886E0F7030069857D2E4169EE7', '0x52908400098527886e0f7030069857d2e4169ee7'],
    ] as const) {
      await allow(server, { identifier: first })
      const again = await server.call('POST /allowlist_identifiers', { json: { identifier: second } })
      expect(again, second).toMatchObject({ status: 400, codes: ['duplicate_record'], params: ['identifier'] })
    }
  })

  test('of 50 creations of one identifier at the same time, one is made', async () => {
    const server = await start()
    const answers = await Promise.all(
      Array.from({ length: 50 }, () =>
        server.call('POST /allowlist_identifiers', { json: { identifier: 'ada@example.com', notify: true } }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 49 }, () => 400)])
    expect(await server.outbox()).toHaveLength(1)
  })

  test('notify invites an address, and both are made or neither', async () => {
    const server = await start()
    const { invitation_id } = await allow(server, { identifier: 'Ada@example.com', notify: true })
    expect((await server.call('GET /invitations', {})).body).toMatchObject([
      { id: invitation_id, email_address: 'ada@example.com', status: 'pending' },
    ])
    expect(await server.outbox()).toMatchObject([{ slug: 'invitation', recipient: 'ada@example.com' }])

    await allow(server, { identifier: 'bob@example.com' })
    const listed = await server.call('POST /allowlist_identifiers', {
      json: { identifier: 'bob@example.com', notify: true },
    })
    expect(listed).toMatchObject({ status: 400, codes: ['duplicate_record'], params: ['identifier'] })
    await server.call('POST /invitations', { json: { email_address: 'cyd@example.com', notify: false } })
    const invited = await server.call('POST /allowlist_identifiers', {
      json: { identifier: 'cyd@example.com', notify: true },
    })
    expect(invited).toMatchObject({ status: 400, codes: ['duplicate_record'], params: ['identifier'] })
    await server.call('POST /users', { json: { email_address: ['dan@example.com'] } })
    const user = await server.call('POST /allowlist_identifiers', {
      json: { identifier: 'dan@example.com', notify: true },
    })
    expect(user).toMatchObject({ status: 422, codes: ['form_identifier_exists'], params: ['identifier'] })
    expect((await server.call('GET /allowlist_identifiers', {})).body).toHaveLength(2)
    expect((await server.call('GET /invitations', {})).body).toHaveLength(2)
    expect(await server.outbox()).toHaveLength(1)
  })

  test('notify tells a phone number by text message', async () => {
    const server = await start()
    expect(await allow(server, { identifier: '+1 415 555 0123', notify: true })).not.toHaveProperty('invitation_id')
    expect(await server.outbox()).toMatchObject([
      { channel: 'sms', recipient: '+14155550123', body: 'You are invited to sign up: https://id.example.com' },
    ])
  })

  test('notify is refused where nobody can be told', async () => {
    const server = await start()
    for (const identifier of [
      '*@example.com',
      '*.example.com',
      '*@*.example.com',
      'john*@example.com',
      '0x52908400098527886E0F7030069857D2E4169EE7',
    ]) {
      const answer = await server.call('POST /allowlist_identifiers', { json: { identifier, notify: true } })
      expect(answer).toMatchObject({ status: 422, codes: ['form_param_value_invalid'], params: ['notify'] })
    }
    expect((await server.call('GET /allowlist_identifiers', {})).body).toEqual([])
  })

  test('lists are newest first and in pages, and a deleted identifier is gone', async () => {
    const server = await start()
    const ids = []
    for (const name of ['ada', 'bob', 'cyd']) {
      server.clock.now += 1000
      ids.unshift((await allow(server, { identifier: `${name}@example.com` })).id)
    }
    const list = async (query: object) =>
      (await server.call('GET /allowlist_identifiers', { query: { ...query } })).body
    expect(await list({})).toMatchObject(ids.map((id) => ({ id })))
    expect(await list({ limit: 1, offset: 1 })).toMatchObject([{ id: ids[1] }])
    expect(await list({ paginated: true, limit: 2 })).toMatchObject({ data: [{ id: ids[0] }, {}], total_count: 3 })
    const remove = (identifier_id: string) =>
      server.call('DELETE /allowlist_identifiers/{identifier_id}', { params: { identifier_id } })
    const id = ids[0] as string
    expect((await remove(id)).body).toEqual({ object: 'allowlist_identifier', id, deleted: true })
    expect(await remove(id)).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    expect(await list({})).toHaveLength(2)
  })

  test('an identifier outlives the invitation that told of it', async () => {
    const server = await start()
    const { id, invitation_id } = await allow(server, { identifier: 'ada@example.com', notify: true })
    await server.call('DELETE /invitations/{invitation_id}', { params: { invitation_id: invitation_id as string } })
    const { body } = await server.call('GET /allowlist_identifiers', {})
    expect(body).toMatchObject([{ id }])
    expect(Array.isArray(body) && body[0]).not.toHaveProperty('invitation_id')
  })

  test('versions 2.6.3 and 4.13.23 create, list and delete', async () => {
    const server = await start()
    const two = new original.Clerk({ apiKey: server.apiKey, serverApiUrl: server.url })['allowlistIdentifiers']
    const params = { identifier: '*.example.com', notify: false }
    const one = (await two?.['createAllowlistIdentifier']?.(params)) as { id: string }
    expect(await two?.['getAllowlistIdentifierList']?.()).toEqual([one])
    expect(await two?.['deleteAllowlistIdentifier']?.(one.id)).toMatchObject({ id: one.id })

    const four = createClient4({ secretKey: server.secretKey, apiUrl: server.url }).allowlistIdentifiers
    const other = await four.createAllowlistIdentifier({ identifier: 'ada@example.com', notify: true })
    expect(other.invitationId).toMatch(/^inv_/)
    expect(await four.getAllowlistIdentifierList()).toEqual([other])
    expect(await four.deleteAllowlistIdentifier(other.id)).toMatchObject({ id: other.id })
  })

  test('@clerk/backend 3.25 creates, lists and deletes', async () => {
    const server = await start()
    const { allowlistIdentifiers } = createClerkClient({ apiUrl: server.url, secretKey: server.secretKey })
    const one = await allowlistIdentifiers.createAllowlistIdentifier({ identifier: 'ada@example.com', notify: true })
    expect(one).toMatchObject({ identifierType: 'email_address', invitationId: expect.stringMatching(/^inv_/) })
    expect(await allowlistIdentifiers.getAllowlistIdentifierList({ limit: 5 })).toMatchObject({
      data: [{ id: one.id }],
      totalCount: 1,
    })
    expect(await allowlistIdentifiers.deleteAllowlistIdentifier(one.id)).toMatchObject({ id: one.id, deleted: true })
  })
})
