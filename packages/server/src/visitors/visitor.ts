import type { ClientsTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { Settings } from '../settings/settings.js'

/** Who asks the Frontend API: a browser, and what it has proven. */
export interface Visitor {
  /** `YYYY-MM-DD` */
  apiVersion: string
  /** The site whose page asks: the one that tokens are made for. */
  origin: string | undefined
  ipAddress: string | undefined
  userAgent: string | undefined
  /** How the instance behaves at the moment: nobody need ask for it in the middle of a transaction. */
  settings: Settings
  /** The browser's client; `undefined` for one that is new, or has proven nothing. */
  client: ClientsTable | undefined
  /** The token by which the browser will prove itself from now on; `null` when it is to forget the one it has. */
  token?: string | null
  /** Further Set-Cookie values for the browser. */
  cookies?: string[]
  /** The dev browser that was named, of a development instance. */
  devBrowserId: string | undefined
  /** The session that a request is about, where it names one. */
  sessionId: string | undefined
}

/** @throws ApiError `signed_out` */
export function requireClient({ client }: Visitor): ClientsTable {
  if (client) return client
  throw new ApiError('signed_out', { message: 'this browser is not known: sign in first' })
}
