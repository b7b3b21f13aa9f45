import type { Clock } from '../clock.js'
import type { Database } from '../database/database.js'
import { ApiError } from '../errors.js'
import { newSecret, secretDigest } from '../tokens/secret.js'

/** Milliseconds in which an application fetches what a handshake left: it does so at the very next request. */
const lifetime = 60_000

/** What handshakes leave for the application, whose own server then sets the cookies. */
export interface HandshakeStore {
  /**
   * Keeps whole Set-Cookie values for a minute.
   *
   * @returns the nonce they are given out for, once
   */
  put(directives: string[]): Promise<string>
  /** @throws ApiError `resource_not_found` for a nonce that is unknown, was used, or is too old */
  take(nonce: string): Promise<string[]>
}

export function createHandshakeStore({ queries }: Pick<Database, 'queries'>, clock: Clock): HandshakeStore {
  return {
    async put(directives) {
      const nonce = newSecret()
      const now = clock()
      await queries.deleteFrom('handshake_payloads').where('expires_at', '<=', now).execute()
      await queries
        .insertInto('handshake_payloads')
        .values({ digest: secretDigest(nonce), directives: JSON.stringify(directives), expires_at: now + lifetime })
        .execute()
      return nonce
    },

    async take(nonce) {
      // Read by being deleted: of two who come with one nonce, one gets it.
      const taken = await queries
        .deleteFrom('handshake_payloads')
        .where('digest', '=', secretDigest(nonce))
        .where('expires_at', '>', clock())
        .returning('directives')
        .executeTakeFirst()
      if (!taken) {
        throw new ApiError('resource_not_found', { message: 'there is nothing for that nonce, or not any more' })
      }
      return JSON.parse(taken.directives) as string[]
    },
  }
}
