import type { Clock } from '../clock.js'
import type { SessionsTable } from '../database/tables/index.js'
import { clientSessionView } from '../sessions/browser-view.js'
import type { SessionStore } from '../sessions/store.js'
import { sessionView } from '../sessions/view.js'
import type { StoredUser } from '../users/store.js'
import { activityView } from './activity.js'
import type { MeHandlers } from './signed-in.js'

type OwnSessionHandlers = Pick<
  MeHandlers,
  'GET /me/sessions' | 'GET /me/sessions/active' | 'POST /me/sessions/{session_id}/revoke'
>

/** The newest so many are listed. */
const page = { limit: 100, offset: 0 }

/** The sessions of a user in all browsers. None is shown with a token: whoever holds one browser does not hold the others. */
export function ownSessionHandlers(sessions: SessionStore, clock: Clock): OwnSessionHandlers {
  const view = (row: SessionsTable, user: StoredUser) => {
    const shown = clientSessionView(row, user, clock(), null)
    // A browser client knows no sessions that others took the place of.
    return { ...shown, status: shown.status === 'replaced' ? 'ended' : shown.status }
  }

  return {
    'GET /me/sessions': async (_, { user }) =>
      (await sessions.list({ user_id: user.row.id, ...page })).map((row) => view(row, user)),

    'GET /me/sessions/active': async (_, { user }) => {
      const rows = await sessions.list({ user_id: user.row.id, status: 'active', ...page })
      return Promise.all(
        rows.map(async (row) => ({ ...sessionView(row, clock()), latest_activity: await activityView(row) })),
      )
    },

    'POST /me/sessions/{session_id}/revoke': async ({ params }, { user }) =>
      view(await sessions.revoke(params.session_id, user.row.id), user),
  }
}
