import type { Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { BrowserClients } from '../clients/browser-clients.js'
import type { DevBrowserStore } from '../dev-browsers/store.js'
import { ApiError } from '../errors.js'
import type { ClientAddress } from '../http/client-address.js'
import type { Environment } from '../options.js'
import type { SettingsStore } from '../settings/store.js'
import { type Origins, originOf } from './origins.js'
import type { Visitor } from './visitor.js'

interface IdentifyParts {
  environment: Environment
  clients: BrowserClients
  devBrowsers: DevBrowserStore
  origins: Origins
  settings: Pick<SettingsStore, 'current'>
  /** Tokens may be signed for whoever asks. */
  keys: { refresh(): Promise<void> }
  clientAddress: ClientAddress
}

/**
 * Finds out who asks: by the cookie, by the `Authorization` header of applications that have no cookies, or, of a
 * development instance, by the token of a dev browser in the query.
 *
 * @param method which may be another than the one it was sent by
 * @param passing whether a person is only sent on to another page: what their browser proves that is no good counts as
 *   nothing then, for there is no script to get over an error
 * @throws ApiError those of {@link originOf}, `cookie_invalid`, `dev_browser_unauthenticated`
 */
export const identifier =
  ({ environment, clients, devBrowsers, origins, settings, keys, clientAddress }: IdentifyParts) =>
  async (c: Context, method: string, apiVersion: string, passing: boolean): Promise<Visitor> => {
    await keys.refresh()
    const visitor: Visitor = {
      apiVersion,
      origin: await originOf(c, method === 'GET', origins),
      ipAddress: clientAddress(c),
      userAgent: c.req.header('user-agent'),
      settings: await settings.current(),
      client: undefined,
      devBrowserId: undefined,
      sessionId: c.req.query('_clerk_session_id'),
    }
    const token = getCookie(c, '__client') ?? c.req.header('authorization')?.replace(/^Bearer +/i, '')
    if (token) visitor.client = await clients.find(token).catch(passing ? forgetting(visitor) : undefined)

    const devToken = environment === 'development' ? c.req.query('__clerk_db_jwt') : undefined
    const devBrowser = devToken ? await devBrowsers.find(devToken) : undefined
    if (devToken && !devBrowser && !visitor.client && !passing) throw new ApiError('dev_browser_unauthenticated')
    if (!devBrowser) return visitor
    visitor.devBrowserId = devBrowser.id
    const { client_id } = devBrowser
    if (client_id !== null) visitor.client ??= await clients.get(client_id)
    return visitor
  }

const forgetting = (visitor: Visitor) => (error: unknown) => {
  if (!(error instanceof ApiError)) throw error
  visitor.token = null
  return undefined
}
