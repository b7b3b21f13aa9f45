import { describe, expect, test } from 'vitest'
import { storageKinds } from '../support/instance.js'
import { messagesIn, rowsIn } from '../support/rows.js'
import { visit } from '../support/visitor.js'
import {
  ada,
  attemptFirst,
  attemptSecond,
  begin,
  createUser,
  password,
  prepareFirst,
  prepareSecond,
  sentCode,
  startSigningIn,
  totpCode,
  totpSecret,
  wrongCode,
} from './signing-in.js'

const backup_codes = ['first-code', 'second-code']
const both = { ...ada, totp_secret: totpSecret, backup_codes }

describe.each(storageKinds)('on %s', (kind) => {
  /** A browser in which somebody has shown their password, who has a second factor, too. */
  async function halfway(json: object = both) {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance, json)
    return { instance, user, ...(await again(instance)) }
  }

  async function again(instance: Awaited<ReturnType<typeof startSigningIn>>) {
    const browser = visit(instance)
    const { body, client, codes } = await begin(browser, { identifier: 'ada@example.com', password })
    expect([codes, body.status]).toEqual([[], 'needs_second_factor'])
    expect(client?.sessions).toEqual([])
    return { browser, id: body.id, body }
  }

  test('a password is not enough for who has a second factor, and a code of the application is', async () => {
    const { instance, browser, id, body } = await halfway()
    expect(body).toMatchObject({
      first_factor_verification: { strategy: 'password', status: 'verified' },
      supported_second_factors: [{ strategy: 'totp' }, { strategy: 'backup_code' }],
      created_session_id: null,
    })
    // Some are as long as a code, by one way to count or another.
    for (const code of [wrongCode, '𐀀𐀀𐀀', '１２３４５６', 'ßßßßßß', '12345']) {
      const wrong = await attemptSecond(browser, id, { strategy: 'totp', code })
      expect(wrong, code).toMatchObject({ status: 422, codes: ['form_code_incorrect'], params: ['code'] })
    }
    const right = await attemptSecond(browser, id, { strategy: 'totp', code: totpCode(instance.clock.now) })
    expect(right.body).toMatchObject({ status: 'complete', second_factor_verification: { strategy: 'totp' } })
    expect(right.client?.sessions[0]?.factor_verification_age).toEqual([0, 0])
    expect(right.client?.last_authentication_strategy).toBe('password')
  })

  test('a code of the application is good for its half minute and the ones beside it, once', async () => {
    const { instance, browser, id } = await halfway()
    const step = 30_000
    for (const off of [-2, 2]) {
      const code = totpCode(instance.clock.now + off * step)
      expect((await attemptSecond(browser, id, { strategy: 'totp', code })).codes).toEqual(['form_code_incorrect'])
    }
    const now = totpCode(instance.clock.now)
    expect((await attemptSecond(browser, id, { strategy: 'totp', code: now })).body.status).toBe('complete')
    const second = await again(instance)
    for (const code of [now, totpCode(instance.clock.now - step)]) {
      const used = await attemptSecond(second.browser, second.id, { strategy: 'totp', code })
      expect([used.status, used.codes]).toEqual([422, ['form_code_incorrect']])
    }
    const next = { strategy: 'totp', code: totpCode(instance.clock.now + step) }
    expect((await attemptSecond(second.browser, second.id, next)).body.status).toBe('complete')
  })

  test.each(['totp', 'backup_code'])('of many attempts at once with one %s one is let in', async (strategy) => {
    const { instance, user, ...first } = await halfway()
    const code = strategy === 'totp' ? totpCode(instance.clock.now) : 'second-code'
    const attempts = [first, ...(await Promise.all(Array.from({ length: 4 }, () => again(instance))))]
    const many = attempts.map(({ browser, id }) => attemptSecond(browser, id, { strategy, code }))
    const results = (await Promise.all(many)).map(({ codes, body }) => codes[0] ?? body.status)
    expect(results.sort()).toEqual(['complete', ...Array(4).fill('form_code_incorrect')])
    expect((await instance.call('GET /sessions', { query: { user_id: user.id } })).body).toHaveLength(1)
  })

  test('a backup code stands in for the application, however it is typed, once', async () => {
    const { instance, browser, id } = await halfway()
    const { body } = await attemptSecond(browser, id, { strategy: 'backup_code', code: ' FIRST CODE' })
    expect(body).toMatchObject({ status: 'complete', second_factor_verification: { strategy: 'backup_code' } })
    const second = await again(instance)
    const used = await attemptSecond(second.browser, second.id, { strategy: 'backup_code', code: 'first-code' })
    expect([used.status, used.codes]).toEqual([422, ['form_code_incorrect']])
    const other = { strategy: 'backup_code', code: 'second-code' }
    expect((await attemptSecond(second.browser, second.id, other)).body.status).toBe('complete')
  })

  test('neither secret nor codes lie in the database as they are', async () => {
    const encryptionKey = Buffer.alloc(32, 1).toString('base64')
    const instance = await startSigningIn(kind, { encryptionKey })
    await createUser(instance, both)
    const kept = [
      ...(await rowsIn(instance.storage, 'select * from totps')),
      ...(await rowsIn(instance.storage, 'select * from backup_codes')),
    ]
    expect(kept).toHaveLength(3)
    expect(JSON.stringify(kept)).not.toMatch(new RegExp(`${totpSecret}|firstcode|first-code`))
    const { browser, id } = await again(instance)
    const sent = { strategy: 'totp', code: totpCode(instance.clock.now) }
    expect((await attemptSecond(browser, id, sent)).body.status).toBe('complete')
  })

  test('a number that is a second factor gets a code, and is no first factor', async () => {
    const instance = await startSigningIn(kind, { settings: { phone_number: 'optional' } })
    const user = await createUser(instance)
    const number = await instance.call('POST /phone_numbers', {
      json: { user_id: user.id, phone_number: '+15555550100', verified: true, reserved_for_second_factor: true },
    })
    const unknown = await begin(visit(instance), { identifier: '+15555550100' })
    expect(unknown.codes).toEqual(['form_identifier_not_found'])
    const { browser, id, body } = await again(instance)
    expect(body.supported_second_factors).toEqual([
      { strategy: 'phone_code', safe_identifier: '+*******0100', phone_number_id: number.body.id, default: true },
    ])
    const early = await attemptSecond(browser, id, { strategy: 'phone_code', code: '000001' })
    expect([early.status, early.codes]).toEqual([400, ['verification_missing']])
    const prepared = await prepareSecond(browser, id, { strategy: 'phone_code' })
    expect(prepared.body.second_factor_verification).toMatchObject({ strategy: 'phone_code', status: 'unverified' })
    expect((await messagesIn(instance.storage)).at(-1)).toMatchObject({ channel: 'sms', recipient: '+15555550100' })
    const wrong = await attemptSecond(browser, id, { strategy: 'phone_code', code: wrongCode })
    expect([wrong.status, wrong.codes]).toEqual([422, ['form_code_incorrect']])
    const sent = { strategy: 'phone_code', code: await sentCode(instance) }
    expect((await attemptSecond(browser, id, sent)).body.status).toBe('complete')
  })

  test('the second factor cannot be taken first, left out, or taken for the first', async () => {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance, both)
    const browser = visit(instance)
    const { id } = (await begin(browser)).body
    const code = totpCode(instance.clock.now)
    const refused = [
      await attemptSecond(browser, id, { strategy: 'totp', code }),
      await attemptSecond(browser, id, { strategy: 'backup_code', code: 'first-code' }),
      await prepareSecond(browser, id, { strategy: 'phone_code' }),
    ]
    for (const { status, codes } of refused) expect([status, codes]).toEqual([400, ['client_state_invalid']])
    const notFirst = await attemptFirst(browser, id, { strategy: 'totp', code })
    expect([notFirst.status, notFirst.codes]).toEqual([422, ['form_param_value_invalid']])

    await attemptFirst(browser, id, { strategy: 'password', password })
    const twice = [
      await attemptFirst(browser, id, { strategy: 'password', password }),
      await prepareFirst(browser, id, { strategy: 'email_code' }),
    ]
    for (const { status, codes } of twice) expect([status, codes]).toEqual([400, ['client_state_invalid']])
    const { ticket } = await instance
      .call('POST /sign_in_tokens', { json: { user_id: user.id } })
      .then(({ body }) => ({ ticket: body.token ?? '' }))
    expect((await begin(visit(instance), { ticket })).body.status).toBe('needs_second_factor')
    expect((await instance.call('GET /sessions', { query: { user_id: user.id } })).body).toEqual([])
    expect((await attemptSecond(browser, id, { strategy: 'totp', code })).body.status).toBe('complete')
  })

  test('a password that is known does not give more tries at the second factor', async () => {
    const { instance, ...first } = await halfway()
    const results: (string | undefined)[] = []
    for (let round = 0; round < 10; round++) {
      const { browser, id } = round === 0 ? first : await again(instance)
      results.push((await attemptSecond(browser, id, { strategy: 'totp', code: wrongCode })).codes[0])
    }
    expect(results).toEqual(Array(10).fill('form_code_incorrect'))
    const locked = await begin(visit(instance), { identifier: 'ada@example.com', password })
    expect([locked.status, locked.codes]).toEqual([403, ['user_locked']])
    const right = { strategy: 'totp', code: totpCode(instance.clock.now) }
    expect((await attemptSecond(first.browser, first.id, right)).codes).toEqual(['user_locked'])
  })

  test.each([
    ['another one', { password: 'engines and 1842 notes' }],
    ['none', undefined],
  ])('a password that has become %s is no first factor any more', async (_, json) => {
    const { instance, user, browser, id } = await halfway()
    instance.clock.now += 60_000
    const params = { user_id: user.id }
    const { codes } = json
      ? await instance.call('PATCH /users/{user_id}', { params, json })
      : await instance.call('POST /users/{user_id}/remove_password', { params })
    expect(codes).toEqual([])
    const late = await attemptSecond(browser, id, { strategy: 'totp', code: totpCode(instance.clock.now) })
    expect([late.status, late.codes]).toEqual([400, ['client_state_invalid']])
    const { body } = await browser.call('GET /client/sign_ins/{sign_in_id}', { params: { sign_in_id: id } })
    expect(body).toMatchObject({
      status: 'needs_first_factor',
      first_factor_verification: null,
      supported_second_factors: null,
    })
    await prepareFirst(browser, id, { strategy: 'email_code' })
    const again = await attemptFirst(browser, id, { strategy: 'email_code', code: await sentCode(instance) })
    expect(again.body.status).toBe('needs_second_factor')
    const right = await attemptSecond(browser, id, { strategy: 'totp', code: totpCode(instance.clock.now) })
    expect(right.body.status).toBe('complete')
  })
})
