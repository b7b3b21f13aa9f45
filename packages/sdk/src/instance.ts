/** The class without the singleton: nothing is made, and nothing is read from the environment, when this is imported. */
export { Clerk, Clerk as default, type MiddlewareOptions } from './clerk.js'
export {
  ClerkServerError,
  type ClerkServerErrorJSON,
  ConnectionError,
  HttpError,
  type HttpErrorDetails,
  ParseError,
  RateLimitError,
  TimeoutError,
} from './errors.js'
export type { JSONObject } from './json.js'
export { Logger } from './logger.js'
export type { Middleware, MiddlewareRequest } from './middleware/express.js'
export type {
  RequireSessionClaimsProp,
  RequireSessionProp,
  WithSessionClaimsProp,
  WithSessionProp,
} from './middleware/props.js'
export type { ClerkOptions } from './options.js'
export type { SessionsApi } from './sessions/api.js'
export type { CreateSessionParams, SessionListParams, TokenParams } from './sessions/params.js'
export { Session } from './sessions/session.js'
export { Token } from './sessions/token.js'
export type { JwtPayload } from './token/decode.js'
export type { CallOptions } from './transport/abort.js'
export type { HookOptions, HookResponse, HttpHooks } from './transport/hooks.js'
export type { HttpOptions } from './transport/http-options.js'
export type { RawInput, RawResult, RawRoute, WithResponse } from './transport/raw.js'
export type { RetryAttempt, RetryOptions } from './transport/retry-options.js'
export type { TimeoutOptions } from './transport/timeout.js'
export type { TlsOptions } from './transport/tls.js'
export type { UsersApi } from './users/api.js'
export { EmailAddress } from './users/email-address.js'
export { ExternalAccount } from './users/external-account.js'
export { IdentificationLink } from './users/identification-link.js'
export type {
  CreateUserParams,
  UpdateUserParams,
  UserCountParams,
  UserListParams,
  UserMetadataParams,
} from './users/params.js'
export { PhoneNumber } from './users/phone-number.js'
export { User } from './users/user.js'
export { Verification } from './users/verification.js'
export type { WebhookRequest } from './webhooks/body.js'
export { WebhookError, type WebhookErrorCode } from './webhooks/error.js'
export type { WebhookEvent } from './webhooks/event.js'
export { type VerifyWebhookOptions, verifyWebhook } from './webhooks/verify.js'

/** A value that the API may leave empty or out. */
export type Nullable<T> = T | null | undefined
