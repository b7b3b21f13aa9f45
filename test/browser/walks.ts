import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { ada, grace, type Person, signIn, signUp, typeCode, typePassword } from './person.js'
import type { Site, SiteOptions } from './site.js'
import type { Visitor } from './visitor.js'

/** What somebody goes through, on the pages of an application and on those to sign up and in. */
export interface Walk {
  /** What comes of it. */
  sentence: string
  settings?: SiteOptions['settings']
  steps(site: Site, visitor: Visitor): Promise<void>
}

const greets = (page: Page, name: string) => page.getByRole('heading', { name: `Hello, ${name}` }).waitFor()

const reads = (page: Page, text: RegExp) => page.getByText(text).first().waitFor()

/** The guarded page sends whoever is not signed in there. */
const isSentToSignIn = (page: Page) => page.waitForURL(/\/sign-in(#\/)?\?redirect_url=/)

/** What a script of the page gets from the guarded API. */
const askApi = (page: Page): Promise<{ status: number; body: { userId?: string } }> =>
  page.evaluate(`fetch('/api').then(async (answer) => ({ status: answer.status, body: await answer.json() }))`)

const guarded = ({ app }: Site) => `${app.url}/guarded`

/** Somebody who has an account already. */
async function account({ instance }: Site, { firstName, address, password }: Person): Promise<string> {
  const json = { first_name: firstName, email_address: [address], password }
  const { status, body } = await instance.call('POST /users', { json })
  expect(status).toBe(200)
  return body.id
}

/** Goes to the guarded page, and gets there by signing in. */
async function signInOnTheWay(site: Site, { page, open }: Visitor, person: Person): Promise<void> {
  await open(guarded(site))
  await isSentToSignIn(page)
  await signIn(page, person)
  await greets(page, person.firstName)
  expect(page.url()).toBe(guarded(site))
}

async function sessionOf({ instance }: Site, userId: string) {
  const { body } = await instance.call('GET /sessions', { query: { user_id: userId, status: 'active' } })
  const [session] = Array.isArray(body) ? body : body.data
  if (!session) throw new Error(`${userId} has no session`)
  return session
}

const isSessionCookie = ({ name }: { name: string }) => /^__session(_|$)/.test(name)

/** As if somebody came back minutes later, to a browser that had been closed. */
async function letTokenExpire(site: Site, { context }: Visitor, sessionId: string): Promise<void> {
  const value = await site.expiredToken(sessionId)
  const cookies = (await context.cookies()).filter(isSessionCookie)
  expect(cookies.length).toBeGreaterThan(0)
  await context.addCookies(cookies.map((cookie) => ({ ...cookie, value })))
}

/** The browser asks for the page with the cookies as they are: nothing on it has brought them up to date meanwhile. */
async function comeBack(site: Site, visitor: Visitor): Promise<void> {
  await visitor.open('about:blank')
  await visitor.open(guarded(site))
}

export const walks: readonly Walk[] = [
  {
    sentence: 'signs up with a password and a code, stays signed in, and is out after signing out',
    // clerk-js 6 asks for what is required only.
    settings: { first_name: 'required' },
    async steps(site, visitor) {
      const { context, page, open, reload, newTab, screenshot } = visitor
      await open(`${site.app.url}/`)
      await greets(page, 'stranger')
      await open(guarded(site))
      await isSentToSignIn(page)
      await screenshot('1-sign-in')
      await page.getByRole('link', { name: 'Sign up' }).click()
      await signUp(page, ada)
      await screenshot('2-code')
      await typeCode(page, await site.codeFor(ada.address))
      await greets(page, 'Ada')
      expect(page.url()).toBe(guarded(site))
      await screenshot('3-guarded')
      const { status, body } = await askApi(page)
      expect([status, body.userId]).toEqual([200, expect.stringMatching(/^user_/)])

      await reload()
      await greets(page, 'Ada')
      await context.clearCookies({ name: /^__session(_|$)/ })
      await reload()
      await greets(page, 'Ada')
      await open('about:blank')
      await letTokenExpire(site, visitor, (await sessionOf(site, body.userId ?? '')).id)
      await open(guarded(site))
      await greets(page, 'Ada')

      const second = await newTab()
      await open(guarded(site), second)
      await greets(second, 'Ada')
      await page.getByRole('button', { name: /open user/i }).click()
      await page.getByText('Sign out', { exact: true }).click()
      await page.waitForURL(`${site.app.url}/`)
      await greets(page, 'stranger')
      visitor.expect(/^401 for GET .*\/api$/)
      expect((await askApi(page)).status).toBe(401)
      await reload(second)
      await isSentToSignIn(second)
    },
  },
  {
    sentence: 'has a second account in the same browser, and goes from one to the other',
    settings: { session_mode: 'multi' },
    async steps(site, visitor) {
      const { page, open } = visitor
      const ids = [await account(site, ada), await account(site, grace)]
      await signInOnTheWay(site, visitor, ada)
      await open(site.signInUrl(guarded(site)))
      // Tokens and cookies tell the time in whole seconds: of two who sign in within one, nobody can say who came later.
      await page.waitForTimeout(1_100)
      await signIn(page, grace)
      await greets(page, 'Grace')
      expect((await askApi(page)).body.userId).toBe(ids[1])
      await page.getByRole('button', { name: /open user/i }).click()
      await page.getByText(ada.address).click()
      await page.waitForURL(`${site.app.url}/`)
      await greets(page, 'Ada')
      expect((await askApi(page)).body.userId).toBe(ids[0])
      await open(guarded(site))
      await greets(page, 'Ada')
    },
  },
  {
    sentence: 'comes by the link of an invitation, and has what the invitation says',
    async steps(site, { page, open, screenshot }) {
      const json = {
        email_address: grace.address,
        public_metadata: { plan: 'pro' },
        redirect_url: `${site.pages}/sign-up`,
      }
      const { body: invitation } = await site.instance.call('POST /invitations', { json })
      await open(String(invitation.url))
      await page.getByLabel('Password', { exact: true }).waitFor()
      await screenshot('1-invited')
      await typePassword(page, grace.password)
      await page.waitForURL((url) => !url.pathname.startsWith('/sign-up'))
      await open(guarded(site))
      // The page asks for what is required only, and a first name is not.
      await greets(page, 'whoever you are')
      const { userId } = (await askApi(page)).body
      const { body: user } = await site.instance.call('GET /users/{user_id}', { params: { user_id: String(userId) } })
      expect(user.public_metadata).toEqual({ plan: 'pro' })
    },
  },
  {
    sentence: 'is told that a password is wrong, and after ten that the account is locked',
    async steps(site, { page, open, screenshot, ...visitor }) {
      await account(site, ada)
      await open(guarded(site))
      visitor.expect(/^4(22|03) for POST .*\/attempt_first_factor/)
      await signIn(page, { ...ada, password: 'not the password' })
      await reads(page, /password is wrong/i)
      await screenshot('1-wrong')
      for (let attempt = 2; attempt <= 10; attempt += 1) {
        const answered = page.waitForResponse(/\/attempt_first_factor/)
        await typePassword(page, `not the password ${attempt}`)
        await answered
      }
      await typePassword(page, ada.password)
      if (site.pages === site.app.url) {
        // On a page of the application clerk-js leaves for the folder above, and does not say why.
        await greets(page, 'stranger')
        return
      }
      await reads(page, /locked/i)
      await screenshot('2-locked')
    },
  },
  {
    sentence: 'is out, once the token has expired, when the session was revoked',
    async steps(site, visitor) {
      const { page } = visitor
      const userId = await account(site, ada)
      await signInOnTheWay(site, visitor, ada)
      const session = await sessionOf(site, userId)
      const params = { session_id: session.id }
      expect((await site.instance.call('POST /sessions/{session_id}/revoke', { params })).status).toBe(200)
      visitor.expect(/^40[14] for \w+ .*\/client/)
      await visitor.open('about:blank')
      await visitor.context.clearCookies({ name: /^__session(_|$)/ })
      await comeBack(site, visitor)
      await isSentToSignIn(page)
      await signIn(page, ada)
      await greets(page, 'Ada')
    },
  },
  {
    sentence: 'is out when banned, and told so at the next sign-in',
    async steps(site, visitor) {
      const { page, screenshot } = visitor
      const userId = await account(site, ada)
      await signInOnTheWay(site, visitor, ada)
      expect((await site.instance.call('POST /users/{user_id}/ban', { params: { user_id: userId } })).status).toBe(200)
      visitor.expect(/^40[134] for \w+ .*\/client/)
      await visitor.open('about:blank')
      await visitor.context.clearCookies({ name: /^__session(_|$)/ })
      await comeBack(site, visitor)
      await isSentToSignIn(page)
      await signIn(page, ada)
      await page
        .getByText(/banned/i)
        .first()
        .waitFor()
      await screenshot('1-banned')
    },
  },
]
