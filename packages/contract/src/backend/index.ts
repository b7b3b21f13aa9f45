import { addresses } from './addresses.js'
import { clients } from './clients.js'
import { identifiers } from './identifiers.js'
import { interstitials } from './interstitials.js'
import { invitations } from './invitations.js'
import { jwks } from './jwks.js'
import { jwtTemplates } from './jwt-templates.js'
import { messages } from './messages.js'
import { redirectUrls } from './redirect-urls.js'
import { sessions } from './sessions.js'
import { settings } from './settings.js'
import { tickets } from './tickets.js'
import { users } from './users.js'

/** The Backend API: what a server with a secret key may ask. Paths are relative to `/v1`. */
export const backend = {
  ...users,
  ...addresses,
  ...sessions,
  ...clients,
  ...invitations,
  ...identifiers,
  ...tickets,
  ...redirectUrls,
  ...settings,
  ...messages,
  ...jwks,
  ...jwtTemplates,
  ...interstitials,
}

export type Backend = typeof backend
