/** The class without the singleton: nothing is made, and nothing is read from the environment, when this is imported. */

export { AllowlistIdentifier } from './allowlist-identifiers/allowlist-identifier.js'
export type { AllowlistIdentifiersApi } from './allowlist-identifiers/api.js'
export type { CreateAllowlistIdentifierParams } from './allowlist-identifiers/params.js'
export type { BlocklistIdentifiersApi } from './blocklist-identifiers/api.js'
export { BlocklistIdentifier } from './blocklist-identifiers/blocklist-identifier.js'
export type { CreateBlocklistIdentifierParams } from './blocklist-identifiers/params.js'
export { Clerk, Clerk as default, type VerifyTokenOptions } from './clerk.js'
export type { ClientsApi } from './clients/api.js'
export { Client } from './clients/client.js'
export type { EmailAddressesApi } from './email-addresses/api.js'
export { EmailAddress } from './email-addresses/email-address.js'
export type { CreateEmailAddressParams, UpdateEmailAddressParams } from './email-addresses/params.js'
export type { EmailsApi } from './emails/api.js'
export { Email } from './emails/email.js'
export type { CreateEmailParams } from './emails/params.js'
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
export type { InvitationsApi } from './invitations/api.js'
export { Invitation } from './invitations/invitation.js'
export type { CreateInvitationParams, InvitationListParams } from './invitations/params.js'
export type { JSONObject } from './json.js'
export type { JwksApi } from './jwks/api.js'
export type { JSONWebKey, JSONWebKeySet } from './jwks/json-web-key-set.js'
export { Logger } from './logger.js'
export type { AuthObject, SignedInAuthObject, SignedOutAuthObject } from './middleware/auth.js'
export type { Middleware } from './middleware/express.js'
export type { GuardedHandler, Handler } from './middleware/handler.js'
export type { RequestHeaders } from './middleware/headers.js'
export type { InterstitialOption, MiddlewareOptions } from './middleware/options.js'
export type {
  RequireAuthProp,
  RequireSessionClaimsProp,
  RequireSessionProp,
  WithAuthProp,
  WithSessionClaimsProp,
  WithSessionProp,
} from './middleware/props.js'
export type { SignedOutReason } from './middleware/reasons.js'
export type { MiddlewareRequest } from './middleware/request.js'
export type { ClerkOptions } from './options.js'
export type { PhoneNumbersApi } from './phone-numbers/api.js'
export type { CreatePhoneNumberParams, UpdatePhoneNumberParams } from './phone-numbers/params.js'
export { PhoneNumber } from './phone-numbers/phone-number.js'
export type { SessionsApi } from './sessions/api.js'
export type { CreateSessionParams, SessionListParams, TokenParams } from './sessions/params.js'
export { Session } from './sessions/session.js'
export { Token } from './sessions/token.js'
export type { SignInTokensApi } from './sign-in-tokens/api.js'
export type { CreateSignInTokenParams } from './sign-in-tokens/params.js'
export { SignInToken } from './sign-in-tokens/sign-in-token.js'
export type { SMSMessagesApi } from './sms-messages/api.js'
export type { CreateSMSMessageParams } from './sms-messages/params.js'
export { SMSMessage } from './sms-messages/sms-message.js'
export type { TestingTokensApi } from './testing-tokens/api.js'
export { TestingToken } from './testing-tokens/testing-token.js'
export type { JwtPayload } from './token/decode.js'
export type { CallOptions } from './transport/abort.js'
export type { HookOptions, HookResponse, HttpHooks } from './transport/hooks.js'
export type { HttpOptions } from './transport/http-options.js'
export type { PageParams } from './transport/pages.js'
export type { RawInput, RawResult, RawRoute, WithResponse } from './transport/raw.js'
export type { RetryAttempt, RetryOptions } from './transport/retry-options.js'
export type { TimeoutOptions } from './transport/timeout.js'
export type { TlsOptions } from './transport/tls.js'
export type { UsersApi } from './users/api.js'
export { ExternalAccount } from './users/external-account.js'
export { IdentificationLink } from './users/identification-link.js'
export type {
  CreateUserParams,
  UpdateUserParams,
  UserCountParams,
  UserListParams,
  UserMetadataParams,
  VerifyPasswordParams,
} from './users/params.js'
export { User } from './users/user.js'
export { Verification } from './users/verification.js'
export type { WebhookRequest } from './webhooks/body.js'
export { WebhookError, type WebhookErrorCode } from './webhooks/error.js'
export type { WebhookEvent } from './webhooks/event.js'
export { type VerifyWebhookOptions, verifyWebhook } from './webhooks/verify.js'

/** A value that the API may leave empty or out. */
export type Nullable<T> = T | null | undefined
