import type { SessionsTable } from '../database/tables/index.js'

const day = 24 * 60 * 60 * 1000
/** How long a session lives, in milliseconds. */
const lifetime = 7 * day
/** How long until an unused one counts as abandoned, in milliseconds. */
const abandonment = 30 * day

type Given = Pick<SessionsTable, 'id' | 'client_id' | 'user_id'> &
  Partial<Pick<SessionsTable, 'first_factor_at' | 'second_factor_at' | 'user_agent' | 'ip_address'>>

/** What a new session is made of, besides what it is given. */
export const newSession = (given: Given, now: number): SessionsTable => ({
  status: 'active',
  last_active_at: now,
  expire_at: now + lifetime,
  abandon_at: now + abandonment,
  first_factor_at: null,
  second_factor_at: null,
  user_agent: null,
  ip_address: null,
  created_at: now,
  updated_at: now,
  ...given,
})
