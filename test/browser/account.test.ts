import { TOTP } from 'otpauth'
import { expect, test } from 'vitest'
import { startInstance } from '../support/instance.js'
import { ada, signIn } from './person.js'
import { useBrowser, type Visitor } from './visitor.js'

const walk = useBrowser()

/** Addresses of tests, whose code is always the same. */
const [address, another] = ['ada+clerk_test@example.com', 'ada+clerk_test@example.org']
const code = '424242'

test('a person keeps their account with clerk-js: profile, addresses, second factors, sessions, password, and its end', async () => {
  const instance = await startInstance({ storage: { memory: true }, clock: Date.now })
  const { body: user } = await instance.call('POST /users', {
    json: { email_address: [address], password: ada.password },
  })
  const params = { user_id: user.id }
  const stored = async () => (await instance.call('GET /users/{user_id}', { params })).body

  await walk('an account', async ({ page, open, screenshot }: Visitor) => {
    await open(`${instance.url}/sign-in`)
    await signIn(page, { ...ada, address })
    await page.getByText('Email addresses').first().waitFor()
    await screenshot('profile')
    const inPage = <Result>(steps: string): Promise<Result> =>
      page.evaluate(`(async () => { const { user } = Clerk; ${steps} })()`)

    await inPage(`
      await user.update({ firstName: 'Ada', unsafeMetadata: { theme: 'dark' } })
      const email = await user.createEmailAddress({ email: '${another}' })
      await email.prepareVerification({ strategy: 'email_code' })
      await email.attemptVerification({ code: '${code}' })
      await user.update({ primaryEmailAddressId: email.id })
      await user.emailAddresses.find(({ id }) => id !== email.id).destroy()
    `)
    expect(await stored()).toMatchObject({
      first_name: 'Ada',
      unsafe_metadata: { theme: 'dark' },
      email_addresses: [{ email_address: another, verification: { status: 'verified' } }],
    })

    const secret = await inPage<string>('return (await user.createTOTP()).secret')
    const shown = new TOTP({ secret }).generate()
    const codes = await inPage<string[]>(`return (await user.verifyTOTP({ code: '${shown}' })).backupCodes`)
    expect(codes).toHaveLength(10)
    expect(await inPage<string[]>('return (await user.createBackupCode()).codes')).toHaveLength(10)
    expect(await stored()).toMatchObject({ totp_enabled: true, backup_code_enabled: true })

    await instance.call('POST /sessions', { json: { user_id: user.id } })
    await page.getByText('Security').first().click()
    await page.getByText('Active devices').first().waitFor()
    await screenshot('security')
    const seen = await inPage<{ current: string; others: string[] }>(`
      const sessions = await user.getSessions()
      const others = sessions.filter(({ id }) => id !== Clerk.session.id)
      for (const other of others) await other.revoke()
      const { latestActivity } = sessions.find(({ id }) => id === Clerk.session.id)
      return { current: latestActivity.browserName, others: others.map(({ status }) => status) }
    `)
    expect(seen).toEqual({ current: expect.stringMatching(/Chrom/), others: ['revoked'] })

    const password = 'notes of 1843, and engines'
    await inPage(`
      const signOutOfOtherSessions = true
      await user.updatePassword({ currentPassword: '${ada.password}', newPassword: '${password}', signOutOfOtherSessions })
      await user.disableTOTP()
      await user.reload()
    `)
    const verified = await instance.call('POST /users/{user_id}/verify_password', { params, json: { password } })
    expect(verified.status).toBe(200)
    expect(await stored()).toMatchObject({ two_factor_enabled: false, backup_code_enabled: false })

    await inPage('await user.delete()')
    expect((await instance.call('GET /users/{user_id}', { params })).status).toBe(404)
  })
})
