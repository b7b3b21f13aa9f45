import type { Backend, RouteRequest } from '@clerk-server/contract'
import type { Clock } from '../clock.js'
import type { Database } from '../database/database.js'
import { countOf, newestFirst } from '../database/lists.js'
import type { RedirectUrlsTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { Ids } from '../ids.js'

type Page = Pick<RouteRequest<Backend, 'GET /redirect_urls', 'output'>['query'], 'limit' | 'offset'>

export interface RedirectUrlStore {
  /** The newest first. */
  list(page: Page): Promise<RedirectUrlsTable[]>
  count(): Promise<number>
  /** @throws ApiError `resource_not_found` */
  get(id: string): Promise<RedirectUrlsTable>
  /** Whether a URL is on the list, however it is spelt. */
  has(url: string): Promise<boolean>
  /** @throws ApiError `duplicate_record` */
  create(url: string): Promise<RedirectUrlsTable>
  /** @throws ApiError `resource_not_found` */
  delete(id: string): Promise<void>
}

export function createRedirectUrlStore(database: Database, clock: Clock, ids: Ids): RedirectUrlStore {
  const { queries } = database

  return {
    list: (page) => newestFirst(queries.selectFrom('redirect_urls').selectAll(), page).execute(),

    count: () => countOf(queries.selectFrom('redirect_urls')),

    async get(id) {
      const row = await queries.selectFrom('redirect_urls').selectAll().where('id', '=', id).executeTakeFirst()
      if (!row) throw notFound(id)
      return row
    },

    async has(url) {
      const listed = queries.selectFrom('redirect_urls').select('id').where('target', '=', targetOf(url))
      return (await listed.executeTakeFirst()) !== undefined
    },

    async create(url) {
      const now = clock()
      const row = { id: ids('redirectUrl'), url, target: targetOf(url), created_at: now, updated_at: now }
      try {
        await queries.insertInto('redirect_urls').values(row).execute()
      } catch (error) {
        if (database.violated(error) !== 'redirect_urls_target') throw error
        throw new ApiError('duplicate_record', { param: 'url', message: 'is a redirect URL already' })
      }
      return row
    },

    async delete(id) {
      const { numDeletedRows } = await queries.deleteFrom('redirect_urls').where('id', '=', id).executeTakeFirst()
      if (numDeletedRows === 0n) throw notFound(id)
    },
  }
}

const notFound = (id: string) =>
  new ApiError('resource_not_found', { message: `there is no redirect URL with the id ${id}` })

/** As a URL parser writes it (WHATWG): case of scheme and host, a default port and an empty path make no difference. */
const targetOf = (url: string) => new URL(url).href
