import { describe, expect, test } from 'vitest'
import { storageKinds } from '../support/instance.js'
import { visit } from '../support/visitor.js'
import { attempt, begin, begun, password, proceed, signedUp, startSigningUp } from './signing-up.js'

describe.each(storageKinds)('who signs up on %s', (kind) => {
  test('an address that is taken is told when it is given, and each that is', async () => {
    const instance = await startSigningUp(kind, { settings: { username: 'optional', phone_number: 'optional' } })
    const taken = { email_address: 'ada@example.com', phone_number: '+4915112345678', username: 'ada_l' }
    await instance.call('POST /users', {
      json: { ...taken, email_address: [taken.email_address], phone_number: [taken.phone_number] },
    })
    const browser = visit(instance)
    const all = await begin(browser, { ...taken, email_address: 'ADA@example.com', password })
    expect([all.status, all.codes, all.params]).toEqual([
      422,
      Array(3).fill('form_identifier_exists'),
      ['email_address', 'phone_number', 'username'],
    ])
    expect(all.client?.sign_up).toBeNull()
    const { body } = await begin(browser, { email_address: 'bob@example.com' })
    for (const [param, value] of Object.entries(taken)) {
      const { status, codes, params } = await proceed(browser, body.id, { [param]: value })
      expect([status, codes, params]).toEqual([422, ['form_identifier_exists'], [param]])
    }
    expect((await proceed(browser, body.id, {})).body).toMatchObject({
      email_address: 'bob@example.com',
      username: null,
    })
  })

  test('an address that another user has not verified is free', async () => {
    const instance = await startSigningUp(kind)
    await instance.call('POST /users', {
      json: {
        email_address: ['ada+clerk_test@example.com'],
        email_address_identification_status: ['unverified'],
      },
    })
    await signedUp(visit(instance), 'ada+clerk_test@example.com')
  })

  test('with enumeration protection a taken address is told to whoever has shown that it is theirs', async () => {
    const instance = await startSigningUp(kind, { settings: { enumeration_protection: true } })
    await instance.call('POST /users', { json: { email_address: ['ada@example.com'] } })
    const [first, second] = [visit(instance), visit(instance)]
    const known = await begun(first, 'ada@example.com')
    const unknown = await begun(second, 'bob@example.com')
    const shape = (body: typeof known) => ({ ...body, id: '', email_address: '' })
    expect(shape(known)).toEqual(shape(unknown))
    const wrong = await attempt(first, known.id, '999999')
    expect([wrong.status, wrong.codes]).toEqual([422, ['form_code_incorrect']])
    const told = await attempt(first, known.id, '000001')
    expect([told.status, told.codes, told.params]).toEqual([422, ['form_identifier_exists'], ['email_address']])
    expect((await attempt(second, unknown.id, '000002')).body.status).toBe('complete')
  })

  test('of two who sign up with one address at the same moment one does', async () => {
    const instance = await startSigningUp(kind)
    const browsers = Array.from({ length: 5 }, () => visit(instance))
    const ids: string[] = []
    for (const browser of browsers) ids.push((await begun(browser, 'ada+clerk_test@example.com')).id)
    const answers = await Promise.all(browsers.map((browser, index) => attempt(browser, ids[index] ?? '', '424242')))
    expect(answers.filter(({ body }) => body.status === 'complete')).toHaveLength(1)
    const others = answers.filter(({ codes }) => codes.length > 0)
    expect(others.map(({ codes }) => codes)).toEqual(Array(4).fill(['form_identifier_exists']))
    expect((await instance.call('GET /users/count', {})).body.total_count).toBe(1)
    expect(others.map(({ client }) => client?.sessions)).toEqual(Array(4).fill([]))
  })

  test('one attempt makes one user, however many bring what was missing at the same moment', async () => {
    const settings = { email_address: 'off', username: 'required', first_name: 'required' } as const
    const instance = await startSigningUp(kind, { settings })
    const browser = visit(instance)
    const { body } = await begin(browser, { username: 'ada_l', password })
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => proceed(browser, body.id, { first_name: 'Ada' })),
    )
    expect(answers.filter(({ body }) => body.status === 'complete')).toHaveLength(1)
    expect((await instance.call('GET /users/count', {})).body.total_count).toBe(1)
    expect((await instance.call('GET /sessions', {})).body).toHaveLength(1)
  })

  test('who may not come in is told so at the step that shows it', async () => {
    const instance = await startSigningUp(kind, { settings: { blocklist: true, block_email_subaddresses: true } })
    await instance.call('POST /blocklist_identifiers', { json: { identifier: '*@evil.example' } })
    const browser = visit(instance)
    const { body } = await begin(browser, { password })
    for (const [email_address, code] of [
      ['eve@evil.example', 'not_allowed_access'],
      ['ada+tag@example.com', 'form_email_address_blocked'],
    ]) {
      const { status, codes } = await proceed(browser, body.id, { email_address })
      expect([status, codes]).toEqual([403, [code]])
    }
    const { id } = await begun(browser, 'bob@example.com')
    await instance.call('POST /blocklist_identifiers', { json: { identifier: 'bob@example.com' } })
    expect((await attempt(browser, id, '000001')).codes).toEqual(['not_allowed_access'])
    expect((await instance.call('GET /users/count', {})).body.total_count).toBe(0)
  })

  test('where only who was invited can sign up, nobody else begins', async () => {
    const browser = visit(await startSigningUp(kind, { settings: { sign_up_mode: 'restricted' } }))
    const { status, codes, client } = await begin(browser, { email_address: 'ada@example.com', password })
    expect([status, codes, client?.sign_up]).toEqual([403, ['sign_up_mode_restricted'], null])
  })
})
