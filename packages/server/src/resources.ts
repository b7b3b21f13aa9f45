import { createAdmittance } from './admittance/admittance.js'
import { createDisposableDomains } from './admittance/disposable-domains.js'
import { createAttemptPruning } from './attempts/pruning.js'
import { createBackupCodeStore } from './backup-codes/store.js'
import { createBrowserClients } from './clients/browser-clients.js'
import { createClientStore } from './clients/store.js'
import type { Clock } from './clock.js'
import type { Outbox } from './delivery/outbox.js'
import type { InTestMode } from './delivery/test-mode.js'
import { createDevBrowserStore } from './dev-browsers/store.js'
import { createPrimaryNotice } from './email-addresses/primary-notice.js'
import { createHandshakeStore } from './handshakes/store.js'
import { createCodeVerification } from './identifications/code-verification.js'
import { createIdentificationStore } from './identifications/store.js'
import type { Ids } from './ids.js'
import { derivedKey } from './instance/derived-key.js'
import type { TakenInstance } from './instance/taken.js'
import { invitationDrafts } from './invitations/draft.js'
import { createInvitationStore } from './invitations/store.js'
import { createJWTTemplateStore } from './jwt-templates/store.js'
import { createTemplateTokens } from './jwt-templates/tokens.js'
import { announcements } from './listed-identifiers/announcement.js'
import { createListLookup } from './listed-identifiers/lookup.js'
import { createListedIdentifierStore } from './listed-identifiers/store.js'
import { createMessageStore } from './messages/store.js'
import type { Passwords } from './passwords/passwords.js'
import { createDestinations } from './redirect-urls/destinations.js'
import { createRedirectUrlStore } from './redirect-urls/store.js'
import { createBrowserSessionStore } from './sessions/browser-store.js'
import { createRefreshTokens } from './sessions/refresh-tokens.js'
import { createSessionStart } from './sessions/start.js'
import { createSessionStore } from './sessions/store.js'
import type { SettingsStore } from './settings/store.js'
import { createSignInTokenStore } from './sign-in-tokens/store.js'
import { createSignUps } from './sign-ups/sign-ups.js'
import { createSignUpStore } from './sign-ups/store.js'
import { ticketUse } from './tickets/use.js'
import { createJwts } from './tokens/jwt.js'
import { createSessionTokens } from './tokens/session-token.js'
import { createTestingTokens } from './tokens/testing-token.js'
import { createTickets } from './tokens/ticket.js'
import { createTOTPStore } from './totps/store.js'
import { createAttempts } from './users/attempts.js'
import type { UserStore } from './users/store.js'
import { createCodes } from './verifications/code.js'
import { createCodeSending } from './verifications/sending.js'
import { createVerificationStore } from './verifications/store.js'
import { createOrigins } from './visitors/origins.js'

/** What the resources are put together from. */
export interface Parts extends TakenInstance {
  users: UserStore
  passwords: Passwords
  settings: SettingsStore
  outbox: Outbox
  isTest: InTestMode
  publicUrl: () => string
  clock: Clock
  ids: Ids
  random: (end: number) => number
}

export type Resources = ReturnType<typeof createResources>

/** The stores of an instance and what works on them: each gets what it needs of the others here. */
export function createResources(parts: Parts) {
  const { instance, keys, database, users, settings, outbox, publicUrl, clock, ids } = parts
  const { id: instanceId, environment, issuer } = instance

  const jwts = createJwts(keys.signing)
  const tokens = createSessionTokens(jwts, issuer, clock)
  const tickets = createTickets(jwts, instanceId, publicUrl, clock)
  const jwtTemplates = createJWTTemplateStore(database, parts.sealing, clock, ids)

  const identifications = createIdentificationStore(database, clock, ids)
  const codes = createCodes(derivedKey(parts.rootSecret, 'verification codes'), parts.random)
  const verifications = createVerificationStore(database, clock, ids, codes, parts.isTest)
  const sendCode = createCodeSending(verifications, outbox)

  const redirectUrls = createRedirectUrlStore(database, clock, ids)
  const invitations = createInvitationStore(database, outbox, clock)
  const draftInvitation = invitationDrafts(users, tickets, clock, ids)
  const browserClients = createBrowserClients(database, clock, ids)

  const sessionStart = createSessionStart(browserClients, clock, ids)
  const browserSessions = createBrowserSessionStore(database, settings, clock)
  const signInTokens = createSignInTokenStore(database, clock, ids)
  const origins = createOrigins(environment, publicUrl, settings)
  const destinations = createDestinations(origins, redirectUrls, environment === 'development')

  const { queries } = database
  const signUps = createSignUpStore(queries, clock, ids)
  const pruneAttempts = createAttemptPruning(queries, clock)
  const shared = { ...parts, queries, tickets, invitations, signInTokens, browserSessions, sessionStart }
  const admittance = createAdmittance({
    settings,
    onList: createListLookup(queries),
    hasAccepted: invitations.hasAccepted,
    isDisposable: createDisposableDomains(),
  })

  return {
    ...parts,
    instanceId,
    environment,
    jwts,
    tokens,
    tickets,
    testingTokens: createTestingTokens(jwts, instanceId, clock),
    jwtTemplates,
    templateTokens: createTemplateTokens(jwtTemplates, users, jwts, issuer, clock),

    sessions: createSessionStore(database, settings, clock, ids),
    sessionStart,
    browserSessions,
    refreshTokens: createRefreshTokens(database, settings, clock),
    clients: createClientStore(database),
    browserClients,
    devBrowsers: createDevBrowserStore(database, clock, ids),
    handshakes: createHandshakeStore(database, clock),
    attempts: createAttempts(database.queries, clock),
    totps: createTOTPStore(database, parts.sealing, clock, ids),
    backupCodes: createBackupCodeStore(database, derivedKey(parts.rootSecret, 'backup codes'), clock, parts.random),

    identifications,
    verifications,
    sendCode,
    codeVerification: createCodeVerification(identifications, verifications, sendCode),
    primaryNotice: createPrimaryNotice(outbox),
    messages: createMessageStore(database, outbox),

    origins,
    redirectUrls,
    destinations,
    /** Where a page sends people by a link that anybody may have made. */
    pageDestinations: createDestinations(origins, redirectUrls, false),
    invitations,
    draftInvitation,
    announce: announcements({ invitations, draftInvitation, outbox, publicUrl }),
    admittance,
    allowlist: createListedIdentifierStore('allowlist', database, clock, ids),
    blocklist: createListedIdentifierStore('blocklist', database, clock, ids),
    signInTokens,
    ticketUse: ticketUse({ ...shared, destinations }),

    pruneAttempts,
    signUps,
    signUpFlow: createSignUps({ ...shared, signUps, admittance, verifications, sendCode, pruneAttempts }),
  }
}
