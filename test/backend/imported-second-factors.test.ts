import { TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'

const totp_secret = new TOTP().secret.base32
const ada = { email_address: ['ada@example.com'] }

describe.each(storageKinds)('on %s', (kind) => {
  const start = async () => startInstance({ storage: await freshStorage(kind, 'instance') })

  test('POST /users takes the authenticator secret and the backup codes that a user has already', async () => {
    const instance = await start()
    const { status, body } = await instance.call('POST /users', {
      json: { ...ada, totp_secret, backup_codes: ['first-code'] },
    })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      totp_enabled: true,
      backup_code_enabled: true,
      two_factor_enabled: true,
      mfa_enabled_at: instance.clock.now,
      mfa_disabled_at: null,
    })
    expect(JSON.stringify(body)).not.toContain(totp_secret)
  })

  test('PATCH /users/{user_id} takes them, and leaves them as they are where it is told nothing', async () => {
    const instance = await start()
    const { body: user } = await instance.call('POST /users', { json: ada })
    const params = { user_id: user.id }
    const patch = (json: object) => instance.call('PATCH /users/{user_id}', { params, json })
    const early = await patch({ backup_codes: ['first-code'] })
    expect([early.status, early.codes]).toEqual([400, ['backup_codes_not_available']])
    expect((await patch({ totp_secret })).body).toMatchObject({ totp_enabled: true, backup_code_enabled: false })
    expect((await patch({ backup_codes: ['first-code'] })).body).toMatchObject({ backup_code_enabled: true })
    const unchanged = { totp_secret: null, backup_codes: null, first_name: 'Ada' }
    expect((await patch(unchanged)).body).toMatchObject({ totp_enabled: true, backup_code_enabled: true })
    expect((await patch({ backup_codes: [] })).body).toMatchObject({ totp_enabled: true, backup_code_enabled: false })
  })

  test('nothing is half created where the second factor is refused', async () => {
    const instance = await start()
    const create = (json: object) => instance.call('POST /users', { json: { ...ada, ...json } })
    for (const secret of ['short', 'not base 32 at all!!!', '1'.repeat(32), 'A'.repeat(129)]) {
      expect(await create({ totp_secret: secret })).toMatchObject({
        status: 422,
        codes: ['invalid_totp_secret_code'],
        params: ['totp_secret'],
      })
    }
    const digest = await create({ totp_secret, backup_codes: ['$2b$05$abcdefghijklmnopqrstuu'] })
    expect([digest.status, digest.codes]).toEqual([422, ['form_param_value_invalid']])
    const alone = await create({ backup_codes: ['first-code'] })
    expect([alone.status, alone.codes]).toEqual([400, ['backup_codes_not_available']])
    expect((await instance.call('GET /users/count', {})).body.total_count).toBe(0)
    expect((await create({ totp_secret: totp_secret.toLowerCase().replace(/(.{4})/g, '$1 ') })).status).toBe(200)
  })

  test('a number is one second factor and the application another: the first that comes and the last that goes are told', async () => {
    const instance = await start()
    const { body: user } = await instance.call('POST /users', { json: { ...ada, totp_secret } })
    const enabled = instance.clock.now
    instance.clock.now += 1000
    const number = await instance.call('POST /phone_numbers', {
      json: { user_id: user.id, phone_number: '+15555550100', verified: true, reserved_for_second_factor: true },
    })
    instance.clock.now += 1000
    await instance.call('DELETE /phone_numbers/{phone_number_id}', { params: { phone_number_id: number.body.id } })
    const { body } = await instance.call('GET /users/{user_id}', { params: { user_id: user.id } })
    expect(body).toMatchObject({ two_factor_enabled: true, mfa_enabled_at: enabled, mfa_disabled_at: null })
  })
})
