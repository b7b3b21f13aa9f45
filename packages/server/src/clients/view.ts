import type { ClientJSON } from '@clerk-server/contract'
import { sessionView } from '../sessions/view.js'
import type { StoredClient } from './store.js'

/** A stored client as the Backend API shows it at a moment, in milliseconds. */
export function clientView({ row, sessions }: StoredClient, now: number): ClientJSON {
  const views = sessions.map((session) => sessionView(session, now))
  const last = views.find(({ id }) => id === row.last_active_session_id)
  return {
    object: 'client',
    id: row.id,
    session_ids: views.map(({ id }) => id),
    sessions: views,
    sign_in_id: row.sign_in_id,
    sign_up_id: row.sign_up_id,
    // A session ends by time, too, and nobody writes that down.
    last_active_session_id: last?.status === 'active' || last?.status === 'pending' ? last.id : null,
    last_authentication_strategy: row.last_authentication_strategy,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}
