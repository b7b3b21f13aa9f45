import { createHash } from 'node:crypto'
import { setImmediate } from 'node:timers/promises'

/** Rounds that are done at a stretch: a millisecond or so. */
const stretch = 500

/** More would take seconds of the event loop's thread, though never at a stretch. */
export const mostRounds = 2 ** 18

/**
 * Hashes a hash together with the password, over and over. Only the event loop's own thread can do it, so others get
 * their turn in between.
 */
export async function hashRounds(hash: 'md5' | 'sha512', first: Buffer, rounds: number, password: Buffer) {
  let result = first
  for (let round = 0; round < rounds; round++) {
    if (round % stretch === stretch - 1) await setImmediate()
    result = createHash(hash).update(result).update(password).digest()
  }
  return result
}
