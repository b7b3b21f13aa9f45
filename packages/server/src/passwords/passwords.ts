import { availableParallelism } from 'node:os'
import { ApiError } from '../errors.js'
import { digestPassword, isOurs } from './hashers/argon2.js'
import { malformed } from './hashers/hasher.js'
import { type HasherName, hashers } from './hashers/index.js'
import { checkSize } from './policy.js'
import { createQueue } from './queue.js'

/** What is kept of a password. */
export interface PasswordDigest {
  password_digest: string
  password_hasher: HasherName
}

/** What is kept of a password that a user may not have. */
export type StoredPassword = { [Column in keyof PasswordDigest]: PasswordDigest[Column] | null }

/** Makes digests and verifies passwords. All of its work is queued, and refused with 503 when too much of it waits. */
export interface Passwords {
  /** The digest of a new password, as argon2id. */
  digest(password: string): Promise<PasswordDigest>
  /** Checks a digest made elsewhere. @throws ApiError `form_password_digest_invalid_code` */
  adopt(digest: string, hasher: HasherName): PasswordDigest
  /**
   * Whether a password is the one that is stored.
   *
   * @param replace is given a better digest of a password that was right, where what is stored was made elsewhere
   * @throws ApiError `no_password_set`, `form_password_size_in_bytes_exceeded`
   */
  verify(stored: StoredPassword, password: string, replace: (better: PasswordDigest) => Promise<void>): Promise<boolean>
}

/**
 * Hashing takes a thread of Node's pool, of which there are four for everything, and a core. One of each stays free for
 * all the rest. Each piece that waits holds a password of a kilobyte at most.
 */
const limits = { running: Math.min(Math.max(availableParallelism() - 1, 1), 3), waiting: 1000 }

export function createPasswords(): Passwords {
  const queued = createQueue(limits)

  const digest = async (password: string): Promise<PasswordDigest> => ({
    password_digest: await digestPassword(password),
    password_hasher: 'argon2id',
  })

  return {
    digest: (password) => queued(() => digest(password)),

    adopt(password_digest, password_hasher) {
      const { form, read } = hashers[password_hasher]
      if (!read(password_digest)) throw malformed(`is not a digest of ${password_hasher}, which has the form ${form}`)
      return { password_digest, password_hasher }
    },

    async verify({ password_digest: stored, password_hasher }, password, replace) {
      if (stored === null) throw new ApiError('no_password_set')
      checkSize(password)
      const verifyStored = hashers[password_hasher ?? 'argon2id'].read(stored)
      const better = await queued(async () => {
        if (!(await verifyStored?.(password))) return 'wrong'
        return isOurs(stored) ? undefined : digest(password)
      })
      if (better === 'wrong') return false
      if (better) await replace(better)
      return true
    },
  }
}
