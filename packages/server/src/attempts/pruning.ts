import type { Clock } from '../clock.js'
import type { Queries } from '../database/database.js'

/** How long it can still be asked what became of an attempt that was abandoned, in milliseconds. */
const retention = 24 * 60 * 60 * 1000

/** Drops attempts to sign up and to sign in that nobody will ask for any more. */
export type PruneAttempts = () => Promise<void>

export const createAttemptPruning =
  (queries: Queries, clock: Clock): PruneAttempts =>
  async () => {
    const limit = clock() - retention
    await queries.deleteFrom('sign_ups').where('abandon_at', '<', limit).execute()
    await queries.deleteFrom('sign_ins').where('abandon_at', '<', limit).execute()
  }
