import { describe, expect, test } from 'vitest'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'
import { outboxOf } from '../support/outbox.js'

describe.each(storageKinds)('many invitations at once on %s', (kind) => {
  async function start() {
    const storage = await freshStorage(kind, 'instance')
    return { ...(await startInstance({ storage })), outbox: () => outboxOf(storage) }
  }

  test('a list of invitations is made whole, in its order', async () => {
    const server = await start()
    const { status, body } = await server.call('POST /invitations/bulk', {
      json: [
        { email_address: 'bob@example.com', notify: false },
        { email_address: 'ada@example.com', public_metadata: { a: 1 }, redirect_url: null, expires_in_days: 2 },
      ],
    })
    expect(status).toBe(200)
    expect(body).toMatchObject([
      { email_address: 'bob@example.com', public_metadata: {} },
      {
        email_address: 'ada@example.com',
        public_metadata: { a: 1 },
        expires_at: server.clock.now + 2 * 24 * 60 * 60 * 1000,
      },
    ])
    expect(await server.outbox()).toMatchObject([{ recipient: 'ada@example.com' }])
  })

  test('a list of which one is wrong is not made at all', async () => {
    const server = await start()
    await server.call('POST /invitations', { json: { email_address: 'there@example.com', notify: false } })
    await server.call('POST /users', { json: { email_address: ['user@example.com'] } })
    const good = { email_address: 'good@example.com' }
    const version = { 'clerk-api-version': '2025-11-10' }
    const refusals: [unknown, number, string[], unknown[]][] = [
      [[good, { email_address: 'There@example.com' }], 400, ['duplicate_record'], ['[1].email_address']],
      [[good, good], 400, ['duplicate_record'], ['[1].email_address']],
      [
        [good, { email_address: 'user@example.com', ignore_existing: true }],
        422,
        ['form_identifier_exists'],
        ['[1].email_address'],
      ],
      [[good, { email_address: 'nobody' }], 422, ['form_param_format_invalid'], ['[1].email_address']],
      [[{}, good], 422, ['form_param_missing'], ['[0].email_address']],
      [[good, 'x'], 422, ['form_param_type_invalid'], ['[1]']],
      [[good, { ...good, shoes: 1 }], 422, ['form_param_unknown'], ['[1].shoes']],
      [[{ ...good, redirect_url: '//e' }], 422, ['form_param_format_invalid'], ['[0].redirect_url']],
      [
        [{ ...good, public_metadata: { a: 'x'.repeat(9000) } }],
        422,
        ['form_param_exceeds_allowed_size'],
        ['[0].public_metadata'],
      ],
      [[], 422, ['form_param_value_invalid'], [undefined]],
      [Array.from({ length: 11 }, () => good), 422, ['form_param_array_size_exceeded'], [undefined]],
      [good, 400, ['request_body_invalid'], [undefined]],
    ]
    for (const [json, status, codes, params] of refusals) {
      const answer = await server.call('POST /invitations/bulk', { json, headers: version })
      expect(answer, JSON.stringify(json).slice(0, 100)).toMatchObject({ status, codes, params })
    }
    const form = await server.call('POST /invitations/bulk', { form: good })
    expect(form).toMatchObject({ status: 415, codes: ['unsupported_content_type'] })
    expect((await server.call('GET /invitations', {})).body).toMatchObject([{ email_address: 'there@example.com' }])
    expect(await server.outbox()).toEqual([])
  })

  test('lists of the same addresses in different orders do not wait for each other', async () => {
    const server = await start()
    const addresses = Array.from({ length: 10 }, (_, n) => ({ email_address: `${n}@example.com` }))
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        server.call('POST /invitations/bulk', { json: n % 2 === 0 ? addresses : [...addresses].reverse() }),
      ),
    )
    expect(answers.map(({ status }) => status).sort()).toEqual([200, ...Array.from({ length: 19 }, () => 400)])
    expect(await server.outbox()).toHaveLength(10)
  })
})
