import type { Frontend } from '@clerk-server/contract'
import type { SessionsTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { Handlers } from '../http/mount.js'
import type { BrowserSessionStore } from '../sessions/browser-store.js'
import type { StoredUser } from '../users/store.js'
import type { Visitor } from '../visitors/visitor.js'

/** Who asks for something of their own. */
export interface SignedIn {
  session: SessionsTable
  user: StoredUser
  visitor: Visitor
}

export type MeRoute = Extract<keyof Frontend, `${string} /me` | `${string} /me/${string}`>

/** Handlers of routes that are for whoever is signed in. */
export type MeHandlers = Handlers<Pick<Frontend, MeRoute>, SignedIn>

interface Users {
  /** @throws ApiError `resource_not_found` */
  get(id: string): Promise<StoredUser>
}

/**
 * Finds out whose session asks: the one that is named, or else the one that was used last. It must be of the browser's
 * client and not be over. Of any other session the answer is the same, so that it says nothing of it.
 *
 * @throws ApiError `signed_out`, at which a browser client reads anew who is signed in
 */
export const whoIsSignedIn =
  (sessions: Pick<BrowserSessionStore, 'open'>, users: Users) =>
  async (visitor: Visitor): Promise<SignedIn> => {
    const { client, sessionId } = visitor
    const active = client ? (await sessions.open(client.id)).filter(({ status }) => status === 'active') : []
    const session =
      sessionId === undefined
        ? (active.find(({ id }) => id === client?.last_active_session_id) ?? active[0])
        : active.find(({ id }) => id === sessionId)
    if (!session) throw signedOut()
    const user = await users.get(session.user_id)
    if (user.row.banned) throw signedOut()
    return { session, user, visitor }
  }

const signedOut = () => new ApiError('signed_out', { message: 'nobody is signed in with that session: sign in first' })
