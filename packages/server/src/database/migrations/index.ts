import type { Migration } from 'kysely'
import type { Database } from '../database.js'
import { instance } from './0001-instance.js'
import { messages } from './0002-messages.js'
import { keys } from './0003-keys.js'
import { passwords } from './0005-passwords.js'
import { userLists } from './0006-user-lists.js'
import { verifications } from './0008-verifications.js'
import { sessions } from './0009-sessions.js'
import { jwtTemplates } from './0010-jwt-templates.js'
import { messageLists } from './0011-message-lists.js'
import { invitations } from './0012-invitations.js'
import { listedIdentifiers } from './0013-listed-identifiers.js'
import { admission } from './0014-admission.js'
import { rateLimits } from './0015-rate-limits.js'
import { userRevisions } from './0016-user-revisions.js'
import { searchBacklog } from './0018-search-backlog.js'
import { signingIn } from './0019-signing-in.js'
import { gmailAddresses } from './0020-gmail-addresses.js'
import { fieldSearches } from './0021-field-searches.js'
import { housekeeping } from './0022-housekeeping.js'

/** Every migration in the order it is applied. A name is never changed once it has been released. */
export const migrations = (database: Database, types = database.columnTypes): Record<string, Migration> => ({
  '0001-instance': instance(types),
  '0002-messages': messages(types),
  '0003-keys': keys(types),
  '0005-passwords': passwords(types),
  '0006-user-lists': userLists(database),
  '0008-verifications': verifications(types),
  '0009-sessions': sessions(types),
  '0010-jwt-templates': jwtTemplates(types),
  '0011-message-lists': messageLists,
  '0012-invitations': invitations(types),
  '0013-listed-identifiers': listedIdentifiers(types),
  '0014-admission': admission(types),
  '0015-rate-limits': rateLimits(database),
  '0016-user-revisions': userRevisions(database),
  '0018-search-backlog': searchBacklog(database),
  '0019-signing-in': signingIn(types),
  '0020-gmail-addresses': gmailAddresses,
  '0021-field-searches': fieldSearches(database),
  '0022-housekeeping': housekeeping,
})
