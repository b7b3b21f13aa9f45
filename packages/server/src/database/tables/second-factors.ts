import type { Flag } from './flag.js'

/** The authenticator application of a user: one at most. */
export interface TOTPsTable {
  id: string
  user_id: string
  /** In base32; sealed where there is an encryption key. */
  secret: string
  /** Whether the user has shown a code of it. Until then it is no factor. */
  verified: Flag
  /** The step of time whose code was accepted last: none up to it is accepted again (RFC 6238 §5.2). */
  last_step: number | null
  created_at: number
  updated_at: number
}

/** Codes for a user who has lost every other second factor, each good for one time. */
export interface BackupCodesTable {
  user_id: string
  /** Keyed by a secret that is not in this table. */
  digest: string
  used_at: number | null
  created_at: number
}
