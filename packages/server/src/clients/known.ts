import type { ClientsTable } from '../database/tables/index.js'
import { requireClient, type Visitor } from '../visitors/visitor.js'
import type { BrowserClients } from './browser-clients.js'

/** The client of a browser, which one that has none gets now: with the answer comes the cookie it is known by. */
export type KnownClient = (visitor: Visitor) => Promise<ClientsTable>

export const knownClient =
  (clients: Pick<BrowserClients, 'create'>): KnownClient =>
  async (visitor) => {
    if (!visitor.client) Object.assign(visitor, await clients.create(visitor.devBrowserId))
    return requireClient(visitor)
  }
