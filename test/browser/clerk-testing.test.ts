import { clerk, clerkSetup } from '@clerk/testing/playwright'
import { expect, onTestFinished, test, vi } from 'vitest'
import { ada } from './person.js'
import { openSite, type Site } from './site.js'
import { unhurried, useBrowser, type Visitor } from './visitor.js'

const walk = useBrowser()

/** An application whose server the helpers know by the environment, as they do in people's tests. */
async function openTestedSite(): Promise<Site> {
  const site = await openSite({ guard: '@clerk/express', keys: 'test' })
  const { publishableKey, secretKey } = site.instance
  vi.stubEnv('CLERK_API_URL', site.pages)
  vi.stubEnv('CLERK_PUBLISHABLE_KEY', publishableKey)
  vi.stubEnv('CLERK_SECRET_KEY', secretKey)
  onTestFinished(() => void vi.unstubAllEnvs())
  await clerkSetup({ publishableKey, secretKey, dotenv: false })
  expect(process.env['CLERK_TESTING_TOKEN']).toMatch(/^\S+$/)
  return site
}

test.each([
  ['a password', { strategy: 'password', identifier: ada.address, password: ada.password }],
  ['a code by e-mail', { strategy: 'email_code', identifier: 'ada+clerk_test@example.com' }],
] as const)(
  'the helpers of @clerk/testing sign in with %s, and out again',
  async (_, signInParams) => {
    const site = await openTestedSite()
    const json = { first_name: 'Ada', email_address: [signInParams.identifier], password: ada.password }
    expect((await site.instance.call('POST /users', { json })).status).toBe(200)

    await walk(`@clerk/testing ${signInParams.strategy}`, async ({ page, open }: Visitor) => {
      // They are typed for a package that brings browsers along; a page is the same there.
      const tested = { page: page as never }
      // Whoever leaves a page amid its requests makes clerk-js complain.
      const settled = () => page.waitForLoadState('networkidle')
      await open(`${site.app.url}/`)
      await page.locator('body[data-clerk=loaded]').waitFor()
      await settled()
      await clerk.signIn({ ...tested, signInParams })
      await settled()
      await open(`${site.app.url}/guarded`)
      await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor()
      await page.locator('body[data-clerk=loaded]').waitFor()
      await settled()
      // Signing out leads home by itself.
      await clerk.signOut(tested)
      await page.waitForURL(`${site.app.url}/`)
      await page.getByRole('heading', { name: 'Hello, stranger' }).waitFor()
    })
    expect(site.app.log()).toBe('')
  },
  unhurried,
)
