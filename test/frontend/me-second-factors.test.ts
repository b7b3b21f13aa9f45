import { TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { storageKinds } from '../support/instance.js'
import { rowsIn } from '../support/rows.js'
import { type Settings, startSignedIn } from '../support/signed-in.js'

const attempt = 'POST /me/totp/attempt_verification'

const codeOf = (secret: string | null, timestamp: number) => new TOTP({ secret: secret ?? '' }).generate({ timestamp })

describe.each(storageKinds)('on %s', (kind) => {
  const start = (settings?: Settings) => startSignedIn(kind, undefined, settings)

  test('an authenticator application is a second factor once a code of it was shown, and comes with backup codes', async () => {
    const { instance, browser } = await start({ application_name: 'Engine' })
    const { status, body } = await browser.call('POST /me/totp')
    expect([status, body.object, body.verified, body.backup_codes]).toEqual([200, 'totp', false, null])
    expect(body.secret).toMatch(/^[A-Z2-7]{32}$/)
    const uri = new URL(body.uri ?? '')
    expect([uri.protocol, uri.host, decodeURIComponent(uri.pathname)]).toEqual([
      'otpauth:',
      'totp',
      '/Engine:ada@example.com',
    ])
    expect(uri.searchParams.get('secret')).toBe(body.secret)
    expect((await browser.call('GET /me')).body).toMatchObject({ totp_enabled: false, two_factor_enabled: false })

    const wrong = await browser.call(attempt, { form: { code: '000' } })
    expect([wrong.status, wrong.codes, wrong.params]).toEqual([422, ['form_code_incorrect'], ['code']])
    const verified = await browser.call(attempt, { form: { code: codeOf(body.secret, instance.clock.now) } })
    expect(verified).toMatchObject({ status: 200, body: { id: body.id, verified: true, secret: null, uri: null } })
    expect(verified.body.backup_codes).toHaveLength(10)
    expect((await browser.call('GET /me')).body).toMatchObject({
      totp_enabled: true,
      two_factor_enabled: true,
      backup_code_enabled: true,
      mfa_enabled_at: instance.clock.now,
    })
    for (const [key, sent] of [
      ['POST /me/totp', {}],
      [attempt, { form: { code: codeOf(body.secret, instance.clock.now + 30_000) } }],
    ] as const) {
      const again = await browser.call(key, sent)
      expect([again.status, again.codes]).toEqual([400, ['totp_already_enabled']])
    }
  })

  test('before that, another secret takes the place of the first', async () => {
    const { instance, browser } = await start({ second_factor_backup_code: false })
    const first = (await browser.call('POST /me/totp')).body.secret
    const second = (await browser.call('POST /me/totp')).body.secret
    const code = (secret: string | null) => ({ form: { code: codeOf(secret, instance.clock.now) } })
    expect((await browser.call(attempt, code(first))).codes).toEqual(['form_code_incorrect'])
    expect((await browser.call(attempt, code(second))).body.backup_codes).toBeNull()
  })

  test('it goes, and the backup codes with it', async () => {
    const { instance, browser } = await start()
    const { body } = await browser.call('POST /me/totp')
    await browser.call(attempt, { form: { code: codeOf(body.secret, instance.clock.now) } })
    const deleted = await browser.call('DELETE /me/totp')
    expect([deleted.status, deleted.body]).toEqual([200, { object: 'totp', id: body.id, deleted: true }])
    expect((await browser.call('GET /me')).body).toMatchObject({
      totp_enabled: false,
      two_factor_enabled: false,
      backup_code_enabled: false,
      mfa_disabled_at: instance.clock.now,
    })
    for (const [key, sent] of [
      ['DELETE /me/totp', {}],
      [attempt, { form: { code: '123456' } }],
    ] as const) {
      const none = await browser.call(key, sent)
      expect([none.status, none.codes]).toEqual([404, ['resource_not_found']])
    }
  })

  test('new backup codes take the place of the old, and neither are kept in the clear', async () => {
    const { storage, instance, browser } = await start()
    const none = await browser.call('POST /me/backup_codes')
    expect([none.status, none.codes]).toEqual([400, ['backup_codes_not_available']])
    const { body } = await browser.call('POST /me/totp')
    const verified = await browser.call(attempt, { form: { code: codeOf(body.secret, instance.clock.now) } })
    const created = await browser.call('POST /me/backup_codes')
    expect([created.status, created.body.object, new Set(created.body.codes).size]).toEqual([200, 'backup_code', 10])
    expect(created.body.codes).not.toEqual(verified.body.backup_codes)
    const kept = await rowsIn<{ digest: string }>(storage, 'select digest from backup_codes')
    expect(kept).toHaveLength(10)
    for (const code of created.body.codes) expect(JSON.stringify(kept)).not.toContain(code)
  })

  test('an instance that has no second factors gives nobody one', async () => {
    const { browser } = await start({ second_factor_totp: false, second_factor_backup_code: false })
    for (const key of ['POST /me/totp', 'POST /me/backup_codes'] as const) {
      const { status, codes } = await browser.call(key)
      expect([status, codes]).toEqual([403, ['feature_not_enabled']])
    }
  })
})
