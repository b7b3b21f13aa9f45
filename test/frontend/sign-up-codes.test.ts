import { describe, expect, test } from 'vitest'
import { production, storageKinds } from '../support/instance.js'
import { messagesIn, rowsIn } from '../support/rows.js'
import { visit } from '../support/visitor.js'
import { attempt, begin, begun, password, prepare, proceed, startSigningUp } from './signing-up.js'

const minute = 60_000

describe.each(storageKinds)('codes on %s', (kind) => {
  test('a code by e-mail lies in the outbox, and in no table as it is', async () => {
    const { storage, ...instance } = await startSigningUp(kind)
    await begun(visit(instance), 'ada@example.com')
    expect(await messagesIn(storage)).toMatchObject([
      {
        channel: 'email',
        slug: 'verification_code',
        user_id: null,
        identification_id: null,
        recipient: 'ada@example.com',
      },
    ])
    expect((await messagesIn(storage))[0]?.body_plain).toContain('000001')
    const kept = [
      ...(await rowsIn(storage, 'select * from verifications')),
      ...(await rowsIn(storage, 'select * from sign_ups')),
    ]
    expect(JSON.stringify(kept)).not.toContain('000001')
  })

  test('a number is proven by a code in a text message, beside the address', async () => {
    const { storage, ...instance } = await startSigningUp(kind, { settings: { phone_number: 'required' } })
    const browser = visit(instance)
    const { id } = await begun(browser, 'ada@example.com', { phone_number: '+49 (151) 12345678' })
    await prepare(browser, id, 'phone_code')
    expect((await messagesIn(storage))[1]).toMatchObject({ channel: 'sms', recipient: '+4915112345678' })
    // The code of the one does not prove the other.
    expect((await attempt(browser, id, '000001', 'phone_code')).codes).toEqual(['form_code_incorrect'])
    const { body } = await attempt(browser, id, '000002', 'phone_code')
    expect(body).toMatchObject({ status: 'missing_requirements', unverified_fields: ['email_address'] })
    const { body: done, client } = await attempt(browser, id, '000001')
    expect(done.status).toBe('complete')
    expect(client?.sessions[0]?.user.phone_numbers).toMatchObject([
      { phone_number: '+4915112345678', verification: { status: 'verified', strategy: 'phone_code' } },
    ])
  })

  test('a wrong code is told and counted, and after five not even the right one helps', async () => {
    const instance = await startSigningUp(kind)
    const browser = visit(instance)
    const { id } = await begun(browser, 'ada@example.com')
    for (const code of ['999999', '', '1', '0000010']) {
      const { status, codes, params } = await attempt(browser, id, code)
      expect([status, codes, params]).toEqual([422, ['form_code_incorrect'], ['code']])
    }
    expect((await shown(browser))?.attempts).toBe(4)
    for (const code of ['999999', '000001']) {
      const { status, codes } = await attempt(browser, id, code)
      expect([status, codes]).toEqual([400, ['verification_failed']])
    }
    expect(await shown(browser)).toMatchObject({ status: 'failed', attempts: 5, next_action: 'needs_prepare' })
    instance.clock.now += minute
    await prepare(browser, id)
    expect((await attempt(browser, id, '000002')).body.status).toBe('complete')
  })

  test('a code is good for ten minutes', async () => {
    const instance = await startSigningUp(kind)
    const browser = visit(instance)
    const { id } = await begun(browser, 'ada@example.com')
    instance.clock.now += 10 * minute
    expect(await shown(browser)).toMatchObject({ status: 'expired', next_action: 'needs_prepare' })
    const { status, codes } = await attempt(browser, id, '000001')
    expect([status, codes]).toEqual([400, ['verification_expired']])
  })

  test('another code can be had after thirty seconds, and ends the one before', async () => {
    const instance = await startSigningUp(kind)
    const browser = visit(instance)
    const { id } = await begun(browser, 'ada@example.com')
    instance.clock.now += minute / 2 - 1
    const tooSoon = await prepare(browser, id)
    expect([tooSoon.status, tooSoon.codes]).toEqual([429, ['verification_code_too_many_requests']])
    instance.clock.now += 1
    await prepare(browser, id)
    expect((await attempt(browser, id, '000001')).codes).toEqual(['form_code_incorrect'])
    expect((await attempt(browser, id, '000002')).body.status).toBe('complete')
  })

  test('whoever corrects an address gets a code there at once, and the one before proves nothing', async () => {
    const browser = visit(await startSigningUp(kind))
    const { id } = await begun(browser, 'adda@example.com')
    const { body } = await proceed(browser, id, { email_address: 'ada@example.com' })
    expect([body.verifications.email_address, body.unverified_fields]).toEqual([null, ['email_address']])
    const unsent = await attempt(browser, id, '000001')
    expect([unsent.status, unsent.codes]).toEqual([400, ['verification_missing']])
    await prepare(browser, id)
    expect((await attempt(browser, id, '000001')).codes).toEqual(['form_code_incorrect'])
    expect((await attempt(browser, id, '000002')).body).toMatchObject({
      status: 'complete',
      email_address: 'ada@example.com',
    })
  })

  test('an address that was proven has to be so again when it has been another in between', async () => {
    const browser = visit(await startSigningUp(kind, { settings: { first_name: 'required' } }))
    const { id } = await begun(browser, 'ada@example.com')
    expect((await attempt(browser, id, '000001')).body.unverified_fields).toEqual([])
    expect((await proceed(browser, id, { email_address: 'ada@example.com' })).body.unverified_fields).toEqual([])
    await proceed(browser, id, { email_address: 'eve@example.com' })
    const { body } = await proceed(browser, id, { email_address: 'ada@example.com', first_name: 'Ada' })
    expect(body).toMatchObject({ status: 'missing_requirements', unverified_fields: ['email_address'] })
  })

  test('the code of another attempt proves nothing', async () => {
    const instance = await startSigningUp(kind)
    const [one, other] = [visit(instance), visit(instance)]
    await begun(one, 'ada@example.com')
    const { id } = await begun(other, 'ada@example.com')
    expect((await attempt(other, id, '000001')).codes).toEqual(['form_code_incorrect'])
    expect((await attempt(other, id, '000002')).body.status).toBe('complete')
  })

  test('of a hundred who send the right code at once one is let through', async () => {
    const instance = await startSigningUp(kind)
    const browser = visit(instance)
    const { id } = await begun(browser, 'ada@example.com')
    const answers = await Promise.all(Array.from({ length: 100 }, () => attempt(browser, id, '000001')))
    expect(answers.filter(({ body }) => body.status === 'complete')).toHaveLength(1)
    // Whoever comes after it has a cookie that was replaced.
    const refusals = new Set(answers.flatMap(({ codes }) => codes))
    for (const code of refusals) expect(['sign_up_cannot_be_updated', 'signed_out']).toContain(code)
    expect((await instance.call('GET /users/count', {})).body.total_count).toBe(1)
    expect((await instance.call('GET /sessions', {})).body).toHaveLength(1)
  })

  test('of a hundred wrong codes at once five are looked at', async () => {
    const browser = visit(await startSigningUp(kind))
    const { id } = await begun(browser, 'ada@example.com')
    const answers = await Promise.all(Array.from({ length: 100 }, () => attempt(browser, id, '999999')))
    const codes = answers.flatMap((answer) => answer.codes)
    expect(codes.filter((code) => code === 'form_code_incorrect')).toHaveLength(4)
    expect(codes.filter((code) => code === 'verification_failed')).toHaveLength(96)
    expect((await attempt(browser, id, '000001')).codes).toEqual(['verification_failed'])
  })

  test('a code needs something to prove, and nothing is proven twice', async () => {
    const browser = visit(await startSigningUp(kind, { settings: { first_name: 'required' } }))
    const { body } = await begin(browser, { password })
    for (const refused of [
      await prepare(browser, body.id),
      await attempt(browser, body.id, '000001'),
      await prepare(browser, body.id, 'phone_code'),
      await proceed(browser, body.id, { strategy: 'email_code' }),
    ]) {
      expect([refused.status, refused.codes, refused.params]).toEqual([
        400,
        ['strategy_for_user_invalid'],
        ['strategy'],
      ])
    }
    await proceed(browser, body.id, { email_address: 'ada@example.com', strategy: 'email_code' })
    await attempt(browser, body.id, '000001')
    for (const refused of [await prepare(browser, body.id), await attempt(browser, body.id, '000001')]) {
      expect([refused.status, refused.codes]).toEqual([400, ['verification_already_verified']])
    }
  })

  test('a production instance knows no code for tests', async () => {
    const browser = visit(await startSigningUp(kind, production), { origin: 'http://127.0.0.1:4010' })
    const { id } = await begun(browser, 'ada+clerk_test@example.com')
    expect((await attempt(browser, id, '424242')).codes).toEqual(['form_code_incorrect'])
  })
})

/** How far the proof of the address has come, by what the browser is told of its client. */
async function shown(browser: ReturnType<typeof visit>) {
  const { body } = await browser.call('GET /client')
  return body?.sign_up?.verifications.email_address
}
