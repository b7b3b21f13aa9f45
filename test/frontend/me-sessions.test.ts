import { describe, expect, test } from 'vitest'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'
import { createSession } from '../support/sessions.js'
import { signedIn, signInTo, startSignedIn } from '../support/signed-in.js'
import { visit } from '../support/visitor.js'

const agents: [name: string, userAgent: string, activity: object][] = [
  [
    'a telephone',
    'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Mobile/15E148 Safari/604.1',
    { device_type: 'iPhone', is_mobile: true, browser_name: 'Safari', browser_version: '17.4' },
  ],
  [
    'a computer',
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0.0.0 Safari/537.36',
    { device_type: 'Windows', is_mobile: false, browser_name: 'Chrome', browser_version: '126.0.0.0' },
  ],
  ['what says nothing that is known', 'x', { is_mobile: false }],
]

describe.each(storageKinds)('on %s', (kind) => {
  test.each(agents)('the sessions of %s are listed with where they were begun', async (_, userAgent, activity) => {
    const instance = await startInstance({ storage: await freshStorage(kind, 'instance') })
    const { browser, session } = await signedIn(instance, undefined, visit(instance, { userAgent }))
    const { status, body } = await browser.call('GET /me/sessions/active')
    expect(status).toBe(200)
    expect(body).toMatchObject([{ id: session.id, status: 'active' }])
    expect(body[0]?.latest_activity).toEqual({
      object: 'session_activity',
      id: expect.stringMatching(/^sess_activity_\w+$/),
      ip_address: '127.0.0.1',
      ...activity,
    })
  })

  test('a session in no browser is listed all the same, and one that is over is not', async () => {
    const { instance, browser, user, session } = await startSignedIn(kind)
    const unknown = await createSession(instance, user.id)
    const over = await createSession(instance, user.id)
    await instance.call('POST /sessions/{session_id}/revoke', { params: { session_id: over.id } })
    const { body } = await browser.call('GET /me/sessions/active')
    expect(body.map(({ id }) => id)).toEqual([unknown.id, session.id])
    expect(body[0]?.latest_activity).toEqual({
      object: 'session_activity',
      id: expect.any(String),
      is_mobile: false,
    })
    const all = (await browser.call('GET /me/sessions')).body
    expect(all.map(({ id, status, last_active_token }) => [id, status, last_active_token])).toEqual([
      [over.id, 'revoked', null],
      [unknown.id, 'active', null],
      [session.id, 'active', null],
    ])
  })

  test('a user signs out of a session in another browser, and of none of somebody else', async () => {
    const { instance, browser, user } = await startSignedIn(kind)
    const other = visit(instance)
    const elsewhere = await signInTo(other, instance, user.id)
    const revoke = 'POST /me/sessions/{session_id}/revoke'
    const { status, body } = await browser.call(revoke, { params: { session_id: elsewhere.id } })
    expect([status, body.id, body.status]).toEqual([200, elsewhere.id, 'revoked'])
    expect((await other.call('GET /me')).codes).toEqual(['signed_out'])

    const stranger = await signedIn(instance, { email_address: ['eve@example.com'] })
    const refused = await browser.call(revoke, { params: { session_id: stranger.session.id } })
    expect([refused.status, refused.codes]).toEqual([404, ['resource_not_found']])
    expect((await stranger.browser.call('GET /me')).status).toBe(200)
  })
})
