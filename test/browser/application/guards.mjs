// The middlewares that applications put before their pages, each told by the environment alone, as its users have it.
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)

/**
 * @typedef {object} Guard
 * @property {import('express').RequestHandler} open finds out who it is, and lets everybody pass
 * @property {import('express').RequestHandler} closed lets pass who is signed in; an error for `next`, or an answer, is for the others
 * @property {(req: any) => string | null | undefined} userIdOf
 * @property {(id: string) => Promise<{ firstName: string | null }>} getUser
 */

/** @param {any} sdk @returns {Guard} */
const withSessions = (sdk) => ({
  open: sdk.ClerkExpressWithSession(),
  closed: sdk.ClerkExpressRequireSession(),
  userIdOf: (req) => req.session?.userId,
  getUser: (id) => sdk.users.getUser(id),
})

/** @type {Record<string, () => Promise<Guard>>} */
export const guards = {
  'this SDK': async () => withSessions(await import('@clerk/clerk-sdk-node')),

  '2.6.3': async () => withSessions(require('clerk-sdk-node-2.6.3')),

  // It has no publishable key: with one it renders a page between of its own, which loads clerk-js over https alone.
  '4.13.23': async () => {
    delete process.env['CLERK_PUBLISHABLE_KEY']
    const sdk = /** @type {any} */ (require('clerk-sdk-node-4.13.23'))
    return {
      open: sdk.ClerkExpressWithAuth(),
      closed: sdk.ClerkExpressRequireAuth(),
      userIdOf: (req) => req.auth?.userId,
      getUser: (id) => sdk.users.getUser(id),
    }
  },

  '@clerk/express': async () => {
    const { clerkClient, clerkMiddleware, getAuth } = await import('@clerk/express')
    const open = clerkMiddleware({ proxyUrl: String(process.env['FRONTEND_API_URL']) })
    return {
      open,
      closed: (req, res, next) =>
        open(req, res, (error) => next(error ?? (getAuth(req).userId ? undefined : new Error('Unauthenticated')))),
      userIdOf: (req) => getAuth(req).userId,
      getUser: (id) => clerkClient.users.getUser(id),
    }
  },
}
