import { describe, expect, test } from 'vitest'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'
import { signIn } from '../support/sessions.js'
import { statements } from '../support/statements.js'
import { visit } from '../support/visitor.js'

const hour = 3_600_000
const day = 24 * hour

describe.each(storageKinds)('sessions on %s', (kind) => {
  /** An instance and a browser that has a session. */
  async function start(settings: { session_lifetime?: number; session_inactivity_timeout?: number }) {
    const storage = await freshStorage(kind, 'instance')
    const instance = await startInstance({ storage, settings })
    const browser = visit(instance)
    const client = (await browser.call('PUT /client')).body
    const { session } = await signIn(instance)
    await statements(storage, `update sessions set client_id = '${client.id}' where id = '${session.id}'`)
    const params = { session_id: session.id }
    return {
      session,
      clock: instance.clock,
      touch: () => browser.call('POST /client/sessions/{session_id}/touch', { params }),
      token: () => browser.call('POST /client/sessions/{session_id}/tokens', { params }),
      status: async () => (await instance.call('GET /sessions/{session_id}', { params })).body.status,
    }
  }

  test('live for a week unless it is set otherwise, used or not', async () => {
    const { session, clock, token, status } = await start({})
    expect(session.expire_at - session.created_at).toBe(7 * day)
    expect(session.abandon_at - session.created_at).toBe(30 * day)
    clock.now += 7 * day - 1
    expect((await token()).status).toBe(200)
    clock.now += 1
    expect(await token()).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    expect(await status()).toBe('expired')
  })

  test('live as long as is set, also when that is longer than a month', async () => {
    const { session, clock, touch } = await start({ session_lifetime: (90 * day) / 1000 })
    clock.now += 90 * day - 1
    expect(clock.now).toBeLessThan(session.expire_at)
    expect((await touch()).status).toBe(200)
    clock.now += 1
    expect((await touch()).status).toBe(404)
  })

  test('end when nobody uses them, if that is set: a touch and a token are use', async () => {
    const { session, clock, touch, token, status } = await start({ session_inactivity_timeout: hour / 1000 })
    expect(session.abandon_at - session.created_at).toBe(hour)
    clock.now += hour - 1
    expect((await touch()).body).toMatchObject({ abandon_at: clock.now + hour, last_active_at: clock.now })
    clock.now += hour - 1
    expect((await token()).status).toBe(200)
    clock.now += hour - 1
    expect(await status()).toBe('active')
    clock.now += 1
    expect(await status()).toBe('abandoned')
    expect(await token()).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    expect((await touch()).status).toBe(404)
  })
})
