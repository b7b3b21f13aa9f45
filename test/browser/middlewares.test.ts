import { describe, expect, test } from 'vitest'
import { guards } from './application.js'
import { ada, signUp } from './person.js'
import { kindsOfKeys, openSite } from './site.js'
import { useBrowser } from './visitor.js'

const walk = useBrowser()

describe.each(guards)('%s', (guard) => {
  test.each(kindsOfKeys)('signs up (%s keys)', async (keys) => {
    const site = await openSite({ guard, keys })
    await walk(`${guard} ${keys} signs up`, async (visitor) => {
      const { page, open } = visitor
      if (guard !== '@clerk/express') visitor.expect(new RegExp(`^401 for GET ${site.app.url}`))
      await open(`${site.app.url}/`)
      await page.getByRole('heading', { name: 'Hello, stranger' }).waitFor()
      await open(`${site.app.url}/guarded`)
      await page.getByRole('link', { name: 'Sign up' }).click()
      await signUp(page, site, ada)
      await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor()
      expect(page.url()).toBe(`${site.app.url}/guarded`)
    })
    expect(site.app.log()).toBe('')
  })
})
