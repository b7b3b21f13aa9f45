import type { UsersTable } from '../database/tables/index.js'

/** How long a lock lasts, in milliseconds. */
export const lockoutDuration = 60 * 60 * 1000
/** How many verifications in a row may fail before a user is locked. */
export const lockoutAttempts = 10

type Standing = Pick<UsersTable, 'locked' | 'lockout_expires_at' | 'failed_verifications'>

/** What locks a user for as long as a lock lasts. */
export const lockedFrom = (now: number) => ({ locked: 1, lockout_expires_at: now + lockoutDuration }) as const

/** What lets a user in again, with all attempts. */
export const unlocked = { locked: 0, lockout_expires_at: null, failed_verifications: 0 } as const

/** Whether a user is locked at a moment: a lock runs out by time alone, and one without an end never does. */
export const isLocked = ({ locked, lockout_expires_at }: Omit<Standing, 'failed_verifications'>, now: number) =>
  locked === 1 && (lockout_expires_at === null || lockout_expires_at > now)

/** Of an explicit lock, attempts may well remain; when a lock has run out, all of them do. */
export function standingView(row: Standing, now: number) {
  const locked = isLocked(row, now)
  const hasRunOut = row.locked === 1 && !locked
  const expiry = locked ? row.lockout_expires_at : null
  return {
    locked,
    lockout_expires_in_seconds: expiry === null ? null : Math.ceil((expiry - now) / 1000),
    verification_attempts_remaining: hasRunOut
      ? lockoutAttempts
      : Math.max(lockoutAttempts - row.failed_verifications, 0),
  }
}
