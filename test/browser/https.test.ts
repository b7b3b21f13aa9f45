import { expect, test } from 'vitest'
import { hosts } from './https.js'
import { walkThrough } from './matrix.js'
import { ada, signIn } from './person.js'
import { openSite } from './site.js'
import { useBrowser } from './visitor.js'

walkThrough('behind this SDK, over https', { guard: 'this SDK', https: true })
walkThrough('behind @clerk/express, over https', { guard: '@clerk/express', https: true })

const walk = useBrowser()

test('over https every cookie is for https alone, and each host has only those it needs', async () => {
  const site = await openSite({ guard: '@clerk/express', keys: 'live', https: true })
  const json = { first_name: ada.firstName, email_address: [ada.address], password: ada.password }
  expect((await site.instance.call('POST /users', { json })).status).toBe(200)
  await walk('cookies over https', async ({ context, page, open }) => {
    await open(`${site.app.url}/guarded`)
    await signIn(page, ada)
    await page.getByRole('heading', { name: 'Hello, Ada' }).waitFor()
    await page.locator('body[data-clerk=loaded]').waitFor()
    const cookies = await context.cookies()
    // In which @clerk/express counts how often it sent somebody away.
    const others = cookies.filter(({ name }) => name !== '__clerk_redirect_count')
    expect(others.filter(({ secure }) => !secure)).toEqual([])
    const of = (name: string) =>
      cookies.filter((one) => one.name === name).map(({ domain, httpOnly }) => ({ domain, httpOnly }))
    expect(of('__client')).toEqual([{ domain: hosts.server, httpOnly: true }])
    expect(of('__client_uat')).toEqual([{ domain: '.example.com', httpOnly: false }])
    expect(of('__session')).toContainEqual({ domain: hosts.app, httpOnly: false })
  })
})
