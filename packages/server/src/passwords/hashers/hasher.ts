import { ApiError } from '../../errors.js'

/** Tells whether a password is the one that a digest was made of. */
export type Verify = (password: string) => boolean | Promise<boolean>

/** A way of making digests. */
export interface Hasher {
  /** What its digests look like, for whoever sends one that does not. */
  form: string
  /**
   * Takes a digest apart; `undefined` when it is none of this hasher's.
   *
   * @throws ApiError `form_password_digest_invalid_code` when verifying it would cost more than a server can spend
   */
  read(digest: string): Verify | undefined
}

export const malformed = (message: string) =>
  new ApiError('form_password_digest_invalid_code', { param: 'password_digest', message })

/**
 * Digests name their own costs, and whoever made one may have named any. The limits are some seconds of a core and some
 * hundred megabytes at most, and far above what hashers use.
 */
export function withinLimit(cost: number, limit: number, unit: string): void {
  if (cost > limit) throw malformed(`asks for ${cost} ${unit}, and this server takes ${limit} at most`)
}
