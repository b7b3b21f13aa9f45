import { hide } from './hidden.js'
import * as instance from './instance.js'
import type { Middleware } from './middleware/express.js'
import type { MiddlewareOptions } from './middleware/options.js'
import type { HttpOptions } from './transport/http-options.js'

/** The one instance that takes its settings from the environment, when it is first used. */
const clerk: instance.Clerk = instance.Clerk.getInstance()

export const allowlistIdentifiers: instance.AllowlistIdentifiersApi = clerk.allowlistIdentifiers
export const blocklistIdentifiers: instance.BlocklistIdentifiersApi = clerk.blocklistIdentifiers
export const clients: instance.ClientsApi = clerk.clients
export const emailAddresses: instance.EmailAddressesApi = clerk.emailAddresses
export const emails: instance.EmailsApi = clerk.emails
export const invitations: instance.InvitationsApi = clerk.invitations
export const jwks: instance.JwksApi = clerk.jwks
export const phoneNumbers: instance.PhoneNumbersApi = clerk.phoneNumbers
export const sessions: instance.SessionsApi = clerk.sessions
export const signInTokens: instance.SignInTokensApi = clerk.signInTokens
export const smsMessages: instance.SMSMessagesApi = clerk.smsMessages
export const testingTokens: instance.TestingTokensApi = clerk.testingTokens
export const users: instance.UsersApi = clerk.users

/** {@link instance.AllowlistIdentifiersApi} of the one instance, in single functions. */
export const getAllowlistIdentifierList: instance.AllowlistIdentifiersApi['getAllowlistIdentifierList'] =
  allowlistIdentifiers.getAllowlistIdentifierList
export const createAllowlistIdentifier: instance.AllowlistIdentifiersApi['createAllowlistIdentifier'] =
  allowlistIdentifiers.createAllowlistIdentifier
export const deleteAllowlistIdentifier: instance.AllowlistIdentifiersApi['deleteAllowlistIdentifier'] =
  allowlistIdentifiers.deleteAllowlistIdentifier

/** {@link instance.Clerk.expressWithSession} of the one instance. */
export const ClerkExpressWithSession = (options?: MiddlewareOptions | null): Middleware =>
  clerk.expressWithSession(options)

/** {@link instance.Clerk.expressRequireSession} of the one instance. */
export const ClerkExpressRequireSession = (options?: MiddlewareOptions | null): Middleware =>
  clerk.expressRequireSession(options)

/** {@link instance.Clerk.expressWithAuth} of the one instance. */
export const ClerkExpressWithAuth = (options?: MiddlewareOptions | null): Middleware => clerk.expressWithAuth(options)

/** {@link instance.Clerk.expressRequireAuth} of the one instance. */
export const ClerkExpressRequireAuth = (options?: MiddlewareOptions | null): Middleware =>
  clerk.expressRequireAuth(options)

/**
 * Another name of {@link ClerkExpressWithSession}, as the documentation has it.
 *
 * @alias
 */
export const ClerkWithSession: typeof ClerkExpressWithSession = ClerkExpressWithSession

/**
 * Another name of {@link ClerkExpressRequireSession}.
 *
 * @alias
 */
export const ClerkRequireSession: typeof ClerkExpressRequireSession = ClerkExpressRequireSession

/** {@link instance.Clerk.withSession} of the one instance. */
export const withSession: instance.Clerk['withSession'] = clerk.withSession.bind(clerk)

/** {@link instance.Clerk.requireSession} of the one instance. */
export const requireSession: instance.Clerk['requireSession'] = clerk.requireSession.bind(clerk)

/** {@link instance.Clerk.withAuth} of the one instance. */
export const withAuth: instance.Clerk['withAuth'] = clerk.withAuth.bind(clerk)

/** {@link instance.Clerk.requireAuth} of the one instance. */
export const requireAuth: instance.Clerk['requireAuth'] = clerk.requireAuth.bind(clerk)

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
  getAllowlistIdentifierList,
  createAllowlistIdentifier,
  deleteAllowlistIdentifier,
  ClerkExpressWithSession,
  ClerkExpressRequireSession,
  ClerkExpressWithAuth,
  ClerkExpressRequireAuth,
  ClerkWithSession,
  ClerkRequireSession,
  withSession,
  requireSession,
  withAuth,
  requireAuth,
  setClerkApiKey,
  setClerkServerApiUrl,
  setClerkApiVersion,
  setClerkHttpOptions,
  default: clerk,
})

export * from './instance.js'
export default clerk
