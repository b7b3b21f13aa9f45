import { expect, test } from 'vitest'
import { startInstance } from '../support/instance.js'
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

test.each(['/sign-in', '/sign-up'])(
  '%s has room on a small phone, and can be filled in from the keyboard',
  async (path) => {
    const { url } = await start()
    const steps = async ({ page, open, screenshot }: Visitor) => {
      await open(url + path)
      await page.locator('body.ready').waitFor()
      await screenshot('empty')
      expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(320)
      expect(await page.getByText('One moment').isVisible()).toBe(false)
      const address = page.getByLabel('Email address')
      const focused = address.and(page.locator(':focus'))
      for (let tabs = 0; tabs < 5 && (await focused.count()) === 0; tabs += 1) await page.keyboard.press('Tab')
      await page.keyboard.type('nobody@example.com')
      expect(await address.inputValue()).toBe('nobody@example.com')
    }
    await walk(`a phone at ${path}`, steps, { width: 320 })
  },
)
