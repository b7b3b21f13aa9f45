import { describe, expect, test } from 'vitest'
import { storageKinds } from '../support/instance.js'
import { messagesIn } from '../support/rows.js'
import { type Visitor, visit } from '../support/visitor.js'
import {
  ada,
  attemptFirst,
  attemptSecond,
  begin,
  createUser,
  password,
  prepareFirst,
  resetPassword,
  sentCode,
  startSigningIn,
  totpCode,
  totpSecret,
  wrongCode,
} from './signing-in.js'

const settings = { enumeration_protection: true, phone_number: 'optional', username: 'optional' } as const

describe.each(storageKinds)('on %s', (kind) => {
  /** An instance that does not tell who has an account, with somebody who has one and everything there is to have. */
  async function start() {
    const instance = await startSigningIn(kind, { settings })
    const user = await createUser(instance, {
      ...ada,
      phone_number: ['+15555550100'],
      username: 'ada_l',
      first_name: 'Ada',
      totp_secret: totpSecret,
    })
    await createUser(instance, { email_address: ['codes-only@example.com'] })
    return { instance, user }
  }

  type Step = (
    browser: Visitor,
    id: string,
  ) => Promise<{ status: number; body: object; error: object; client: unknown }>

  /** What a browser is told from the first step to the last, without what says of itself only when and where it was. */
  async function told(instance: { url: string }, identifier: string, steps: Step[]) {
    const browser = visit(instance)
    const answers = [await begin(browser, { identifier })]
    const id = answers[0]?.body.id ?? ''
    const rest = []
    for (const step of steps) rest.push(await step(browser, id))
    const text = JSON.stringify(
      [...answers, ...rest].map(({ status, body, error, client }) => [status, body, error, client]),
    )
    return text
      .replaceAll(identifier, 'identifier')
      .replace(/"(sia|client|ver)_\w+"/g, '"id"')
      .replace(/"idn_\w+"/g, '"idn"')
      .replace(/"clerk_trace_id":"\w+"/g, '')
  }

  const wrongPassword: Step = (browser, id) =>
    attemptFirst(browser, id, { strategy: 'password', password: 'something else' })
  const codeSent =
    (strategy: string): Step =>
    (browser, id) =>
      prepareFirst(browser, id, { strategy })
  const codeTried =
    (strategy: string): Step =>
    (browser, id) =>
      attemptFirst(browser, id, { strategy, code: wrongCode })
  const sixTimes = (step: Step) => Array.from({ length: 6 }, () => step)

  const byAddress = [
    wrongPassword,
    codeSent('email_code'),
    codeSent('email_code'),
    ...sixTimes(codeTried('email_code')),
    codeSent('reset_password_email_code'),
    codeTried('reset_password_email_code'),
    codeSent('phone_code'),
    codeTried('phone_code'),
  ]

  test.each([
    {
      kind: 'an address',
      known: ['ada@example.com', 'codes-only@example.com'],
      unknown: 'bob@example.com',
      steps: byAddress,
    },
    { kind: 'a user name', known: ['ada_l'], unknown: 'bob_l', steps: [wrongPassword, codeSent('email_code')] },
    {
      kind: 'a number',
      known: ['+15555550100'],
      unknown: '+15555550199',
      steps: [wrongPassword, codeSent('phone_code'), ...sixTimes(codeTried('phone_code'))],
    },
  ])('by $kind nobody learns who has an account', async ({ known, unknown, steps }) => {
    const { instance } = await start()
    const expected = (await told(instance, unknown, steps)).replaceAll('0199', '0100')
    for (const identifier of known) {
      const covered = identifier[0] === 'a' || identifier[0] === 'c' ? `${identifier[0]}***@` : ''
      const text = (await told(instance, identifier, steps)).replaceAll(covered || '\0', 'b***@')
      expect(text).toBe(expected)
    }
  })

  test('neither a lock nor a ban tells that there is somebody', async () => {
    const { instance, user } = await start()
    const unknown = await told(instance, 'bob@example.com', byAddress)
    const params = { user_id: user.id }
    for (const [action, end] of [
      ['POST /users/{user_id}/lock', 'POST /users/{user_id}/unlock'],
      ['POST /users/{user_id}/ban', 'POST /users/{user_id}/unban'],
    ] as const) {
      await instance.call(action, { params })
      const text = (await told(instance, 'ada@example.com', byAddress)).replaceAll('a***@', 'b***@')
      expect(text, action).toBe(unknown)
      const right = await begin(visit(instance), { identifier: 'ada@example.com', password })
      expect(right.codes[0]).toBe(action.endsWith('lock') ? 'form_password_or_identifier_incorrect' : undefined)
      await instance.call(end, { params })
    }
    const many = Array.from({ length: 20 }, () =>
      begin(visit(instance), { identifier: 'ada@example.com', password: 'something else' }),
    )
    const codes = (await Promise.all(many)).map(({ codes: [code] }) => code)
    expect(new Set(codes)).toEqual(new Set(['form_password_or_identifier_incorrect']))
  })

  test('nobody gets a code who has no account, and whoever is locked gets none either', async () => {
    const { instance, user } = await start()
    await told(instance, 'bob@example.com', byAddress)
    expect(await messagesIn(instance.storage)).toEqual([])
    await instance.call('POST /users/{user_id}/lock', { params: { user_id: user.id } })
    await told(instance, 'ada@example.com', byAddress)
    expect(await messagesIn(instance.storage)).toEqual([])
  })

  test('ids of addresses are the same each time, whether there is somebody or not, and never those of a user', async () => {
    const { instance, user } = await start()
    const idOf = async (identifier: string) =>
      (await begin(visit(instance), { identifier })).body.supported_first_factors?.find(
        ({ strategy }) => strategy === 'email_code',
      )?.email_address_id
    expect(await idOf('ada@example.com')).toBe(await idOf('ada@example.com'))
    expect(await idOf('bob@example.com')).toBe(await idOf('bob@example.com'))
    expect(await idOf('bob@example.com')).not.toBe(await idOf('ada@example.com'))
    expect(await idOf('ada@example.com')).not.toBe(user.email_addresses[0]?.id)
  })

  test('whoever has an account signs in all the same, in every way', async () => {
    const { instance, user } = await start()
    const second = async (browser: Visitor, id: string) => {
      instance.clock.now += 60_000
      const { body } = await attemptSecond(browser, id, { strategy: 'totp', code: totpCode(instance.clock.now) })
      expect(body).toMatchObject({ status: 'complete', user_data: { first_name: 'Ada' } })
    }
    const withPassword = visit(instance)
    const { body } = await begin(withPassword, { identifier: 'ada_l', password })
    expect(body.status).toBe('needs_second_factor')
    await second(withPassword, body.id)

    const withCode = visit(instance)
    const attempt = (await begin(withCode, { identifier: 'ada@example.com' })).body
    const email_address_id = attempt.supported_first_factors?.find(
      ({ strategy }) => strategy === 'email_code',
    )?.email_address_id
    await prepareFirst(withCode, attempt.id, { strategy: 'email_code', email_address_id })
    const [message] = await messagesIn(instance.storage)
    expect(message).toMatchObject({ user_id: user.id, identification_id: user.email_addresses[0]?.id })
    await attemptFirst(withCode, attempt.id, { strategy: 'email_code', code: await sentCode(instance) })
    await second(withCode, attempt.id)

    const forgetful = visit(instance)
    const strategy = 'reset_password_phone_code'
    const { id } = (await begin(forgetful, { identifier: '+15555550100', strategy })).body
    await attemptFirst(forgetful, id, { strategy, code: await sentCode(instance) })
    const reset = await resetPassword(forgetful, id, { password: 'another long enough secret' })
    expect(reset.body.status).toBe('needs_second_factor')
    await second(forgetful, id)
  })
})
