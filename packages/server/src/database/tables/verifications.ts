/** Codes that were sent to prove an address. A subject has one that works at most, and the rows go a day after they expire. */
export interface VerificationsTable {
  id: string
  /** What the code proves, and nothing else: the id of an address. */
  subject_id: string
  strategy: 'email_code' | 'phone_code'
  /** Keyed by a secret that is not in this table. */
  code_digest: string
  /** As last written; an `unverified` one that is past `expire_at` has expired whatever stands here. */
  status: 'unverified' | 'verified' | 'failed' | 'expired'
  /** Codes that were tried, the right one included. */
  attempts: number
  expire_at: number
  created_at: number
  updated_at: number
}
