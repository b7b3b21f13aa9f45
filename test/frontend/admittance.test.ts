import { describe, expect, test } from 'vitest'
import { freshStorage, type Instance, startInstance, storageKinds } from '../support/instance.js'
import { visit } from '../support/visitor.js'

/** Signs up in a browser of its own: the code that refuses it, or how the attempt stands. */
async function signUp(instance: Instance, email_address: string): Promise<string> {
  const browser = visit(instance)
  const form = { email_address, password: 'correct horse battery' }
  const created = await browser.call('POST /client/sign_ups', { form })
  if (created.status !== 200) return created.codes.join()
  const params = { sign_up_id: created.body.id }
  const strategy = 'email_code'
  await browser.call('POST /client/sign_ups/{sign_up_id}/prepare_verification', { params, form: { strategy } })
  const attempt = 'POST /client/sign_ups/{sign_up_id}/attempt_verification'
  const { status, body, codes } = await browser.call(attempt, { params, form: { strategy, code: '424242' } })
  return status === 200 ? body.status : codes.join()
}

describe.each(storageKinds)('signing up on %s', (kind) => {
  const start = async (settings: object) => startInstance({ storage: await freshStorage(kind, 'instance'), settings })

  test('is for those on the allowlist alone, while that is on', async () => {
    const instance = await start({ allowlist: true })
    expect(await signUp(instance, 'ada+clerk_test@acme.com')).toBe('not_allowed_access')
    await instance.call('POST /allowlist_identifiers', { json: { identifier: '*@acme.com', notify: false } })
    expect(await signUp(instance, 'ada+clerk_test@acme.com')).toBe('complete')
    expect(await signUp(instance, 'ada+clerk_test@example.com')).toBe('not_allowed_access')
  })

  test('does not let in by two changes at once whom neither of them would let in after the other', async () => {
    const instance = await start({ allowlist: true, phone_number: 'optional' })
    const [allowed, number] = ['ada@acme.com', '+15555550100']
    for (const identifier of [allowed, number]) {
      await instance.call('POST /allowlist_identifiers', { json: { identifier, notify: false } })
    }
    const browser = visit(instance)
    const begun = await browser.call('POST /client/sign_ups', {
      form: { email_address: allowed, phone_number: number },
    })
    const params = { sign_up_id: begun.body.id }
    const change = (form: Record<string, unknown>) =>
      browser.call('PATCH /client/sign_ups/{sign_up_id}', { params, form })
    const [slow, quick] = await Promise.all([
      change({ phone_number: '+15555550199', password: 'correct horse battery' }),
      change({ email_address: 'eve@example.com' }),
    ])
    expect([slow, quick].map(({ status }) => status).sort()).toEqual([200, 403])
    const { body } = await browser.call('GET /client/sign_ups/{sign_up_id}', { params })
    expect([body.email_address === allowed, body.phone_number === number]).toContain(true)
  })

  test('takes no stranger where only invited people may', async () => {
    const instance = await start({ sign_up_mode: 'restricted' })
    expect(await signUp(instance, 'ada+clerk_test@example.com')).toBe('sign_up_mode_restricted')
  })

  test('takes no address that is made to be thrown away, and none with a tag, where they are blocked', async () => {
    const instance = await start({ block_disposable_email_domains: true, block_email_subaddresses: true })
    expect(await signUp(instance, 'ada@mailinator.com')).toBe('form_email_address_blocked')
    expect(await signUp(instance, 'ada+shop@example.com')).toBe('form_email_address_blocked')
    expect(await signUp(instance, 'ada+clerk_test@example.com')).toBe('complete')
  })

  test('takes a Gmail address once, whatever dots are in it, where they are ignored', async () => {
    const instance = await start({ ignore_dots_for_gmail_addresses: true })
    expect(await signUp(instance, 'a.da+clerk_test@gmail.com')).toBe('complete')
    expect(await signUp(instance, 'ada+clerk_test@gmail.com')).toBe('form_identifier_exists')
    expect(await signUp(instance, 'a.da+clerk_test@example.com')).toBe('complete')
    expect(await signUp(instance, 'ada+clerk_test@example.com')).toBe('complete')
    const counting = await start({})
    expect(await signUp(counting, 'a.da+clerk_test@gmail.com')).toBe('complete')
    expect(await signUp(counting, 'ada+clerk_test@gmail.com')).toBe('complete')
  })
})
