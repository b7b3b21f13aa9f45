import type { ListedIdentifiersTable } from '../database/tables/index.js'
import type { HandlersUnder } from '../http/mount.js'
import type { Served } from '../unserved.js'
import type { Announce } from './announcement.js'
import { patternOf } from './pattern.js'
import type { ListedIdentifierStore } from './store.js'
import { allowlistIdentifierView, blocklistIdentifierView } from './view.js'

export function allowlistBackend(
  allowlist: ListedIdentifierStore,
  announce: Announce,
  instanceId: string,
): HandlersUnder<Served, 'allowlist_identifiers'> {
  const view = (row: ListedIdentifiersTable) => allowlistIdentifierView(row, instanceId)

  return {
    'GET /allowlist_identifiers': async ({ query: { paginated, ...page } }) => {
      const data = (await allowlist.list(page)).map(view)
      return paginated ? { data, total_count: await allowlist.count() } : data
    },

    'POST /allowlist_identifiers': async ({ body: { identifier, notify } }) => {
      const pattern = patternOf(identifier)
      const alongside = notify ? await announce(pattern) : undefined
      return view(await allowlist.create({ identifier, ...pattern }, alongside))
    },

    'DELETE /allowlist_identifiers/{identifier_id}': async ({ params: { identifier_id } }) => {
      await allowlist.delete(identifier_id)
      return { object: 'allowlist_identifier', id: identifier_id, deleted: true }
    },
  }
}

export function blocklistBackend(
  blocklist: ListedIdentifierStore,
  instanceId: string,
): HandlersUnder<Served, 'blocklist_identifiers'> {
  const view = (row: ListedIdentifiersTable) => blocklistIdentifierView(row, instanceId)

  return {
    'GET /blocklist_identifiers': async ({ query }) => ({
      data: (await blocklist.list(query)).map(view),
      total_count: await blocklist.count(),
    }),

    'POST /blocklist_identifiers': async ({ body: { identifier } }) =>
      view(await blocklist.create({ identifier, ...patternOf(identifier) })),

    'DELETE /blocklist_identifiers/{identifier_id}': async ({ params: { identifier_id } }) => {
      await blocklist.delete(identifier_id)
      return { object: 'blocklist_identifier', id: identifier_id, deleted: true }
    },
  }
}
