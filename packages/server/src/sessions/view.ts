import type { SessionJSON } from '@clerk-server/contract'
import type { SessionsTable } from '../database/tables/index.js'
import { statusAt } from './status.js'

/** A stored session as the Backend API shows it at a moment, in milliseconds. */
export function sessionView(row: SessionsTable, now: number): SessionJSON {
  return {
    object: 'session',
    id: row.id,
    client_id: row.client_id,
    user_id: row.user_id,
    status: statusAt(row, now),
    actor: null,
    last_active_organization_id: null,
    last_active_at: row.last_active_at,
    expire_at: row.expire_at,
    abandon_at: row.abandon_at,
    created_at: row.created_at,
    updated_at: row.updated_at,
  }
}
