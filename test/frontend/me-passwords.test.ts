import { describe, expect, test } from 'vitest'
import { storageKinds } from '../support/instance.js'
import { type Settings, signInTo, startSignedIn } from '../support/signed-in.js'
import { visit } from '../support/visitor.js'

const old = 'correct horse battery'
const fresh = 'staple of another kind'
const user = { email_address: ['ada@example.com'], password: old }
const change = 'POST /me/change_password'
const remove = 'POST /me/remove_password'

describe.each(storageKinds)('on %s', (kind) => {
  const start = (json: object = user, settings?: Settings) => startSignedIn(kind, json, settings)

  test('a user chooses another password with the one there is', async () => {
    const { instance, browser, user: ada } = await start()
    const { status, body } = await browser.call(change, { form: { current_password: old, new_password: fresh } })
    expect([status, body.password_enabled]).toEqual([200, true])
    const params = { user_id: ada.id }
    const verify = async (password: string) =>
      (await instance.call('POST /users/{user_id}/verify_password', { params, json: { password } })).status
    expect([await verify(old), await verify(fresh)]).toEqual([422, 200])
  })

  test('who has none chooses one without', async () => {
    const { browser } = await start({ email_address: ['ada@example.com'] })
    const { status, body } = await browser.call(change, { form: { new_password: fresh } })
    expect([status, body.password_enabled]).toEqual([200, true])
  })

  test.each<[string, Record<string, string>, string, string]>([
    ['without the one there is', { new_password: fresh }, 'form_param_missing', 'current_password'],
    ['with a wrong one', { current_password: 'x', new_password: fresh }, 'form_password_incorrect', 'current_password'],
    ['without a new one', { current_password: old }, 'form_param_missing', 'new_password'],
    [
      'that is the same',
      { current_password: old, new_password: old },
      'form_new_password_matches_current',
      'new_password',
    ],
    ['that is short', { current_password: old, new_password: 'x' }, 'form_password_length_too_short', 'new_password'],
    ['that is common', { current_password: old, new_password: 'password1' }, 'form_password_pwned', 'new_password'],
    [
      'that is an address of the user',
      { current_password: old, new_password: 'ADA@example.com' },
      'form_password_matches_identifier',
      'new_password',
    ],
    [
      'with one that is far too long',
      { current_password: 'x'.repeat(1025), new_password: fresh },
      'form_password_size_in_bytes_exceeded',
      'current_password',
    ],
  ])('a change %s is refused', async (_, form, code, param) => {
    const { browser } = await start()
    const { status, codes, params } = await browser.call(change, { form })
    expect([status, codes, params]).toEqual([422, [code], [param]])
  })

  test('who guesses the password there is, in whatever way, is locked out after ten', async () => {
    const { instance, browser, user: ada } = await start(user, { password: 'optional' })
    const guesses = [
      ...Array.from({ length: 8 }, () =>
        browser.call(change, { form: { current_password: 'x', new_password: fresh } }),
      ),
      ...Array.from({ length: 8 }, () => browser.call(remove, { form: { current_password: 'x' } })),
    ]
    const answers = (await Promise.all(guesses)).map(({ status }) => status)
    expect([answers.filter((status) => status === 422), answers.filter((status) => status === 403)]).toEqual([
      Array.from({ length: 10 }, () => 422),
      Array.from({ length: 6 }, () => 403),
    ])
    const right = await browser.call(change, { form: { current_password: old, new_password: fresh } })
    expect([right.status, right.codes]).toEqual([403, ['user_locked']])
    expect((await instance.call('GET /users/{user_id}', { params: { user_id: ada.id } })).body.locked).toBe(true)
  })

  test('a change ends the other sessions of the user at once unless they are to stay, and never this one', async () => {
    const { instance, browser, user: ada, session } = await start()
    const other = visit(instance)
    const elsewhere = await signInTo(other, instance, ada.id)
    const staying = { current_password: old, new_password: fresh, sign_out_of_other_sessions: false }
    expect((await browser.call(change, { form: staying })).status).toBe(200)
    expect((await other.call('GET /me')).status).toBe(200)

    const form = { current_password: fresh, new_password: old }
    const { client } = await browser.call(change, { form })
    expect(client?.sessions.map(({ id }) => id)).toEqual([session.id])
    expect((await other.call('GET /me')).codes).toEqual(['signed_out'])
    const token = await other.call('POST /client/sessions/{session_id}/tokens', {
      params: { session_id: elsewhere.id },
    })
    expect(token.codes).toEqual(['resource_not_found'])
  })

  test('of two changes at once with the same password, one is carried out', async () => {
    const { browser } = await start()
    const both = ['one of two passwords', 'two of two passwords'].map((new_password) =>
      browser.call(change, { form: { current_password: old, new_password } }),
    )
    expect((await Promise.all(both)).map(({ status }) => status).sort()).toEqual([200, 422])
  })

  test('a user does without a password where a code lets them in', async () => {
    const { browser } = await start(user, { password: 'optional' })
    for (const [form, code] of [
      [{}, 'form_param_missing'],
      [{ current_password: 'x' }, 'form_password_incorrect'],
    ] as const) {
      const { status, codes } = await browser.call(remove, { form })
      expect([status, codes]).toEqual([422, [code]])
    }
    const { status, body } = await browser.call(remove, { form: { current_password: old } })
    expect([status, body.password_enabled]).toEqual([200, false])
    const again = await browser.call(remove, { form: { current_password: old } })
    expect([again.status, again.codes]).toEqual([400, ['no_password_set']])
  })

  test.each<[string, object, Settings]>([
    ['that the instance asks for', user, {}],
    [
      'that alone lets the user in',
      { username: 'ada_l', password: old },
      { password: 'optional', username: 'optional' },
    ],
  ])('a password %s stays', async (_, json, settings) => {
    const { browser } = await start(json, settings)
    const { status, codes, body } = await browser.call(remove, { form: { current_password: old } })
    expect([status, codes, body]).toEqual([400, ['password_required'], {}])
    expect((await browser.call('GET /me')).body.password_enabled).toBe(true)
  })
})
