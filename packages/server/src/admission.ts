import type { Clock } from './clock.js'
import type { Database } from './database/database.js'
import type { HandlersUnder } from './http/mount.js'
import type { Ids } from './ids.js'
import type { Environment } from './options.js'
import { redirectUrlsBackend } from './redirect-urls/backend.js'
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

/** What the instance gives to whatever decides who may come in. */
export interface AdmissionParts {
  instanceId: string
  environment: Environment
  publicUrl: () => string
  database: Database
  jwts: Jwts
  clock: Clock
  ids: Ids
}

/** The first path segments of its routes. */
type Segment = 'sign_in_tokens' | 'testing_tokens' | 'redirect_urls' | 'instance'

/** Puts together who may come in, and on which terms: a part of {@link createServer} that fills a page of its own. */
export function admissionBackends(parts: AdmissionParts): HandlersUnder<Served, Segment> {
  const { instanceId, environment, publicUrl, database, jwts, clock, ids } = parts
  const tickets = createTickets(jwts, instanceId, publicUrl)
  const settings = createSettingsStore(database.queries, environment, clock)
  const redirectUrls = createRedirectUrlStore(database, clock, ids)

  return {
    ...signInTokensBackend(createSignInTokenStore(database, clock, ids), tickets),
    ...testingTokensBackend(createTestingTokens(jwts, instanceId, clock)),
    ...redirectUrlsBackend(redirectUrls, environment),
    ...settingsBackend(settings, instanceId, environment),
  }
}
