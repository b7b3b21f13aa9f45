import type { Clock } from '../clock.js'
import type { Database } from '../database/database.js'
import type { DevBrowsersTable } from '../database/tables/index.js'
import type { Ids } from '../ids.js'
import { newSecret, secretDigest } from '../tokens/secret.js'

/** Browsers that prove themselves by a token in URLs, where cookies do not get. */
export interface DevBrowserStore {
  /** Gives the token, which is told this once; only a digest is kept. */
  create(clientId: string | null): Promise<string>
  find(token: string): Promise<DevBrowsersTable | undefined>
}

export function createDevBrowserStore({ queries }: Pick<Database, 'queries'>, clock: Clock, ids: Ids): DevBrowserStore {
  return {
    async create(clientId) {
      const token = newSecret()
      await queries
        .insertInto('dev_browsers')
        .values({ id: ids('devBrowser'), token_digest: secretDigest(token), client_id: clientId, created_at: clock() })
        .execute()
      return token
    },

    find: (token) =>
      queries.selectFrom('dev_browsers').selectAll().where('token_digest', '=', secretDigest(token)).executeTakeFirst(),
  }
}
