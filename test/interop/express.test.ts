import { clerkClient, clerkMiddleware, getAuth, requireAuth } from '@clerk/express'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { openApplication } from './application.js'
import './environment.js'
import { openSite, type Site, type Stage, stageOf } from './stage.js'

const bearer = (token: string) => ({ authorization: `Bearer ${token}` })

const whoIs = (req: never) => {
  const { isAuthenticated, userId, sessionId, sessionClaims } = getAuth(req)
  return { isAuthenticated, userId, sessionId, claims: sessionClaims }
}

describe('@clerk/express 2.1.70, told by the environment alone', () => {
  let site: Site
  let stage: Stage<typeof clerkClient>

  beforeAll(async () => {
    site = await openSite('SQLite')
    stage = stageOf(site, '@clerk/express', clerkClient)
  })
  afterAll(() => site.close())

  beforeEach(() => {
    const { url, secretKey, publishableKey } = site.server
    Object.assign(process.env, {
      CLERK_API_URL: url,
      CLERK_SECRET_KEY: secretKey,
      CLERK_PUBLISHABLE_KEY: publishableKey,
    })
  })

  test('clerkMiddleware knows who sent a session token, and lets everybody pass', async () => {
    const { user, session, token } = await stage.visitor()
    await using application = await openApplication(clerkMiddleware(), whoIs)
    expect(await application.visit(bearer(token))).toMatchObject({
      status: 200,
      auth: {
        isAuthenticated: true,
        userId: user.id,
        sessionId: session.id,
        claims: { iss: 'https://clerk.localhost', sub: user.id, sid: session.id },
      },
    })
    expect(await application.visit({})).toMatchObject({ status: 200, auth: { isAuthenticated: false, userId: null } })
  })

  test('clerkMiddleware takes no token that was tampered with, or that another server signed', async () => {
    const { token } = await stage.visitor()
    const other = await openSite('SQLite')
    const foreign = (await stageOf(other, '@clerk/express', clerkClient).visitor()).token
    await other.close()
    await using application = await openApplication(clerkMiddleware(), whoIs)
    for (const wrong of [`${token.slice(0, -8)}AAAAAAAA`, foreign, 'no token']) {
      expect(await application.visit(bearer(wrong))).toMatchObject({ auth: { isAuthenticated: false, userId: null } })
    }
  })

  test('clerkMiddleware sends a browser that comes for the first time to the handshake', async () => {
    await using application = await openApplication(clerkMiddleware(), whoIs)
    const { status } = await application.visit({ accept: 'text/html', 'sec-fetch-dest': 'document' })
    expect(status).toBe(307)
  })

  test('requireAuth lets in who is signed in, and sends away who is not', async () => {
    const { user, token } = await stage.visitor()
    await using application = await openApplication(requireAuth({ signInUrl: '/sign-in' }), whoIs)
    expect(await application.visit(bearer(token))).toMatchObject({ status: 200, auth: { userId: user.id } })
    expect((await application.visit({})).status).toBe(302)
    expect((await application.visit(bearer('no token'))).status).toBe(302)
  })

  test('clerkClient asks the server', async () => {
    const user = await stage.person()
    expect(await clerkClient.users.getUser(user.id)).toMatchObject({ id: user.id, firstName: 'Ada' })
    await expect(clerkClient.users.getUser('user_none')).rejects.toMatchObject({
      status: 404,
      errors: [{ code: 'resource_not_found' }],
    })
    await expect(clerkClient.organizations.getOrganizationList()).rejects.toMatchObject({
      status: 501,
      errors: [{ code: 'operation_not_implemented' }],
    })
  })
})
