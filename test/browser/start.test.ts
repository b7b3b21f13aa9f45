import { once } from 'node:events'
import { expect, test, vi } from 'vitest'
import { temporaryFolder } from '../support/command-line.js'
import { npmStart } from '../support/npm-start.js'
import { unhurried, useBrowser } from './visitor.js'

const walk = useBrowser()

test(
  'npm start shows it: a stranger signs up on the way to the guarded page, is greeted by name, and signs out',
  async () => {
    const { child, signal, text } = npmStart(
      '--data-dir',
      await temporaryFolder(),
      '--port',
      '0',
      '--example-port',
      '0',
    )
    await vi.waitFor(() => expect(text()).toContain('Try'), { timeout: 20_000 })
    const addressOf = (name: string) => new RegExp(`^ {2}${name} +(http\\S+)$`, 'm').exec(text())?.[1] ?? ''
    const [server, example] = [addressOf('Server'), addressOf('Express example')]
    const address = 'ada+lovelace@example.com'

    await walk('npm start', async ({ page, open, screenshot, ...visitor }) => {
      // The page between, which the SDK answers a browser with that it knows nothing of.
      visitor.expect(new RegExp(`^401 for GET ${example}/`))
      await open(`${example}/`)
      await page.getByRole('heading', { name: 'Hello, stranger' }).waitFor()
      await page.getByRole('link', { name: 'Guarded page' }).click()

      await page.getByLabel('First name').fill('Ada')
      await page.getByLabel('Last name').fill('Lovelace')
      await page.getByLabel('Email address').fill(address)
      await page.getByLabel('Password', { exact: true }).fill('an engine of difference')
      await page.getByRole('button', { name: 'Continue', exact: true }).click()
      const code = await vi.waitFor(async () => {
        const [mail] = (await (await fetch(`${server}/inbox/messages?to=${encodeURIComponent(address)}`)).json()) as {
          code: string
        }[]
        expect(mail?.code).toMatch(/^\d{6}$/)
        return mail?.code as string
      })
      await page.getByLabel('Enter verification code').first().pressSequentially(code)

      await page.getByRole('heading', { name: 'Welcome, Ada' }).waitFor()
      expect(page.url()).toBe(`${example}/guarded`)
      await screenshot('welcome')
      expect(await page.evaluate("fetch('/api/profile').then((answer) => answer.json())")).toMatchObject({
        firstName: 'Ada',
      })

      await page.getByRole('button', { name: 'Sign out' }).click()
      await page.getByRole('heading', { name: 'Hello, stranger' }).waitFor()
      expect(await page.evaluate("fetch('/api/profile').then((answer) => answer.status)")).toBe(401)
    })

    const closed = once(child, 'close')
    signal('SIGINT')
    await closed
  },
  unhurried,
)
