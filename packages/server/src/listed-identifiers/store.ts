import type { Clock } from '../clock.js'
import type { Database, TransactionQueries } from '../database/database.js'
import { countOf, newestFirst } from '../database/lists.js'
import type { ListedIdentifiersTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { Ids } from '../ids.js'

type List = ListedIdentifiersTable['list']

export type NewListedIdentifier = Pick<ListedIdentifiersTable, 'identifier' | 'identifier_type' | 'pattern'>

/** What else happens when an identifier is put on a list, and the invitation that tells of it, if there is one. */
export type Alongside = (transaction: TransactionQueries) => Promise<string | null>

/** One of the two lists. */
export interface ListedIdentifierStore {
  /** The newest first. */
  list(page: { limit: number; offset: number }): Promise<ListedIdentifiersTable[]>
  count(): Promise<number>
  /** @throws ApiError `duplicate_record`, and whatever `alongside` throws */
  create(identifier: NewListedIdentifier, alongside?: Alongside): Promise<ListedIdentifiersTable>
  /** @throws ApiError `resource_not_found` */
  delete(id: string): Promise<void>
}

const idKinds = { allowlist: 'allowlistIdentifier', blocklist: 'blocklistIdentifier' } as const

export function createListedIdentifierStore(
  list: List,
  database: Database,
  clock: Clock,
  ids: Ids,
): ListedIdentifierStore {
  const { queries } = database
  const listed = () => queries.selectFrom('listed_identifiers').where('list', '=', list)

  return {
    list: (page) => newestFirst(listed().selectAll(), page).execute(),

    count: () => countOf(listed()),

    create: (identifier, alongside) =>
      queries.transaction().execute(async (transaction) => {
        const now = clock()
        const row: ListedIdentifiersTable = {
          ...identifier,
          id: ids(idKinds[list]),
          list,
          invitation_id: (await alongside?.(transaction)) ?? null,
          created_at: now,
          updated_at: now,
        }
        try {
          await transaction.insertInto('listed_identifiers').values(row).execute()
        } catch (error) {
          if (database.violated(error) !== 'listed_identifiers_pattern') throw error
          throw new ApiError('duplicate_record', { param: 'identifier', message: `is on the ${list} already` })
        }
        return row
      }),

    async delete(id) {
      const { numDeletedRows } = await queries
        .deleteFrom('listed_identifiers')
        .where('list', '=', list)
        .where('id', '=', id)
        .executeTakeFirst()
      if (numDeletedRows > 0n) return
      throw new ApiError('resource_not_found', { message: `there is no ${list} identifier with the id ${id}` })
    },
  }
}
