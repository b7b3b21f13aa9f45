import type { ClientsTable } from '../database/tables/index.js'
import { requireClient, type Visitor } from '../visitors/visitor.js'
import type { BrowserClients } from './browser-clients.js'

/** The client of a browser, which a browser that has none gets now. */
export async function knownClient(clients: BrowserClients, visitor: Visitor): Promise<ClientsTable> {
  if (!visitor.client) Object.assign(visitor, await clients.create(visitor.devBrowserId))
  return requireClient(visitor)
}
