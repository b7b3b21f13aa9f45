import type { ClientSessionJSON, NamedSessionJSON } from '@clerk-server/contract'
import type { Clock } from '../clock.js'
import type { SessionsTable } from '../database/tables/index.js'
import type { SessionTokens } from '../tokens/session-token.js'
import { ownUserView, publicUserView } from '../users/own-view.js'
import type { StoredUser } from '../users/store.js'
import type { Visitor } from '../visitors/visitor.js'
import { factorAges } from './factors.js'
import { statusAt } from './status.js'
import { sessionView } from './view.js'

/** Sessions as their own browser sees them. */
export interface BrowserSessions {
  view(row: SessionsTable, visitor: Visitor): Promise<ClientSessionJSON>
  /** One that may be over: whoever has the browser then need not be its user, or not be wanted there any more. */
  viewNamed(row: SessionsTable, visitor: Visitor): Promise<NamedSessionJSON>
  /** A token of a session for the site whose page asks. */
  token(row: SessionsTable, visitor: Visitor): Promise<string>
}

interface Users {
  /** @throws ApiError `resource_not_found` */
  get(id: string): Promise<StoredUser>
}

export function createBrowserSessions(users: Users, tokens: SessionTokens, clock: Clock): BrowserSessions {
  const token = (row: SessionsTable, { apiVersion, origin }: Visitor) =>
    tokens.issue({
      sessionId: row.id,
      userId: row.user_id,
      apiVersion,
      authorizedParty: origin,
      factorAges: factorAges(row, clock()),
    })

  async function view(row: SessionsTable, visitor: Visitor): Promise<ClientSessionJSON> {
    const now = clock()
    const user = await users.get(row.user_id)
    const isActive = statusAt(row, now) === 'active'
    return clientSessionView(row, user, now, isActive ? await token(row, visitor) : null)
  }

  return {
    token,

    view,

    async viewNamed(row, visitor) {
      const { user, public_user_data, ...shown } = await view(row, visitor)
      const isOver = shown.status !== 'active' && shown.status !== 'pending'
      return isOver ? { ...shown, public_user_data: null } : { ...shown, user, public_user_data }
    },
  }
}

/** A session at a moment, in milliseconds, as its user sees it. @param jwt a token of it, for its own browser */
export function clientSessionView(
  row: SessionsTable,
  user: StoredUser,
  now: number,
  jwt: string | null,
): ClientSessionJSON {
  const { client_id: _, user_id: __, ...shown } = sessionView(row, now)
  return {
    ...shown,
    last_active_token: jwt === null ? null : { object: 'token', jwt },
    user: ownUserView(user, now),
    public_user_data: publicUserView(user),
    factor_verification_age: factorAges(row, now),
    tasks: null,
  }
}
