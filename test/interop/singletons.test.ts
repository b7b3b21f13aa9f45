import { createRequire } from 'node:module'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openApplication } from './application.js'
import './environment.js'
import { openSite, type Site, type Stage, stageOf } from './stage.js'

const require = createRequire(import.meta.url)

type Guard = (...given: unknown[]) => unknown
type Users = { users: { getUser(id: string): Promise<unknown> } }

interface NodeSDK extends Record<string, unknown> {
  clerkClient: Users
  ClerkExpressWithAuth(): Guard
  ClerkExpressRequireAuth(): Guard
  withAuth(handler: Guard): Guard
  requireAuth(handler: Guard): Guard
}

interface Original extends Users {
  setClerkApiKey(key: string): void
  setClerkServerApiUrl(url: string): void
}

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

const tellUser: Guard = (req, res) => {
  const { auth } = req as { auth?: object }
  return (res as { json(body: object): unknown }).json({ auth })
}

let site: Site
let stage: Stage<undefined>
beforeAll(async () => {
  site = await openSite('SQLite')
  stage = stageOf(site, 'the environment', undefined)
  const { url, secretKey, publishableKey } = site.server
  Object.assign(process.env, { CLERK_API_URL: url, CLERK_SECRET_KEY: secretKey, CLERK_PUBLISHABLE_KEY: publishableKey })
})
afterAll(() => site.close())

const versions: [string, () => NodeSDK][] = [
  ['4.13.23', () => require('clerk-sdk-node-4.13.23') as NodeSDK],
  ['5.1.6', () => require('clerk-sdk-node-5.1.6') as NodeSDK],
]

describe.each(versions)('clerk-sdk-node %s, told by the environment alone', (_, load) => {
  test('clerkClient asks the server', async () => {
    const user = await stage.person()
    expect(await load().clerkClient.users.getUser(user.id)).toMatchObject({ id: user.id, firstName: 'Ada' })
  })

  test('ClerkExpressWithAuth knows who sent a token, and lets everybody pass', async () => {
    const { user, session, token } = await stage.visitor()
    await using application = await openApplication(load().ClerkExpressWithAuth())
    const auth = { userId: user.id, sessionId: session.id, claims: { sub: user.id } }
    expect(await application.visit(bearer(token))).toMatchObject({ status: 200, auth })
    expect(await application.visit({})).toMatchObject({ status: 200, auth: { userId: null } })
  })

  test('ClerkExpressRequireAuth lets in who is signed in, and nobody else', async () => {
    const { user, token } = await stage.visitor()
    await using application = await openApplication(load().ClerkExpressRequireAuth())
    expect(await application.visit(bearer(token))).toMatchObject({ status: 200, auth: { userId: user.id } })
    expect((await application.visit({})).status).toBe(401)
    expect((await application.visit(bearer(`${token.slice(0, -8)}AAAAAAAA`))).status).toBe(401)
  })

  test('withAuth and requireAuth do the same around a handler', async () => {
    const { user, token } = await stage.visitor()
    await using open = await openApplication(load().withAuth(tellUser))
    expect(await open.visit(bearer(token))).toMatchObject({ status: 200, auth: { userId: user.id } })
    expect(await open.visit({})).toMatchObject({ status: 200, auth: { userId: null } })
    await using guarded = await openApplication(load().requireAuth(tellUser))
    expect(await guarded.visit(bearer(token))).toMatchObject({ status: 200, auth: { userId: user.id } })
    expect((await guarded.visit({})).status).not.toBe(200)
  })
})

describe('clerk-sdk-node 2.6.3, told by its setters', () => {
  const load = () => {
    // It reads the environment when it is loaded, and throws without a key.
    process.env['CLERK_API_KEY'] = 'test_to_be_replaced'
    const sdk = require('clerk-sdk-node-2.6.3') as Original
    sdk.setClerkApiKey(String(site.server.apiKey))
    sdk.setClerkServerApiUrl(site.server.url)
    return sdk
  }

  test('the one instance asks the server', async () => {
    const user = await stage.person()
    expect(await load().users.getUser(user.id)).toMatchObject({ id: user.id, firstName: 'Ada' })
  })
})
