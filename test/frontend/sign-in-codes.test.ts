import { describe, expect, test } from 'vitest'
import { storageKinds } from '../support/instance.js'
import { messagesIn } from '../support/rows.js'
import { visit } from '../support/visitor.js'
import {
  ada,
  attemptFirst,
  begin,
  begun,
  createUser,
  password,
  prepareFirst,
  sentCode,
  startSigningIn,
  wrongCode,
} from './signing-in.js'

const minute = 60_000

describe.each(storageKinds)('on %s', (kind) => {
  /** A browser to which a code by e-mail was sent. */
  async function started() {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance)
    const browser = visit(instance)
    const { id } = await begun(browser)
    const prepared = await prepareFirst(browser, id, { strategy: 'email_code' })
    expect(prepared.codes).toEqual([])
    return { instance, user, browser, id, prepared: prepared.body }
  }

  const tryCode = (browser: ReturnType<typeof visit>, id: string, code: string) =>
    attemptFirst(browser, id, { strategy: 'email_code', code })

  test('a code by e-mail signs in, and says what it is for', async () => {
    const { instance, user, browser, id, prepared } = await started()
    expect(prepared.first_factor_verification).toEqual({
      object: 'verification_otp',
      status: 'unverified',
      strategy: 'email_code',
      attempts: 0,
      expire_at: instance.clock.now + 10 * minute,
    })
    const [message] = await messagesIn(instance.storage)
    expect(message).toMatchObject({
      slug: 'verification_code',
      recipient: 'ada@example.com',
      user_id: user.id,
      identification_id: user.email_addresses[0]?.id,
      subject: 'Your sign-in code',
    })
    const { body, client } = await tryCode(browser, id, await sentCode(instance))
    expect(body).toMatchObject({ status: 'complete', first_factor_verification: { status: 'verified', attempts: 1 } })
    expect(client?.last_authentication_strategy).toBe('email_code')
  })

  test('a strategy that is given with the identifier has its code sent at once', async () => {
    const instance = await startSigningIn(kind, { settings: { phone_number: 'optional' } })
    await createUser(instance, { ...ada, phone_number: ['+15555550100'] })
    const browser = visit(instance)
    const { body } = await begin(browser, { strategy: 'phone_code', identifier: '+15555550100' })
    expect(body.first_factor_verification).toMatchObject({ strategy: 'phone_code', status: 'unverified' })
    const [message] = await messagesIn(instance.storage)
    expect(message).toMatchObject({ channel: 'sms', recipient: '+15555550100' })
    const sent = { strategy: 'phone_code', code: await sentCode(instance) }
    expect((await attemptFirst(browser, body.id, sent)).body.status).toBe('complete')
  })

  test('a code goes to the address that is named, and to none that is not of the user', async () => {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance, { ...ada, email_address: ['ada@example.com', 'lovelace@example.org'] })
    const other = await createUser(instance, { email_address: ['bob@example.com'], password })
    const browser = visit(instance)
    const { id } = await begun(browser)
    const named = { strategy: 'email_code', email_address_id: user.email_addresses[1]?.id }
    expect((await prepareFirst(browser, id, named)).codes).toEqual([])
    const foreign = { strategy: 'email_code', email_address_id: other.email_addresses[0]?.id }
    const refused = await prepareFirst(browser, id, foreign)
    expect([refused.status, refused.codes]).toEqual([400, ['strategy_for_user_invalid']])
    const none = await prepareFirst(browser, id, { strategy: 'phone_code' })
    expect([none.status, none.codes]).toEqual([400, ['strategy_for_user_invalid']])
    expect((await messagesIn(instance.storage)).map(({ recipient }) => recipient)).toEqual(['lovelace@example.org'])
  })

  test('another code is sent after half a minute, and ends the one before', async () => {
    const { instance, browser, id } = await started()
    const first = await sentCode(instance)
    const soon = await prepareFirst(browser, id, { strategy: 'email_code' })
    expect([soon.status, soon.codes]).toEqual([429, ['verification_code_too_many_requests']])
    instance.clock.now += 30_000
    await prepareFirst(browser, id, { strategy: 'email_code' })
    const old = await tryCode(browser, id, first)
    expect([old.status, old.codes]).toEqual([422, ['form_code_incorrect']])
    expect((await tryCode(browser, id, await sentCode(instance))).body.status).toBe('complete')
  })

  test('a wrong code is told; after the fifth not even the right one helps, until another was sent', async () => {
    const { instance, browser, id } = await started()
    for (let tried = 1; tried <= 4; tried++) {
      const { status, codes, params } = await tryCode(browser, id, wrongCode)
      expect([status, codes, params]).toEqual([422, ['form_code_incorrect'], ['code']])
    }
    const fifth = await tryCode(browser, id, wrongCode)
    expect([fifth.status, fifth.codes]).toEqual([400, ['verification_failed']])
    expect(fifth.client?.sign_in?.first_factor_verification).toMatchObject({ status: 'failed', attempts: 5 })
    const right = await tryCode(browser, id, await sentCode(instance))
    expect([right.status, right.codes]).toEqual([400, ['verification_failed']])
    instance.clock.now += minute
    await prepareFirst(browser, id, { strategy: 'email_code' })
    expect((await tryCode(browser, id, await sentCode(instance))).body.status).toBe('complete')
  })

  test('a code expires after ten minutes, and counts for nothing then', async () => {
    const { instance, user, browser, id } = await started()
    instance.clock.now += 10 * minute
    const shown = await browser.call('GET /client/sign_ins/{sign_in_id}', { params: { sign_in_id: id } })
    expect(shown.body.first_factor_verification).toMatchObject({ status: 'expired' })
    const late = await tryCode(browser, id, await sentCode(instance))
    expect([late.status, late.codes]).toEqual([400, ['verification_expired']])
    const { body } = await instance.call('GET /users/{user_id}', { params: { user_id: user.id } })
    expect(body.verification_attempts_remaining).toBe(10)
  })

  test('a code of one attempt is refused in another, in the same browser and in another one', async () => {
    const { instance, browser, id } = await started()
    const code = await sentCode(instance)
    for (const other of [browser, visit(instance)]) {
      const attempt = await begun(other)
      const none = await tryCode(other, attempt.id, code)
      expect([none.status, none.codes]).toEqual([400, ['verification_missing']])
      await prepareFirst(other, attempt.id, { strategy: 'email_code' })
      const foreign = await tryCode(other, attempt.id, code)
      expect([foreign.status, foreign.codes]).toEqual([422, ['form_code_incorrect']])
    }
    expect((await tryCode(browser, id, code)).body.status).toBe('complete')
  })

  test('a code for one thing is not good for another', async () => {
    const { instance, browser, id } = await started()
    const code = await sentCode(instance)
    const reset = await attemptFirst(browser, id, { strategy: 'reset_password_email_code', code })
    expect([reset.status, reset.codes]).toEqual([400, ['verification_missing']])
  })

  test('of a hundred at once with the right code one signs in', async () => {
    const { instance, user, browser, id } = await started()
    const code = await sentCode(instance)
    const many = await Promise.all(Array.from({ length: 100 }, () => tryCode(browser, id, code)))
    const results = many.map(({ codes, body }) => codes[0] ?? body.status)
    expect(results.filter((result) => result === 'complete')).toHaveLength(1)
    // The others come too late, some of them with the token that the browser had before.
    expect(['client_state_invalid', 'complete', 'signed_out', 'user_locked']).toEqual(
      expect.arrayContaining([...new Set(results)]),
    )
    const { body } = await instance.call('GET /sessions', { query: { user_id: user.id } })
    expect(body).toHaveLength(1)
  })

  test('of a hundred at once with wrong codes five are tried', async () => {
    const { instance, browser, id } = await started()
    await Promise.all(Array.from({ length: 100 }, () => tryCode(browser, id, wrongCode)))
    const shown = await browser.call('GET /client/sign_ins/{sign_in_id}', { params: { sign_in_id: id } })
    expect(shown.body.first_factor_verification).toMatchObject({ status: 'failed', attempts: 5 })
    const right = await tryCode(browser, id, await sentCode(instance))
    expect(right.body.status).toBeUndefined()
  })

  test.each([false, true])(
    'a code to an address that was given up lets nobody in (enumeration protection: %s)',
    async (hidden) => {
      const instance = await startSigningIn(kind, { settings: { enumeration_protection: hidden } })
      const user = await createUser(instance, { ...ada, email_address: ['ada@example.com', 'old@example.com'] })
      const browser = visit(instance)
      const { id } = await begun(browser, 'old@example.com')
      expect((await prepareFirst(browser, id, { strategy: 'email_code' })).codes).toEqual([])
      const code = await sentCode(instance)
      const params = { email_address_id: user.email_addresses[1]?.id ?? '' }
      expect((await instance.call('DELETE /email_addresses/{email_address_id}', { params })).codes).toEqual([])
      const late = await tryCode(browser, id, code)
      expect([late.status, late.codes, late.client?.sessions]).toEqual([422, ['form_code_incorrect'], []])
      expect((await instance.call('GET /sessions', { query: { user_id: user.id } })).body).toEqual([])
    },
  )
})
