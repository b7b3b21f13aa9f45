import { describe, expect, test } from 'vitest'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'
import { visit } from '../support/visitor.js'

const ada = { email_address: ['ada@example.com'], password: 'correct horse battery' }
const named = { identifier: 'ada@example.com' }

describe.each(storageKinds)('on %s', (kind) => {
  const start = async (options = {}) => startInstance({ storage: await freshStorage(kind), ...options })

  test('an identifier and a password sign in with one request', async () => {
    const instance = await start()
    const user = await instance.call('POST /users', { json: ada })
    const browser = visit(instance)
    const { status, body, client } = await browser.call('POST /client/sign_ins', {
      form: { ...named, password: ada.password },
    })
    expect([status, body.status]).toEqual([200, 'complete'])
    expect(client?.sessions.map(({ id }) => id)).toEqual([body.created_session_id])
    expect(client?.sessions[0]?.user.id).toBe(user.body.id)
    expect(client?.sign_in).toBeNull()
    expect(client?.last_authentication_strategy).toBe('password')
  })

  test('an identifier alone tells what there is to prove oneself by', async () => {
    const instance = await start()
    await instance.call('POST /users', { json: ada })
    const browser = visit(instance)
    const { body } = await browser.call('POST /client/sign_ins', { form: { identifier: ' Ada@Example.com ' } })
    expect(body).toMatchObject({ status: 'needs_first_factor', identifier: 'ada@example.com' })
    const first = await browser.call('POST /client/sign_ins/{sign_in_id}/attempt_first_factor', {
      params: { sign_in_id: body.id },
      form: { strategy: 'password', password: ada.password },
    })
    expect([first.status, first.codes, first.body.status]).toEqual([200, [], 'complete'])
  })
})
