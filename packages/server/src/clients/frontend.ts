import type { Frontend } from '@clerk-server/contract'
import type { Handlers } from '../http/mount.js'
import type { BrowserSessionStore } from '../sessions/browser-store.js'
import { requireClient, type Visitor } from '../visitors/visitor.js'
import type { ViewClient } from './browser-view.js'
import type { KnownClient } from './known-client.js'

type ClientHandlers = Pick<
  Handlers<Frontend, Visitor>,
  'GET /client' | 'PUT /client' | 'POST /client' | 'DELETE /client' | 'DELETE /client/sessions'
>

export function clientsFrontend(known: KnownClient, sessions: BrowserSessionStore, view: ViewClient): ClientHandlers {
  return {
    'GET /client': (_, visitor) => (visitor.client ? view(visitor.client, visitor) : null),

    'PUT /client': async (_, visitor) => view(await known(visitor), visitor),

    'POST /client': async (_, visitor) => view(await known(visitor), visitor),

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
