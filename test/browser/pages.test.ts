import type { Locator } from 'playwright-core'
import { expect, test } from 'vitest'
import { startInstance } from '../support/instance.js'
import { ada, signIn, typePassword } from './person.js'
import { useBrowser, type Visitor } from './visitor.js'

const walk = useBrowser()
const start = () => startInstance({ storage: { memory: true } })

const paths = ['/sign-in', '/sign-up', '/user']

test.each(paths)('%s says so, and offers to try again, when clerk-js cannot be loaded', async (path) => {
  const { url } = await start()
  await walk(`no clerk-js at ${path}`, async ({ context, page, open }) => {
    await context.route('**/clerk.browser.js', (route) => route.abort())
    await open(url + path)
    await page.getByText('The page could not be loaded.').waitFor()
    await context.unroute('**/clerk.browser.js')
    await page.getByRole('link', { name: 'Try again' }).press('Enter')
    await page.getByText('One moment').waitFor()
  })
})

test.each(paths)('%s says so when clerk-js cannot load the rest of itself', async (path) => {
  const { url } = await start()
  await walk(`no chunks at ${path}`, async ({ context, page, open, expect }) => {
    expect(/^a script: Loading chunk \d+ failed/)
    await context.route('**/ui-common_*', (route) => route.abort())
    await open(url + path)
    await page.getByText('The page could not be loaded.').waitFor()
  })
})

test('a browser without JavaScript is told that it needs some', async () => {
  const { url } = await start()
  await walk('no JavaScript', async ({ context, open }) => {
    const plain = await context.browser()?.newContext({ javaScriptEnabled: false })
    const page = await plain?.newPage()
    if (!page) throw new Error('no page')
    await open(url + paths[0], page)
    expect(await page.textContent('noscript')).toContain('switched off')
    await plain?.close()
  })
})

test.each([
  ['/sign-in', 'Sign in to My application'],
  ['/sign-up', 'Create your account'],
])('%s has its heading and room on a small phone, and can be filled in from the keyboard', async (path, heading) => {
  const { url } = await start()
  const steps = async ({ page, open, screenshot }: Visitor) => {
    await open(url + path)
    await page.locator('body.ready').waitFor()
    await screenshot('empty')
    await page.getByRole('heading', { name: heading }).waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
    expect(await page.getByText('One moment').isVisible()).toBe(false)
    const tabTo = async (wanted: Locator) => {
      const focused = wanted.and(page.locator(':focus'))
      for (let tabs = 0; tabs < 5 && (await focused.count()) === 0; tabs += 1) await page.keyboard.press('Tab')
      expect(await page.evaluate('getComputedStyle(document.activeElement).outlineStyle')).toBe('solid')
    }
    const address = page.getByLabel('Email address')
    await tabTo(address)
    await page.keyboard.type('nobody@example.com')
    expect(await address.inputValue()).toBe('nobody@example.com')
    await tabTo(page.getByRole('button', { name: 'Continue', exact: true }))
  }
  await walk(`a phone at ${path}`, steps, { width: 320 })
})

/** A server on which Ada has an account. */
async function startWithAda(options: { issuer?: string } = {}) {
  const here = { url: '' }
  const instance = await startInstance({
    storage: { memory: true },
    clock: Date.now,
    publicUrl: () => here.url,
    ...options,
  })
  here.url = instance.url
  const json = { first_name: ada.firstName, email_address: [ada.address], password: ada.password }
  await instance.call('POST /users', { json })
  return here
}

test('a publishable key of a host that Clerk has for development lets people in as well', async () => {
  const { url } = await startWithAda({ issuer: 'https://clerk.example.lcl.dev' })
  await walk('dev browser', async ({ page, open }) => {
    await open(`${url}/sign-in`)
    await signIn(page, ada)
    await page.waitForURL(`${url}/user`)
    await page.getByText('Add email address').waitFor()
  })
})

test('/user is for who is signed in, and has its parts below it', async () => {
  const here = await startWithAda()
  const steps = async ({ page, open, screenshot }: Visitor) => {
    await open(`${here.url}/user`)
    await page.waitForURL(/\/sign-in\?redirect_url=%2Fuser$/)
    await signIn(page, ada)
    await page.waitForURL(`${here.url}/user`)
    await page.getByText('Add email address').waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
    await screenshot('1-profile')
    await page.getByRole('button', { name: 'Update profile' }).click()
    await page.getByLabel('First name').waitFor()
    expect(await page.getByRole('button', { name: 'Upload' }).count()).toBe(0)
    await open(`${here.url}/user/security`)
    await page.getByText('Active devices').first().waitFor()
    await screenshot('2-security')
  }
  await walk('the account', steps, { width: 320 })
})

test('a step of signing in is no other document', async () => {
  const { url } = await start()
  await walk('steps', async ({ page, open }) => {
    await open(`${url}/sign-up`)
    await page.locator('body.ready').waitFor()
    await page.evaluate('window.same = true')
    await page.getByLabel('First name').fill(ada.firstName)
    await page.getByLabel('Email address').fill(ada.address)
    await typePassword(page, ada.password)
    await page.waitForURL(`${url}/sign-up/verify-email-address`)
    expect(await page.evaluate('window.same')).toBe(true)
  })
})

test("the parameters in the fragment of a link are the server's to judge, too", async () => {
  const { url } = await start()
  await walk('fragments', async ({ page, open }) => {
    await open(`${url}/sign-in#/factor-one?redirect_url=https%3A%2F%2Fevil.example%2F&a=b`)
    await page.waitForURL(`${url}/sign-in/factor-one?a=b`)
    await open('about:blank')
    await open(`${url}/sign-in#/?redirect_url=${encodeURIComponent('http://localhost:3000/guarded')}`)
    await page.waitForURL(`${url}/sign-in?redirect_url=http%3A%2F%2Flocalhost%3A3000%2Fguarded`)
  })
})
