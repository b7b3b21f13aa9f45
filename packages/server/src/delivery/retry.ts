import type { MessagesTable } from '../database/tables/index.js'
import { codeLifetime } from '../verifications/code.js'

const second = 1000
const hour = 3600 * second

/** How long it is tried to hand a message over, in milliseconds: a day, as mail servers do at least (RFC 5321, 4.5.4.1). */
const patience = 24 * hour
const first = 5 * second
const longest = hour

/**
 * When a message is of no more use to whom it is for, in milliseconds since 1970: a code that has expired only misleads.
 * `undefined` where it always is.
 */
export const uselessFrom = ({ slug, created_at }: Pick<MessagesTable, 'slug' | 'created_at'>): number | undefined =>
  slug === 'verification_code' ? created_at + codeLifetime : undefined

/**
 * When a message that was not taken is tried again, in milliseconds since 1970: after 5 s, 10 s, 20 s and so on up to an
 * hour, each cut by up to a half at random, so that what failed together does not come back together.
 *
 * @param attempts how often it was tried
 * @param random from 0 up to 1
 * @returns `undefined` when it was tried for long enough
 */
export function nextAttempt(
  { attempts, created_at }: { attempts: number; created_at: number },
  { now, random, retryAfter }: { now: number; random: number; retryAfter: number },
): number | undefined {
  const pause = Math.min(first * 2 ** (attempts - 1), longest) * (1 - random / 2)
  const next = Math.round(now + Math.max(pause, Math.min(retryAfter, longest)))
  return next - created_at < patience ? next : undefined
}
