import { describe, expect, test } from 'vitest'
import { inboxOf } from '../support/inbox.js'
import { type Instance, storageKinds } from '../support/instance.js'
import { type Settings, signedIn, startSignedIn } from '../support/signed-in.js'
import type { Visitor } from '../support/visitor.js'

/** Where a code goes in these tests: the code is always the same one. */
const testAddress = 'ada+clerk_test@example.org'
const testNumber = '+14155550123'
const code = '424242'

const kinds = [
  {
    kind: 'email_address',
    list: 'GET /me/email_addresses',
    add: 'POST /me/email_addresses',
    read: 'GET /me/email_addresses/{email_id}',
    remove: 'DELETE /me/email_addresses/{email_id}',
    prepare: 'POST /me/email_addresses/{email_id}/prepare_verification',
    attempt: 'POST /me/email_addresses/{email_id}/attempt_verification',
    param: 'email_id',
    strategy: 'email_code',
    value: testAddress,
    wrong: 'nobody',
  },
  {
    kind: 'phone_number',
    list: 'GET /me/phone_numbers',
    add: 'POST /me/phone_numbers',
    read: 'GET /me/phone_numbers/{phone_number_id}',
    remove: 'DELETE /me/phone_numbers/{phone_number_id}',
    prepare: 'POST /me/phone_numbers/{phone_number_id}/prepare_verification',
    attempt: 'POST /me/phone_numbers/{phone_number_id}/attempt_verification',
    param: 'phone_number_id',
    strategy: 'phone_code',
    value: testNumber,
    wrong: '0123',
  },
] as const

const settings = { phone_number: 'optional', second_factor_phone_code: true } as const satisfies Settings

describe.each(storageKinds)('on %s', (storageKind) => {
  const start = (json?: object, more: Settings = {}) => startSignedIn(storageKind, json, { ...settings, ...more })

  describe.each(kinds)(
    '$kind',
    ({ kind, list, add, read, remove, prepare, attempt, param, strategy, value, wrong }) => {
      /** One more of the kind, which is not verified. */
      async function added(browser: Visitor): Promise<{ [param: string]: string }> {
        const { status, body } = await browser.call(add, { form: { [kind]: value } })
        expect([status, body]).toMatchObject([200, { object: kind, [kind]: value, verification: null }])
        return { [param]: body.id }
      }

      test('is added, verified by the code that was sent to it, and deleted', async () => {
        const { instance, browser, user } = await start()
        const params = await added(browser)
        const prepared = await browser.call(prepare, { params, form: { strategy, redirect_url: '' } })
        expect(prepared).toMatchObject({ status: 200, body: { verification: { status: 'unverified', strategy } } })
        expect(await inboxOf(instance)).toMatchObject([{ to: value, code }])

        const verified = await browser.call(attempt, { params, form: { code: ` ${code} ` } })
        expect(verified).toMatchObject({ status: 200, body: { verification: { status: 'verified', strategy } } })
        expect((await browser.call(read, { params })).body).toEqual(verified.body)
        expect((await browser.call(list)).body).toEqual(
          kind === 'email_address' ? [user.email_addresses[0], verified.body] : [verified.body],
        )

        for (const [key, form] of [
          [prepare, { strategy }],
          [attempt, { code }],
        ] as const) {
          const { status, codes } = await browser.call(key, { params, form })
          expect([status, codes]).toEqual([400, ['verification_already_verified']])
        }
        const deleted = await browser.call(remove, { params })
        expect([deleted.status, deleted.body]).toEqual([200, { object: kind, id: params[param], deleted: true }])
        expect((await browser.call(read, { params })).codes).toEqual(['resource_not_found'])
      })

      test('is not verified by a wrong code, an old one, or one that was not asked for', async () => {
        const { instance, browser } = await start()
        const params = await added(browser)
        const tried = async (given: string) => {
          const { status, codes } = await browser.call(attempt, { params, form: { code: given } })
          return [status, ...codes]
        }
        expect(await tried(code)).toEqual([400, 'verification_missing'])
        await browser.call(prepare, { params, form: { strategy } })
        const soon = await browser.call(prepare, { params, form: { strategy } })
        expect([soon.status, soon.codes]).toEqual([429, ['verification_code_too_many_requests']])
        for (let miss = 1; miss < 5; miss++) expect(await tried('000000')).toEqual([422, 'form_code_incorrect'])
        expect(await tried('000000')).toEqual([400, 'verification_failed'])
        expect(await tried(code)).toEqual([400, 'verification_failed'])

        instance.clock.now += 31_000
        await browser.call(prepare, { params, form: { strategy } })
        instance.clock.now += 10 * 60_000
        expect(await tried(code)).toEqual([400, 'verification_expired'])
        expect((await browser.call(read, { params })).body.verification?.status).toBe('expired')
      })

      test('of many who try the code at once, one succeeds', async () => {
        const { browser } = await start()
        const params = await added(browser)
        await browser.call(prepare, { params, form: { strategy } })
        const tries = Array.from({ length: 20 }, () => browser.call(attempt, { params, form: { code } }))
        const answers = (await Promise.all(tries)).map(({ status, codes }) => (status === 200 ? 'verified' : codes[0]))
        expect(answers.filter((one) => one === 'verified')).toHaveLength(1)
        // Of more than ten at once, some find that no try is left at the moment.
        expect(['verified', 'verification_already_verified', 'user_locked']).toEqual(
          expect.arrayContaining([...new Set(answers)]),
        )
      })

      test('is not to be had by guessing: ten wrong codes lock the account, however many were sent', async () => {
        const { instance, browser, user } = await start()
        const params = await added(browser)
        const results: (string | undefined)[] = []
        for (let tries = 0; tries < 11; tries++) {
          if (tries % 5 === 0) {
            instance.clock.now += 31_000
            expect((await browser.call(prepare, { params, form: { strategy } })).codes).toEqual([])
          }
          results.push((await browser.call(attempt, { params, form: { code: '000000' } })).codes[0])
        }
        const five = [...Array(4).fill('form_code_incorrect'), 'verification_failed']
        expect(results).toEqual([...five, ...five, 'user_locked'])
        const right = await browser.call(attempt, { params, form: { code } })
        expect([right.status, right.codes]).toEqual([403, ['user_locked']])
        const locked = await instance.call('GET /users/{user_id}', { params: { user_id: user.id } })
        expect(locked.body.locked).toBe(true)
        instance.clock.now += 60 * 60_000
        await browser.call(prepare, { params, form: { strategy } })
        expect((await browser.call(attempt, { params, form: { code } })).status).toBe(200)
      })

      test('of somebody else is not there', async () => {
        const { instance, browser } = await start()
        const other = await signedIn(instance, { email_address: ['eve@example.com'] })
        const params = await added(other.browser)
        await other.browser.call(prepare, { params, form: { strategy } })
        for (const [key, form] of [
          [read, undefined],
          [prepare, { strategy }],
          [attempt, { code }],
          [remove, undefined],
        ] as const) {
          const { status, codes } = await browser.call(key, { params, ...(form && { form }) })
          expect([key, status, codes]).toEqual([key, 404, ['resource_not_found']])
        }
        expect((await other.browser.call(read, { params })).status).toBe(200)
      })

      test('is refused when it is malformed, taken, or to be verified in another way', async () => {
        const { instance, browser } = await start()
        const refused = async (
          key: typeof add | typeof prepare,
          params: Record<string, string>,
          form: object,
          error: string,
        ) => {
          const { status, codes } = await browser.call(key, { params, form: { ...form } })
          expect([form, status, codes]).toEqual([form, 422, [error]])
        }
        await refused(add, {}, {}, 'form_param_missing')
        await refused(add, {}, { [kind]: wrong }, 'form_param_format_invalid')
        await instance.call('POST /users', { json: { [kind]: [value] } })
        await refused(add, {}, { [kind]: value }, 'form_identifier_exists')
        const other = kind === 'email_address' ? { email_address: 'x@example.com' } : { phone_number: '+14155550124' }
        const { body } = await browser.call(add, { form: other })
        for (const way of ['email_link', 'enterprise_sso', 'totp', '']) {
          await refused(prepare, { [param]: body.id }, { strategy: way }, 'form_param_value_invalid')
        }
      })

      test('cannot be added where people have none', async () => {
        const { browser } = await start({ username: 'ada_l' }, { username: 'required', [kind]: 'off' })
        const { status, codes } = await browser.call(add, { form: { [kind]: value } })
        expect([status, codes]).toEqual([403, ['feature_not_enabled']])
      })
    },
  )

  test('cannot be added where nobody could sign up with it', async () => {
    const { instance, browser } = await start(
      { email_address: ['ada@example.com'] },
      { block_email_subaddresses: true },
    )
    await instance.call('POST /blocklist_identifiers', { json: { identifier: '*@example.net' } })
    await instance.call('PATCH /instance/restrictions', { json: { blocklist: true } })
    for (const [email_address, code] of [
      ['ada+shop@example.com', 'form_email_address_blocked'],
      ['ada@example.net', 'not_allowed_access'],
    ]) {
      const { status, codes } = await browser.call('POST /me/email_addresses', { form: { email_address } })
      expect([status, codes]).toEqual([403, [code]])
    }
  })

  test('the last that identifies a user stays, and so does the last verified one that the instance asks for', async () => {
    const { browser, user } = await start(undefined, { email_address: 'optional', username: 'required' })
    const params = { email_id: user.primary_email_address_id ?? '' }
    const last = await browser.call('DELETE /me/email_addresses/{email_id}', { params })
    expect([last.status, last.codes]).toEqual([400, ['identification_deletion_failed']])

    const other = await start({ email_address: ['ada@example.com'], username: 'ada_l' }, { username: 'required' })
    const required = await other.browser.call('DELETE /me/email_addresses/{email_id}', {
      params: { email_id: other.user.primary_email_address_id ?? '' },
    })
    expect([required.status, required.codes]).toEqual([400, ['last_required_identification_deletion_failed']])
    const { body } = await other.browser.call('POST /me/email_addresses', { form: { email_address: testAddress } })
    const unverified = await other.browser.call('DELETE /me/email_addresses/{email_id}', {
      params: { email_id: body.id },
    })
    expect(unverified.status).toBe(200)
  })

  test('of two addresses one goes and the other is primary', async () => {
    const { browser, user } = await start({ email_address: ['ada@example.com', 'ada@example.org'] })
    const [first, second] = user.email_addresses.map(({ id }) => id)
    const both = [first, second].map((id) =>
      browser.call('DELETE /me/email_addresses/{email_id}', { params: { email_id: id ?? '' } }),
    )
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 400])
    const { body } = await browser.call('GET /me')
    expect(body.email_addresses.map(({ id }) => id)).toEqual([body.primary_email_address_id])
  })

  test('with a slash behind, as published browser clients ask, a list is the same', async () => {
    const { instance, browser } = await start()
    const answer = await fetch(`${instance.url}/__clerk/v1/me/email_addresses/`, {
      method: 'POST',
      headers: {
        origin: 'http://localhost:3000',
        cookie: `__client=${browser.cookies.get('__client')}`,
        'content-type': 'application/x-www-form-urlencoded',
      },
      body: `email_address=${encodeURIComponent(testAddress)}`,
    })
    expect(answer.status).toBe(200)
    expect((await browser.call('GET /me/email_addresses')).body).toHaveLength(2)
  })

  describe('a number as a second factor', () => {
    const key = 'PATCH /me/phone_numbers/{phone_number_id}'
    const numbers = ['+14155550123', '+14155550124']
    const user = { email_address: ['ada@example.com'], phone_number: numbers }

    async function startWithNumbers(more?: Settings) {
      const started = await start(user, more)
      const [first = '', second = ''] = started.user.phone_numbers.map(({ id }) => id)
      const patch = (id: string, form: Record<string, unknown>) =>
        started.browser.call(key, { params: { phone_number_id: id }, form })
      return { ...started, first, second, patch }
    }

    const standing = async (instance: Instance, user_id: string) => {
      const { body } = await instance.call('GET /users/{user_id}', { params: { user_id } })
      const factors = body.phone_numbers.map((one) => [one.reserved_for_second_factor, one.default_second_factor])
      return { factors, has: body.two_factor_enabled, codes: body.backup_code_enabled }
    }

    test('comes with backup codes where it is the first, and goes again with them', async () => {
      const { instance, user, first, second, patch } = await startWithNumbers()
      const { status, body } = await patch(first, { reserved_for_second_factor: true })
      expect([status, body.reserved_for_second_factor, body.default_second_factor]).toEqual([200, true, true])
      expect(body.backup_codes).toHaveLength(10)
      expect((await patch(second, { reserved_for_second_factor: true })).body.backup_codes).toBeNull()
      expect(await standing(instance, user.id)).toEqual({
        factors: [
          [true, true],
          [true, false],
        ],
        has: true,
        codes: true,
      })
      await patch(first, { reserved_for_second_factor: false })
      await patch(second, { reserved_for_second_factor: false })
      expect(await standing(instance, user.id)).toEqual({
        factors: [
          [false, false],
          [false, false],
        ],
        has: false,
        codes: false,
      })
    })

    test('is asked for first when it is made the default, which it stays until another one is', async () => {
      const { instance, user, first, second, patch } = await startWithNumbers()
      for (const id of [first, second]) await patch(id, { reserved_for_second_factor: true })
      expect((await patch(second, { default_second_factor: true })).body.default_second_factor).toBe(true)
      expect((await standing(instance, user.id)).factors).toEqual([
        [true, false],
        [true, true],
      ])
      const refused = await patch(second, { default_second_factor: false })
      expect([refused.status, refused.codes]).toEqual([422, ['form_disable_default_second_factor_not_allowed']])
      expect((await patch(first, { default_second_factor: false })).status).toBe(200)
      await patch(first, { reserved_for_second_factor: false })
      const none = await patch(first, { default_second_factor: true })
      expect([none.status, none.codes]).toEqual([422, ['form_param_value_invalid']])
    })

    test('must be verified, asked for by the instance, and not the last that identifies the user', async () => {
      const { browser } = await start()
      const added = await browser.call('POST /me/phone_numbers', { form: { phone_number: numbers[0] } })
      const params = { phone_number_id: added.body.id }
      const unverified = await browser.call(key, { params, form: { reserved_for_second_factor: true } })
      expect([unverified.status, unverified.codes]).toEqual([400, ['identification_update_second_factor_unverified']])
      const form = { phone_number: numbers[1], reserved_for_second_factor: true }
      const created = await browser.call('POST /me/phone_numbers', { form })
      expect([created.status, created.codes]).toEqual([400, ['identification_create_second_factor_unverified']])

      const off = await startWithNumbers({ second_factor_phone_code: false })
      const refused = await off.patch(off.first, { reserved_for_second_factor: true })
      expect([refused.status, refused.codes]).toEqual([403, ['feature_not_enabled']])

      const only = await start({ phone_number: [numbers[0]] })
      const id = only.user.phone_numbers[0]?.id ?? ''
      const last = await only.browser.call(key, {
        params: { phone_number_id: id },
        form: { reserved_for_second_factor: true },
      })
      expect([last.status, last.codes]).toEqual([400, ['identification_update_failed']])
    })
  })
})
