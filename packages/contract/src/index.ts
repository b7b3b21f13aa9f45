export type { CodeVerificationJSON, EmailAddressJSON, PhoneNumberJSON } from './backend/addresses.js'
export type { ClientJSON } from './backend/clients.js'
export type { AllowlistIdentifierJSON, BlocklistIdentifierJSON } from './backend/identifiers.js'
export { type Backend, backend } from './backend/index.js'
export type { InvitationJSON, invitationOrders } from './backend/invitations.js'
export type { RsaPublicKeyJSON } from './backend/jwks.js'
export type { JWTTemplateJSON } from './backend/jwt-templates.js'
export type { EmailJSON, SMSMessageJSON } from './backend/messages.js'
export type { passwordHashers } from './backend/passwords.js'
export type { RedirectUrlJSON } from './backend/redirect-urls.js'
export type { SessionJSON } from './backend/sessions.js'
export type { InstanceJSON, InstanceRestrictionsJSON } from './backend/settings.js'
export type { SignInTokenJSON, TestingTokenJSON } from './backend/tickets.js'
export { type UnservedOperation, unservedOperations } from './backend/unserved.js'
export type { UserJSON } from './backend/user.js'
export type { userOrders } from './backend/users.js'
export { type ErrorBody, type ErrorCode, type ErrorDefinition, type ErrorJSON, errors } from './errors.js'
export { EmailAddressText, PhoneNumberText, Username, usernameLength } from './fields.js'
export { type BrowserClientJSON, Client as BrowserClient } from './frontend/client.js'
export { type AttributeJSON, type EnvironmentJSON, environment } from './frontend/environment.js'
export { type Frontend, frontend } from './frontend/index.js'
export type { SessionActivityJSON } from './frontend/me.js'
export type { OwnPhoneNumberJSON } from './frontend/me-addresses.js'
export type { TOTPJSON } from './frontend/me-second-factors.js'
export type { ClientSessionJSON, NamedSessionJSON } from './frontend/sessions.js'
export type { SignInFactorJSON, SignInJSON } from './frontend/sign-ins.js'
export type { SignUpJSON } from './frontend/sign-ups.js'
export { unservedFrontendOperations } from './frontend/unserved.js'
export type { OwnUserJSON } from './frontend/user.js'
export { openapi } from './openapi.js'
export {
  answersNothing,
  type Route,
  type RouteKey,
  type RouteParams,
  type RouteRequest,
  type RouteResponse,
  routeErrors,
} from './route.js'
export { ruleCode } from './rules.js'
export { Origin, WebUrl } from './urls.js'
