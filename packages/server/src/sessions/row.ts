import type { SessionsTable } from '../database/tables/index.js'
import type { Settings } from '../settings/settings.js'

/** Seconds until an unused session counts as abandoned where nothing is set, unless it lives longer. */
const abandonment = 30 * 24 * 60 * 60

export type Lifetimes = Pick<Settings, 'session_lifetime' | 'session_inactivity_timeout'>

/** When a session that was used just now ends, if it is not used again. */
export const abandonedAt = ({ session_lifetime, session_inactivity_timeout }: Lifetimes, now: number) =>
  now + (session_inactivity_timeout ?? Math.max(session_lifetime, abandonment)) * 1000

type Given = Pick<SessionsTable, 'id' | 'client_id' | 'user_id'> &
  Partial<Pick<SessionsTable, 'first_factor_at' | 'second_factor_at' | 'user_agent' | 'ip_address'>>

/** What a new session is made of, besides what it is given. */
export const newSession = (given: Given, now: number, lifetimes: Lifetimes): SessionsTable => ({
  status: 'active',
  last_active_at: now,
  expire_at: now + lifetimes.session_lifetime * 1000,
  abandon_at: abandonedAt(lifetimes, now),
  first_factor_at: null,
  second_factor_at: null,
  user_agent: null,
  ip_address: null,
  created_at: now,
  updated_at: now,
  ...given,
})
