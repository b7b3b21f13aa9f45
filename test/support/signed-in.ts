import type { createServer } from 'clerk-server'
import { expect } from 'vitest'
import { freshStorage, type Instance, type StorageKind, startInstance } from './instance.js'
import { type Visitor, visit } from './visitor.js'

export type Settings = NonNullable<Parameters<typeof createServer>[0]['settings']>

/** An instance, and {@link signedIn} to it. */
export async function startSignedIn(kind: StorageKind, json?: object, settings: Settings = {}) {
  const storage = await freshStorage(kind, 'instance')
  const instance = await startInstance({ storage, settings })
  return { storage, instance, ...(await signedIn(instance, json)) }
}

/** A browser in which a new user is signed in. */
export async function signedIn(
  instance: Instance,
  json: object = { email_address: ['ada@example.com'] },
  browser: Visitor = visit(instance),
) {
  const { status, body: user } = await instance.call('POST /users', { json })
  expect(status).toBe(200)
  return { browser, user, session: await signInTo(browser, instance, user.id) }
}

/** Signs a user in in a browser, by a sign-in token of the application's. */
export async function signInTo(browser: Visitor, instance: Instance, userId: string): Promise<{ id: string }> {
  const { body } = await instance.call('POST /sign_in_tokens', { json: { user_id: userId } })
  const signIn = await browser.call('POST /client/sign_ins', { form: { strategy: 'ticket', ticket: body.token } })
  expect(signIn).toMatchObject({ status: 200, body: { status: 'complete' } })
  return { id: signIn.body.created_session_id ?? '' }
}
