import { describe, expect, test } from 'vitest'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'
import { addPhone, createUser, deleteEmail, deletePhone, patchPhone, putPhone, readUser } from './address-calls.js'

describe.each(storageKinds)('second factors on %s', (kind) => {
  const start = async () => startInstance({ storage: await freshStorage(kind, 'instance') })

  test('a number can be a second factor, the first of them by default', async () => {
    const server = await start()
    const user = await createUser(server, { email_address: ['a@example.com'], phone_number: ['+14155550123'] })
    const first = String(user.primary_phone_number_id)
    const enabled = server.clock.now + 1000
    server.clock.now = enabled
    const factor = { reserved_for_second_factor: true, default_second_factor: true }
    expect((await patchPhone(server, first, { reserved_for_second_factor: true })).body).toMatchObject(factor)
    const json = { user_id: user.id, phone_number: '+14155550124', verified: true, reserved_for_second_factor: true }
    const { body: second } = await addPhone(server, json)
    expect(second).toMatchObject({ reserved_for_second_factor: true, default_second_factor: false })
    expect(await readUser(server, user.id)).toMatchObject({
      two_factor_enabled: true,
      mfa_enabled_at: enabled,
      mfa_disabled_at: null,
      phone_numbers: [factor, { default_second_factor: false }],
    })
    await deletePhone(server, first)
    expect((await readUser(server, user.id)).phone_numbers).toMatchObject([factor])
    server.clock.now += 1000
    const { body: off } = await patchPhone(server, second.id, { reserved_for_second_factor: false })
    expect(off).toMatchObject({ reserved_for_second_factor: false, default_second_factor: false })
    expect(await readUser(server, user.id)).toMatchObject({
      two_factor_enabled: false,
      mfa_enabled_at: enabled,
      mfa_disabled_at: server.clock.now,
    })
  })

  test('only a verified number can be a second factor, and never the last that identifies a user', async () => {
    const server = await start()
    const { id: user_id } = await createUser(server, { email_address: ['a@example.com'] })
    const json = { user_id, phone_number: '+14155550123', reserved_for_second_factor: true }
    const param = ['reserved_for_second_factor']
    const created = { status: 400, codes: ['identification_create_second_factor_unverified'], params: param }
    expect(await addPhone(server, json)).toMatchObject(created)
    const { body: phone } = await addPhone(server, { user_id, phone_number: '+14155550123' })
    const updated = { status: 400, codes: ['identification_update_second_factor_unverified'], params: param }
    expect(await patchPhone(server, phone.id, { reserved_for_second_factor: true })).toMatchObject(updated)

    const lone = await createUser(server, { phone_number: ['+14155550124'] })
    const last = { status: 400, codes: ['identification_update_failed'], params: param }
    const id = String(lone.primary_phone_number_id)
    expect(await patchPhone(server, id, { reserved_for_second_factor: true })).toMatchObject(last)
    const nobody = await createUser(server, { skip_user_requirement: true })
    const only = { user_id: nobody.id, phone_number: '+14155550125', verified: true, reserved_for_second_factor: true }
    expect(await addPhone(server, only)).toMatchObject(last)
  })

  test('a number that is no longer verified, or replaced, is no second factor', async () => {
    const server = await start()
    const { id: user_id } = await createUser(server, { username: 'somebody' })
    const json = { user_id, phone_number: '+14155550123', verified: true, reserved_for_second_factor: true }
    const { body: phone } = await addPhone(server, json)
    expect((await patchPhone(server, phone.id, { verified: false })).body.reserved_for_second_factor).toBe(false)
    expect((await readUser(server, user_id)).two_factor_enabled).toBe(false)
    await patchPhone(server, phone.id, { verified: true, reserved_for_second_factor: true })
    expect((await readUser(server, user_id)).two_factor_enabled).toBe(true)
    const { body } = await putPhone(server, user_id, { phone_number: '+14155550124' })
    expect(body.reserved_for_second_factor).toBe(false)
    expect((await readUser(server, user_id)).two_factor_enabled).toBe(false)
  })

  test('a second factor is not enough to be identified by', async () => {
    const server = await start()
    const user = await createUser(server, { email_address: ['a@example.com'], phone_number: ['+14155550123'] })
    await patchPhone(server, String(user.primary_phone_number_id), { reserved_for_second_factor: true })
    const answer = await deleteEmail(server, String(user.primary_email_address_id))
    expect(answer).toMatchObject({ status: 400, codes: ['identification_deletion_failed'] })
  })
})
