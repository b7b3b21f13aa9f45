import { expect, test } from 'vitest'
import { freshStorage, production, startInstance, storageKinds } from '../support/instance.js'
import { site, visit } from '../support/visitor.js'

const storage = { memory: true } as const

test('a browser reads the environment in either way before it is known, and is not made known by it', async () => {
  const instance = await startInstance({ storage, settings: { application_name: 'Acme' } })
  const browser = visit(instance)
  const read = await browser.call('GET /environment')
  expect(read).toMatchObject({ status: 200, body: { display_config: { application_name: 'Acme' } } })
  const patched = await browser.call('PATCH /environment')
  expect(patched.body).toEqual(read.body)
  expect(patched.headers.get('access-control-allow-origin')).toBe(site)
  // A dev browser is nobody's yet: links of applications ask for the token.
  expect([...browser.cookies.keys()].map((name) => name.replace(/_[\w-]{8}$/, ''))).toEqual([
    '__clerk_db_jwt',
    '__clerk_db_jwt',
  ])
})

test('pages are under the address by which people reach the server', async () => {
  const publicUrl = 'https://auth.example.com'
  const instance = await startInstance({ storage, ...production, publicUrl: () => publicUrl })
  const { body } = await visit(instance).call('GET /environment')
  expect(body.display_config).toMatchObject({
    instance_environment_type: 'production',
    home_url: publicUrl,
    sign_in_url: `${publicUrl}/sign-in`,
  })
})

test.each(storageKinds)('what the server itself has changed it tells at once, on %s', async (kind) => {
  const instance = await startInstance({ storage: await freshStorage(kind, 'instance') })
  const { call } = visit(instance)
  const supportEmail = async () => (await call('GET /environment')).body.display_config.support_email
  expect(await supportEmail()).toBeNull()
  await instance.call('PATCH /instance', { json: { support_email: 'help@example.com' } })
  expect(await supportEmail()).toBe('help@example.com')
})

test('what another server has changed is told within seconds', async () => {
  const storage = await freshStorage('PostgreSQL')
  const [one, two] = [await startInstance({ storage }), await startInstance({ storage })]
  const restricted = async () => (await visit(two).call('GET /environment')).body.user_settings.restrictions.allowlist
  expect(await restricted()).toEqual({ enabled: false })
  await one.call('PATCH /instance/restrictions', { json: { allowlist: true } })
  await expect.poll(restricted, { timeout: 10_000, interval: 100 }).toEqual({ enabled: true })
})
