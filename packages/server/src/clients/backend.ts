import type { Clock } from '../clock.js'
import type { SessionsTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { HandshakeStore } from '../handshakes/store.js'
import type { HandlersUnder } from '../http/mount.js'
import { statusAt } from '../sessions/status.js'
import type { SessionTokens } from '../tokens/session-token.js'
import type { Served } from '../unserved.js'
import type { ClientStore } from './store.js'
import { clientView } from './view.js'

/** What a client needs to know of a session. */
interface Sessions {
  /** @throws ApiError `resource_not_found` */
  get(id: string): Promise<SessionsTable>
}

export function clientsBackend(
  clients: ClientStore,
  sessions: Sessions,
  handshakes: HandshakeStore,
  tokens: SessionTokens,
  clock: Clock,
): HandlersUnder<Served, 'clients'> {
  return {
    'GET /clients': async ({ query: { paginated, ...page } }) => {
      const data = (await clients.list(page)).map((client) => clientView(client, clock()))
      return paginated ? { data, total_count: await clients.count() } : data
    },

    'GET /clients/handshake_payload': async ({ query }) => ({ directives: await handshakes.take(query.nonce) }),

    'GET /clients/{client_id}': async ({ params }) => clientView(await clients.get(params.client_id), clock()),

    'POST /clients/verify': async ({ body }) => {
      const id = tokens.sessionOf(body.token)
      if (id === undefined) throw new ApiError('invalid_session_token')
      const session = await sessions.get(id)
      if (statusAt(session, clock()) !== 'active') throw new ApiError('invalid_session_token')
      return clientView(await clients.get(session.client_id), clock())
    },
  }
}
