import type { Backend } from '@clerk-server/contract'
import { admissionBackends } from './admission.js'
import { clientsBackend } from './clients/backend.js'
import { createClientStore } from './clients/store.js'
import type { Clock } from './clock.js'
import type { Outbox } from './delivery/outbox.js'
import { emailAddressesBackend } from './email-addresses/backend.js'
import { createPrimaryNotice } from './email-addresses/primary-notice.js'
import { createHandshakeStore } from './handshakes/store.js'
import type { Handlers } from './http/mount.js'
import { createCodeVerification } from './identifications/code-verification.js'
import { createIdentificationStore } from './identifications/store.js'
import type { Ids } from './ids.js'
import { derivedKey } from './instance/derived-key.js'
import type { TakenInstance } from './instance/taken.js'
import { interstitialsBackend } from './interstitials/backend.js'
import { jwksBackend } from './jwks/backend.js'
import { jwtTemplatesBackend } from './jwt-templates/backend.js'
import { createJWTTemplateStore } from './jwt-templates/store.js'
import { createTemplateTokens } from './jwt-templates/tokens.js'
import { messagesBackend } from './messages/backend.js'
import { createMessageStore } from './messages/store.js'
import type { Passwords } from './passwords/passwords.js'
import { phoneNumbersBackend } from './phone-numbers/backend.js'
import { sessionsBackend } from './sessions/backend.js'
import { createRefreshTokens } from './sessions/refresh-tokens.js'
import { createSessionStore } from './sessions/store.js'
import { createJwts } from './tokens/jwt.js'
import { createSessionTokens } from './tokens/session-token.js'
import { usersBackend } from './users/backend.js'
import type { UserStore } from './users/store.js'
import { createCodes } from './verifications/code.js'
import { createVerificationStore } from './verifications/store.js'

/** What the resources are put together from. */
export interface BackendParts extends TakenInstance {
  users: UserStore
  passwords: Passwords
  outbox: Outbox
  publicUrl: () => string
  clock: Clock
  ids: Ids
  random: (end: number) => number
}

/** A handler for every route of the Backend API: each resource gets what it needs of the others here. */
export function backendHandlers(parts: BackendParts): Handlers<Backend> {
  const { instance, application, keys, database, users, passwords, outbox, publicUrl, clock, ids } = parts
  const { environment, issuer } = instance
  const { publishableKey } = application

  const jwts = createJwts(keys.signing)
  const tokens = createSessionTokens(jwts, issuer, clock)
  const sessions = createSessionStore(database, clock, ids)
  const refreshTokens = createRefreshTokens(database, clock)

  const jwtTemplates = createJWTTemplateStore(database, parts.sealing, clock, ids)
  const templateTokens = createTemplateTokens(jwtTemplates, users, jwts, issuer, clock)

  const identifications = createIdentificationStore(database, clock, ids)
  const codes = createCodes(derivedKey(parts.rootSecret, 'verification codes'), environment, parts.random)
  const verifications = createVerificationStore(database, clock, ids, codes)
  const codeVerification = createCodeVerification(identifications, verifications, outbox)
  const primaryNotice = createPrimaryNotice(outbox)

  const surroundings = { tokens, templateTokens, refreshTokens, environment, publishableKey }
  return {
    ...usersBackend({ users, sessions, passwords, primaryNotice, clock }),
    ...emailAddressesBackend(identifications, codeVerification, primaryNotice),
    ...phoneNumbersBackend(identifications, codeVerification),
    ...sessionsBackend(sessions, surroundings, clock),
    ...clientsBackend(createClientStore(database), sessions, createHandshakeStore(database, clock), tokens, clock),
    ...jwtTemplatesBackend(jwtTemplates),
    ...admissionBackends({ ...parts, instanceId: instance.id, environment, jwts }),
    ...messagesBackend(createMessageStore(database, outbox)),
    ...interstitialsBackend(publicUrl, publishableKey),
    ...jwksBackend(keys.signing),
  }
}
