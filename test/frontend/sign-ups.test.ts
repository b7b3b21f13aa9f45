import { describe, expect, test } from 'vitest'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'
import { visit } from '../support/visitor.js'

describe.each(storageKinds)('on %s', (kind) => {
  const start = async (options = {}) => startInstance({ storage: await freshStorage(kind), ...options })

  test('a person signs up with a password and a code by e-mail, and is signed in', async () => {
    const instance = await start()
    const browser = visit(instance)
    const created = await browser.call('POST /client/sign_ups', {
      form: {
        email_address: 'ada+clerk_test@example.com',
        password: 'correct horse battery',
        first_name: 'Ada',
        last_name: '',
      },
    })
    expect(created.body).toMatchObject({
      status: 'missing_requirements',
      missing_fields: [],
      unverified_fields: ['email_address'],
    })
    const params = { sign_up_id: created.body.id }
    const prepared = await browser.call('POST /client/sign_ups/{sign_up_id}/prepare_verification', {
      params,
      form: { strategy: 'email_code' },
    })
    expect(prepared.body.verifications.email_address).toMatchObject({
      status: 'unverified',
      next_action: 'needs_attempt',
    })
    const { body, client } = await browser.call('POST /client/sign_ups/{sign_up_id}/attempt_verification', {
      params,
      form: { strategy: 'email_code', code: '424242' },
    })
    expect(body.status).toBe('complete')
    expect(client?.sessions.map(({ user }) => user.first_name)).toEqual(['Ada'])
    expect(client?.sign_up).toBeNull()
  })
})
