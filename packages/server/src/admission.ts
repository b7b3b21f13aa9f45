import type { Clock } from './clock.js'
import type { Database } from './database/database.js'
import type { Outbox } from './delivery/outbox.js'
import type { HandlersUnder } from './http/mount.js'
import type { Ids } from './ids.js'
import { invitationsBackend } from './invitations/backend.js'
import { invitationDrafts } from './invitations/draft.js'
import { createInvitationStore } from './invitations/store.js'
import { announcements } from './listed-identifiers/announcement.js'
import { allowlistBackend, blocklistBackend } from './listed-identifiers/backend.js'
import { createListedIdentifierStore } from './listed-identifiers/store.js'
import type { Environment } from './options.js'
import { redirectUrlsBackend } from './redirect-urls/backend.js'
import { createDestinations } from './redirect-urls/destinations.js'
import { createRedirectUrlStore } from './redirect-urls/store.js'
import { settingsBackend } from './settings/backend.js'
import { createSettingsStore } from './settings/store.js'
import { signInTokensBackend } from './sign-in-tokens/backend.js'
import { createSignInTokenStore } from './sign-in-tokens/store.js'
import { testingTokensBackend } from './testing-tokens/backend.js'
import type { Jwts } from './tokens/jwt.js'
import { createTestingTokens } from './tokens/testing-token.js'
import { createTickets } from './tokens/ticket.js'
import type { Served } from './unserved.js'
import type { UserStore } from './users/store.js'

/** What the instance gives to whatever decides who may come in. */
export interface AdmissionParts {
  instanceId: string
  environment: Environment
  publicUrl: () => string
  database: Database
  users: UserStore
  outbox: Outbox
  jwts: Jwts
  clock: Clock
  ids: Ids
}

/** The first path segments of its routes. */
type Segment =
  | 'invitations'
  | 'allowlist_identifiers'
  | 'blocklist_identifiers'
  | 'sign_in_tokens'
  | 'testing_tokens'
  | 'redirect_urls'
  | 'instance'

/** Puts together who may come in, and on which terms: a part of {@link createServer} that fills a page of its own. */
export function admissionBackends(parts: AdmissionParts): HandlersUnder<Served, Segment> {
  const { instanceId, environment, publicUrl, database, users, outbox, jwts, clock, ids } = parts
  const tickets = createTickets(jwts, instanceId, publicUrl)
  const settings = createSettingsStore(database.queries, environment, clock)
  const redirectUrls = createRedirectUrlStore(database, clock, ids)
  const destinations = createDestinations(environment, publicUrl, settings, redirectUrls)
  const invitations = createInvitationStore(database, outbox, clock)
  const draftInvitation = invitationDrafts(users, tickets, clock, ids)
  const announce = announcements({ invitations, draftInvitation, outbox, publicUrl })
  const allowlist = createListedIdentifierStore('allowlist', database, clock, ids)
  const blocklist = createListedIdentifierStore('blocklist', database, clock, ids)

  return {
    ...invitationsBackend(invitations, draftInvitation, destinations, tickets, clock),
    ...allowlistBackend(allowlist, announce, instanceId),
    ...blocklistBackend(blocklist, instanceId),
    ...signInTokensBackend(createSignInTokenStore(database, clock, ids), tickets),
    ...testingTokensBackend(createTestingTokens(jwts, instanceId, clock)),
    ...redirectUrlsBackend(redirectUrls, environment),
    ...settingsBackend(settings, instanceId, environment),
  }
}
