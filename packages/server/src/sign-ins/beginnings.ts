import type { PruneAttempts } from '../attempts/pruning.js'
import type { Database } from '../database/database.js'
import type { SessionsTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { Settings } from '../settings/settings.js'
import type { Attempt } from './attempt.js'
import { readIdentifier } from './identifier.js'
import type { SignInStore } from './store.js'

/** How attempts to sign in begin. */
export interface Beginnings {
  /** @throws ApiError `session_exists` where one user at a time is signed in in a browser, and somebody is */
  requireRoom(clientId: string, settings: Settings): Promise<void>
  /** @throws ApiError `identifier_already_signed_in`, which names the session */
  requireSignedOut(clientId: string, userId: string | undefined): Promise<void>
  /**
   * Begins one for whoever is known by a name, or for nobody yet.
   *
   * @throws ApiError `form_identifier_not_found`, `form_param_format_invalid`, `identifier_already_signed_in`
   */
  begin(clientId: string, named: string | undefined, settings: Settings): Promise<Attempt>
}

interface Sessions {
  /** Those of a client that are not over, the newest first. */
  open(clientId: string): Promise<SessionsTable[]>
}

interface BeginningParts {
  database: Pick<Database, 'queries'>
  signIns: SignInStore
  browserSessions: Sessions
  pruneAttempts: PruneAttempts
}

export function createBeginnings({
  database,
  signIns,
  browserSessions: sessions,
  pruneAttempts,
}: BeginningParts): Beginnings {
  async function requireSignedOut(clientId: string, userId: string | undefined): Promise<void> {
    const session = (await sessions.open(clientId)).find(({ user_id }) => user_id === userId)
    if (session) throw new ApiError('identifier_already_signed_in', { meta: { session_id: session.id } })
  }

  return {
    requireSignedOut,

    async requireRoom(clientId, { session_mode }) {
      if (session_mode === 'single' && (await sessions.open(clientId)).length > 0) throw new ApiError('session_exists')
    },

    async begin(clientId, named, settings) {
      const identifier = named === undefined ? undefined : readIdentifier(named, settings)
      const userId = identifier && (await signIns.userIdOf(identifier))
      if (named !== undefined && userId === undefined && !settings.enumeration_protection) {
        throw new ApiError('form_identifier_not_found', { param: 'identifier', message: 'is not known here' })
      }
      await requireSignedOut(clientId, userId)
      await pruneAttempts()
      return database.queries.transaction().execute((transaction) =>
        signIns.create(transaction, {
          client_id: clientId,
          user_id: userId ?? null,
          identifier: identifier?.value ?? named ?? null,
          first: null,
        }),
      )
    },
  }
}
