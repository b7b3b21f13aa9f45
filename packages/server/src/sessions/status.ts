import type { SessionJSON } from '@clerk-server/contract'
import type { ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely'
import type { SessionsTable, Tables } from '../database/tables/index.js'

type Status = SessionJSON['status']
type Conditions = ExpressionBuilder<Tables, 'sessions'>

/** The statuses a session does not stay in for ever. */
const open = ['active', 'pending'] as const

/** What a session is at a moment: one that is open ends by time alone, whatever was last written of it. */
export function statusAt(row: Pick<SessionsTable, 'status' | 'expire_at' | 'abandon_at'>, now: number): Status {
  if (row.status !== 'active' && row.status !== 'pending') return row.status
  if (row.abandon_at <= now) return 'abandoned'
  return row.expire_at <= now ? 'expired' : row.status
}

/** {@link statusAt}, said to the database. */
export function hasStatus(
  sessions: Conditions,
  status: Status,
  now: number,
): ExpressionWrapper<Tables, 'sessions', SqlBool> {
  switch (status) {
    case 'active':
    case 'pending':
      return sessions.and([sessions('status', '=', status), livesAt(sessions, now)])
    case 'expired':
      return sessions.and([
        sessions('status', 'in', open),
        sessions('expire_at', '<=', now),
        sessions('abandon_at', '>', now),
      ])
    case 'abandoned':
      return sessions.and([sessions('status', 'in', open), sessions('abandon_at', '<=', now)])
    default:
      return sessions('status', '=', status)
  }
}

/** Whether a session has not ended yet. */
export const isOpen = (sessions: Conditions, now: number) =>
  sessions.and([sessions('status', 'in', open), livesAt(sessions, now)])

const livesAt = (sessions: Conditions, now: number) =>
  sessions.and([sessions('expire_at', '>', now), sessions('abandon_at', '>', now)])
