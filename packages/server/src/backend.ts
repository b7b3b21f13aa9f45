import type { Backend } from '@clerk-server/contract'
import { clientsBackend } from './clients/backend.js'
import { emailAddressesBackend } from './email-addresses/backend.js'
import type { TextHandlers } from './http/mount.js'
import { interstitialsBackend } from './interstitials/backend.js'
import { invitationsBackend } from './invitations/backend.js'
import { jwksBackend } from './jwks/backend.js'
import { jwtTemplatesBackend } from './jwt-templates/backend.js'
import { allowlistBackend, blocklistBackend } from './listed-identifiers/backend.js'
import { messagesBackend } from './messages/backend.js'
import { phoneNumbersBackend } from './phone-numbers/backend.js'
import { redirectUrlsBackend } from './redirect-urls/backend.js'
import type { Resources } from './resources.js'
import { sessionsBackend } from './sessions/backend.js'
import { settingsBackend } from './settings/backend.js'
import { signInTokensBackend } from './sign-in-tokens/backend.js'
import { testingTokensBackend } from './testing-tokens/backend.js'
import { usersBackend } from './users/backend.js'

/** A handler for every route of the Backend API. */
export function backendHandlers(of: Resources): TextHandlers<Backend> {
  const { clock, environment, instanceId, identifications, codeVerification, primaryNotice, tickets } = of
  const { publishableKey } = of.application

  return {
    ...usersBackend(of),
    ...emailAddressesBackend(identifications, codeVerification, primaryNotice),
    ...phoneNumbersBackend(identifications, codeVerification),
    ...sessionsBackend(of.sessions, { ...of, publishableKey }, clock),
    ...clientsBackend(of.clients, of.sessions, of.handshakes, of.tokens, clock),
    ...jwtTemplatesBackend(of.jwtTemplates),
    ...invitationsBackend(of.invitations, of.draftInvitation, of.destinations, tickets, clock),
    ...allowlistBackend(of.allowlist, of.announce, instanceId),
    ...blocklistBackend(of.blocklist, instanceId),
    ...signInTokensBackend(of.signInTokens, tickets),
    ...testingTokensBackend(of.testingTokens),
    ...redirectUrlsBackend(of.redirectUrls, environment),
    ...settingsBackend(of.settings, instanceId, environment),
    ...messagesBackend(of.messages),
    ...interstitialsBackend(of.publicUrl, publishableKey),
    ...jwksBackend(of.keys.signing),
  }
}
