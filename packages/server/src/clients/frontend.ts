import type { Frontend } from '@clerk-server/contract'
import type { Handlers } from '../http/mount.js'
import type { BrowserSessionStore } from '../sessions/browser-store.js'
import { requireClient, type Visitor } from '../visitors/visitor.js'
import type { BrowserClients } from './browser-clients.js'
import type { ViewClient } from './browser-view.js'
import { knownClient } from './known.js'

type ClientHandlers = Pick<
  Handlers<Frontend, Visitor>,
  'GET /client' | 'PUT /client' | 'POST /client' | 'DELETE /client' | 'DELETE /client/sessions'
>

export function clientsFrontend(
  clients: BrowserClients,
  sessions: BrowserSessionStore,
  view: ViewClient,
): ClientHandlers {
  const known = async (visitor: Visitor) => view(await knownClient(clients, visitor), visitor)

  return {
    'GET /client': (_, visitor) => (visitor.client ? view(visitor.client, visitor) : null),

    'PUT /client': (_, visitor) => known(visitor),

    'POST /client': (_, visitor) => known(visitor),

    'DELETE /client': async (_, visitor) => {
      await sessions.endAll(requireClient(visitor).id, true)
      visitor.client = undefined
      visitor.token = null
      return null
    },

    'DELETE /client/sessions': async (_, visitor) => {
      const client = requireClient(visitor)
      await sessions.endAll(client.id, false)
      return view(client, visitor)
    },
  }
}
