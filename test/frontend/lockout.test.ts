import { describe, expect, test } from 'vitest'
import { type Instance, storageKinds } from '../support/instance.js'
import { visit } from '../support/visitor.js'
import {
  attemptFirst,
  begin,
  begun,
  createUser,
  password,
  prepareFirst,
  sentCode,
  signedIn,
  startSigningIn,
  wrongCode,
} from './signing-in.js'

const hour = 60 * 60 * 1000
const wrong = { identifier: 'ada@example.com', password: 'something else' }

describe.each(storageKinds)('on %s', (kind) => {
  async function start() {
    const instance = await startSigningIn(kind)
    const user = await createUser(instance)
    const standing = async () => {
      const { body } = await instance.call('GET /users/{user_id}', { params: { user_id: user.id } })
      return [body.locked, body.verification_attempts_remaining]
    }
    return { instance, user, standing }
  }

  async function fail(instance: Instance, times: number) {
    for (let time = 0; time < times; time++) expect((await begin(visit(instance), wrong)).status).toBe(422)
  }

  test('ten failures lock a user for an hour, and the right password does not help', async () => {
    const { instance, standing } = await start()
    await fail(instance, 10)
    expect(await standing()).toEqual([true, 0])
    instance.clock.now += hour - 1500
    const right = await begin(visit(instance), { identifier: 'ada@example.com', password })
    expect([right.status, right.codes]).toEqual([403, ['user_locked']])
    expect(right.error.errors[0]?.meta).toEqual({ lockout_expires_in_seconds: 2 })
    const { id } = await begun(visit(instance))
    const browser = visit(instance)
    const prepared = await begin(browser, { identifier: 'ada@example.com', strategy: 'email_code' })
    expect([id.slice(0, 4), prepared.status, prepared.codes]).toEqual(['sia_', 403, ['user_locked']])
    instance.clock.now += 1500
    expect(await standing()).toEqual([false, 10])
    await fail(instance, 1)
    expect(await standing()).toEqual([false, 9])
    await signedIn(visit(instance))
    expect(await standing()).toEqual([false, 10])
  })

  test('nine failures do not, and signing in wipes them out', async () => {
    const { instance, standing } = await start()
    await fail(instance, 9)
    await signedIn(visit(instance))
    await fail(instance, 9)
    expect(await standing()).toEqual([false, 1])
    await signedIn(visit(instance))
  })

  test('failures of every kind count together', async () => {
    const { instance, standing } = await start()
    await fail(instance, 3)
    const browser = visit(instance)
    const attempt = async (strategy: string) => {
      const { id } = await begun(browser)
      await prepareFirst(browser, id, { strategy })
      for (let time = 0; time < 3; time++) await attemptFirst(browser, id, { strategy, code: wrongCode })
      return id
    }
    await attempt('email_code')
    const id = await attempt('reset_password_email_code')
    expect(await standing()).toEqual([false, 1])
    await attemptFirst(browser, id, { strategy: 'reset_password_email_code', code: wrongCode })
    expect(await standing()).toEqual([true, 0])
    const sent = { strategy: 'reset_password_email_code', code: await sentCode(instance) }
    const right = await attemptFirst(browser, id, sent)
    expect([right.status, right.codes]).toEqual([403, ['user_locked']])
  })

  test('of a hundred wrong passwords at once ten are tried', async () => {
    const { instance, standing } = await start()
    const many = await Promise.all(Array.from({ length: 100 }, () => begin(visit(instance), wrong)))
    const count = (code: string) => many.filter(({ codes }) => codes[0] === code).length
    expect([count('form_password_incorrect'), count('user_locked')]).toEqual([10, 90])
    expect(await standing()).toEqual([true, 0])
    const right = await begin(visit(instance), { identifier: 'ada@example.com', password })
    expect(right.codes).toEqual(['user_locked'])
  })

  test('an administrator locks and unlocks, whatever was tried', async () => {
    const { instance, user } = await start()
    const params = { user_id: user.id }
    await instance.call('POST /users/{user_id}/lock', { params })
    const locked = await begin(visit(instance), { identifier: 'ada@example.com', password })
    expect([locked.status, locked.codes]).toEqual([403, ['user_locked']])
    await instance.call('POST /users/{user_id}/unlock', { params })
    await signedIn(visit(instance))
  })
})
