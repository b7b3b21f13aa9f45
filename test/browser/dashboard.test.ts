import { expect, test } from 'vitest'
import { production, startInstance } from '../support/instance.js'
import { useBrowser } from './visitor.js'

const walk = useBrowser()
const storage = { memory: true } as const

test('the dashboard takes what a browser sends from its forms, and can be used from the keyboard', async () => {
  const { url } = await startInstance({ storage })
  await walk('the dashboard', async ({ page, open, screenshot }) => {
    await open(`${url}/dashboard/invitations`)
    await page.getByLabel('E-mail address').fill('ada@example.com')
    await page.keyboard.press('Enter')
    await page.getByText('The invitation is on its way.').waitFor()
    await screenshot('invited')
    const tooWide = 'document.querySelector(".scroll").scrollWidth - document.querySelector(".scroll").clientWidth'
    expect(await page.evaluate(tooWide)).toBe(0)
    await page.getByRole('button', { name: 'Revoke' }).press('Enter')
    await page.getByText('The invitation is revoked.').waitFor()
    expect(await page.getByText('ada@example.com').count()).toBe(0)
  })
})

test('the dashboard of a production instance lets a browser in that shows a secret key', async () => {
  const here = { url: '' }
  const instance = await startInstance({ storage, ...production, publicUrl: () => here.url })
  here.url = instance.url
  await walk('the dashboard in production', async ({ page, open }) => {
    await open(`${here.url}/dashboard/users`)
    await page.getByLabel('Secret key').fill(instance.secretKey)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: 'Users' }).waitFor()
    expect(page.url()).toBe(`${here.url}/dashboard/users`)
  })
})
