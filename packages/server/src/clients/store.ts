import type { Database } from '../database/database.js'
import { countOf, newestFirst } from '../database/lists.js'
import type { ClientsTable, SessionsTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'

export interface StoredClient {
  row: ClientsTable
  /** The newest first. */
  sessions: SessionsTable[]
}

export interface ClientStore {
  /** The newest first. */
  list(page: { limit: number; offset: number }): Promise<StoredClient[]>
  count(): Promise<number>
  /** @throws ApiError `resource_not_found` */
  get(id: string): Promise<StoredClient>
}

export function createClientStore(database: Database): ClientStore {
  const { queries } = database

  /** Clients with their sessions, in one statement, so that they are of one moment. */
  const selected = () =>
    queries
      .selectFrom('clients')
      .selectAll('clients')
      .select((clients) =>
        database
          .jsonRows(
            clients
              .selectFrom('sessions')
              .select(sessionColumns)
              .whereRef('client_id', '=', 'clients.id')
              .orderBy('created_at', 'desc')
              .orderBy('id', 'desc'),
          )
          .as('sessions'),
      )

  return {
    list: async (page) => (await newestFirst(selected(), page).execute()).map(stored),

    count: () => countOf(queries.selectFrom('clients')),

    async get(id) {
      const found = await selected().where('clients.id', '=', id).executeTakeFirst()
      if (!found) throw new ApiError('resource_not_found', { message: `there is no client with the id ${id}` })
      return stored(found)
    },
  }
}

const sessionColumns = [
  'id',
  'client_id',
  'user_id',
  'status',
  'last_active_at',
  'expire_at',
  'abandon_at',
  'first_factor_at',
  'second_factor_at',
  'user_agent',
  'ip_address',
  'created_at',
  'updated_at',
] as const satisfies readonly (keyof SessionsTable)[]

const stored = ({ sessions, ...row }: ClientsTable & { sessions: string }): StoredClient => ({
  row,
  sessions: JSON.parse(sessions) as SessionsTable[],
})
