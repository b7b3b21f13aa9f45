import type { MiddlewareOptions } from './clerk.js'
import { hide } from './hidden.js'
import * as instance from './instance.js'
import type { Middleware } from './middleware/express.js'
import type { SessionsApi } from './sessions/api.js'
import type { HttpOptions } from './transport/http-options.js'
import type { UsersApi } from './users/api.js'

/** The one instance that takes its settings from the environment, when it is first used. */
const clerk: instance.Clerk = instance.Clerk.getInstance()

export const users: UsersApi = clerk.users
export const sessions: SessionsApi = clerk.sessions

/** {@link instance.Clerk.expressWithSession} of the one instance. */
export const ClerkExpressWithSession = (options?: MiddlewareOptions | null): Middleware =>
  clerk.expressWithSession(options)

/** {@link instance.Clerk.expressRequireSession} of the one instance. */
export const ClerkExpressRequireSession = (options?: MiddlewareOptions | null): Middleware =>
  clerk.expressRequireSession(options)

/** Changes the key of the one instance. */
export function setClerkApiKey(value: string): void {
  clerk.apiKey = value
}

/** Changes where the one instance finds the API. */
export function setClerkServerApiUrl(value: string): void {
  clerk.serverApiUrl = value
}

/** Changes the version of the API that the one instance asks for. */
export function setClerkApiVersion(value: string): void {
  clerk.apiVersion = value
}

/** Changes how the one instance makes requests. */
export function setClerkHttpOptions(value: HttpOptions): void {
  clerk.httpOptions = value
}

// In a native ES module the default export of 2.6.3 was its whole CommonJS namespace. Code that was written around that
// finds on the instance what it found there.
hide(clerk, {
  ...instance,
  ClerkExpressWithSession,
  ClerkExpressRequireSession,
  setClerkApiKey,
  setClerkServerApiUrl,
  setClerkApiVersion,
  setClerkHttpOptions,
  default: clerk,
})

export * from './instance.js'
export default clerk
