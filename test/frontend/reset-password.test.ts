import { describe, expect, test } from 'vitest'
import { storageKinds } from '../support/instance.js'
import { messagesIn } from '../support/rows.js'
import { visit } from '../support/visitor.js'
import {
  ada,
  attemptFirst,
  attemptSecond,
  begin,
  begun,
  createUser,
  password,
  prepareFirst,
  resetPassword,
  sentCode,
  signedIn,
  startSigningIn,
  totpCode,
  totpSecret,
} from './signing-in.js'

const strategy = 'reset_password_email_code'
const chosen = 'another long enough secret'

describe.each(storageKinds)('on %s', (kind) => {
  /** Somebody who has proven that the address is theirs, and has no password any more that they know. */
  async function forgetful(json: object = ada) {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance, json)
    const browser = visit(instance)
    const { id } = await begun(browser)
    expect((await prepareFirst(browser, id, { strategy })).codes).toEqual([])
    const sent = { strategy, code: await sentCode(instance) }
    return { instance, user, browser, id, sent }
  }

  test('a code lets its reader choose a new password, and signs them in with it', async () => {
    const { instance, user, browser, id, sent } = await forgetful()
    expect((await messagesIn(instance.storage)).at(-1)).toMatchObject({
      slug: 'reset_password_code',
      subject: 'Your code to choose a new password',
    })
    const proven = await attemptFirst(browser, id, sent)
    expect(proven.body).toMatchObject({ status: 'needs_new_password', created_session_id: null })
    expect(proven.client?.sessions).toEqual([])
    const { body, client } = await resetPassword(browser, id, { password: chosen })
    expect(body.status).toBe('complete')
    expect(client?.sessions.map(({ user: { id } }) => id)).toEqual([user.id])
    const old = await begin(visit(instance), { identifier: 'ada@example.com', password })
    expect([old.status, old.codes]).toEqual([422, ['form_password_incorrect']])
    const next = await begin(visit(instance), { identifier: 'ada@example.com', password: chosen })
    expect(next.body.status).toBe('complete')
  })

  test('the new password may come with the code', async () => {
    const { instance, browser, id, sent } = await forgetful()
    const { body } = await attemptFirst(browser, id, { ...sent, password: chosen })
    expect(body.status).toBe('complete')
    expect((await begin(visit(instance), { identifier: 'ada@example.com', password: chosen })).body.status).toBe(
      'complete',
    )
  })

  test('a password that is too weak is refused, and the code need not be sent again', async () => {
    const { browser, id, sent } = await forgetful()
    const weak = await attemptFirst(browser, id, { ...sent, password: 'short' })
    expect(weak).toMatchObject({ status: 422, codes: ['form_password_length_too_short'], params: ['password'] })
    expect(weak.client?.sign_in?.status).toBe('needs_new_password')
    for (const [refused, code] of [
      ['password123', 'form_password_pwned'],
      ['ADA@example.com', 'form_password_matches_identifier'],
      ['x'.repeat(73), 'form_password_length_too_long'],
    ] as const) {
      const { status, codes } = await resetPassword(browser, id, { password: refused })
      expect([status, codes]).toEqual([422, [code]])
    }
    expect((await resetPassword(browser, id, { password: chosen })).body.status).toBe('complete')
  })

  test.each([true, undefined, false])('other sessions end unless they are to stay (%s)', async (asked) => {
    const stay = asked === false
    const { instance, user, browser, id, sent } = await forgetful()
    const elsewhere = visit(instance)
    await signedIn(elsewhere)
    await attemptFirst(browser, id, sent)
    const { body } = await resetPassword(browser, id, {
      password: chosen,
      ...(asked !== undefined && { sign_out_of_other_sessions: asked }),
    })
    expect(body.status).toBe('complete')
    expect((await elsewhere.call('GET /client')).body?.sessions).toHaveLength(stay ? 1 : 0)
    const active = await instance.call('GET /sessions', { query: { user_id: user.id, status: 'active' } })
    expect(active.body).toHaveLength(stay ? 2 : 1)
  })

  test('who has a second factor must show it before the new password counts', async () => {
    const { instance, browser, id, sent } = await forgetful({ ...ada, totp_secret: totpSecret })
    await attemptFirst(browser, id, sent)
    const waiting = await resetPassword(browser, id, { password: chosen })
    expect(waiting.body.status).toBe('needs_second_factor')
    const unchanged = await begin(visit(instance), { identifier: 'ada@example.com', password })
    expect(unchanged.body.status).toBe('needs_second_factor')
    const { body } = await attemptSecond(browser, id, { strategy: 'totp', code: totpCode(instance.clock.now) })
    expect(body.status).toBe('complete')
    const changed = await begin(visit(instance), { identifier: 'ada@example.com', password: chosen })
    expect(changed.body.status).toBe('needs_second_factor')
  })

  test('nobody chooses a new password out of turn', async () => {
    const { browser, id, sent } = await forgetful()
    const early = await resetPassword(browser, id, { password: chosen })
    expect([early.status, early.codes]).toEqual([400, ['client_state_invalid']])
    const other = await begun(browser)
    await prepareFirst(browser, other.id, { strategy: 'email_code' })
    await attemptFirst(browser, id, sent)
    const late = await attemptFirst(browser, id, { strategy: 'password', password })
    expect([late.status, late.codes]).toEqual([400, ['client_state_invalid']])
    expect((await resetPassword(browser, other.id, { password: chosen })).codes).toEqual(['client_state_invalid'])
    expect((await resetPassword(browser, id, { password: chosen })).body.status).toBe('complete')
    expect((await resetPassword(browser, id, { password: `${chosen}!` })).codes).toEqual(['client_state_invalid'])
  })

  test('a code that was shown before the password became another one lets nobody choose a third', async () => {
    const { instance, browser, id, sent } = await forgetful()
    expect((await attemptFirst(browser, id, sent)).body.status).toBe('needs_new_password')
    instance.clock.now += 60_000
    const owner = visit(instance)
    await signedIn(owner)
    const form = { current_password: password, new_password: chosen }
    expect((await owner.call('POST /me/change_password', { form })).codes).toEqual([])
    const late = await resetPassword(browser, id, { password: `${chosen}!` })
    expect([late.status, late.codes]).toEqual([400, ['client_state_invalid']])
    const { body } = await browser.call('GET /client/sign_ins/{sign_in_id}', { params: { sign_in_id: id } })
    expect(body).toMatchObject({ status: 'needs_first_factor', first_factor_verification: null })
    expect((await owner.call('GET /me')).status).toBe(200)
    const next = await begin(visit(instance), { identifier: 'ada@example.com', password: chosen })
    expect(next.body.status).toBe('complete')
  })
})
