import type { Clock } from '../clock.js'
import type { Database, Queries } from '../database/database.js'
import { countOf, newestFirst } from '../database/lists.js'
import type { JWTTemplatesTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { Ids } from '../ids.js'

export type JWTTemplateValues = Omit<JWTTemplatesTable, 'id' | 'created_at' | 'updated_at'>

/** What keeps a secret from whoever reads the database. */
export interface Sealing {
  /** @param place the column and the row of the text */
  seal(place: string, text: string): string
  open(place: string, sealed: string): string
}

export interface JWTTemplateStore {
  /** The newest first. */
  list(page: { limit: number; offset: number }): Promise<JWTTemplatesTable[]>
  count(): Promise<number>
  /** @throws ApiError `resource_not_found` */
  get(id: string): Promise<JWTTemplatesTable>
  /** @throws ApiError `resource_not_found` */
  named(name: string): Promise<JWTTemplatesTable>
  /** @throws ApiError `form_identifier_exists` */
  create(values: JWTTemplateValues): Promise<JWTTemplatesTable>
  /**
   * @param change what the template is to be, from what it is
   * @throws ApiError `resource_not_found`, `form_identifier_exists`
   */
  update(id: string, change: (before: JWTTemplateValues) => JWTTemplateValues): Promise<JWTTemplatesTable>
  /** @throws ApiError `resource_not_found` */
  delete(id: string): Promise<void>
}

/** Templates with their keys as they were given: only in the database they are sealed. */
export function createJWTTemplateStore(database: Database, sealing: Sealing, clock: Clock, ids: Ids): JWTTemplateStore {
  const { queries } = database

  const opened = (row: JWTTemplatesTable): JWTTemplatesTable => ({
    ...row,
    signing_key: row.signing_key === null ? null : sealing.open(placeOf(row.id), row.signing_key),
  })

  const sealed = (id: string, values: JWTTemplateValues): JWTTemplateValues => ({
    ...values,
    signing_key: values.signing_key === null ? null : sealing.seal(placeOf(id), values.signing_key),
  })

  async function find(column: 'id' | 'name', value: string, within: Queries = queries): Promise<JWTTemplatesTable> {
    const row = await within.selectFrom('jwt_templates').selectAll().where(column, '=', value).executeTakeFirst()
    if (!row) throw notFound(column, value)
    return opened(row)
  }

  async function namingTaken<Result>(work: () => Promise<Result>): Promise<Result> {
    try {
      return await work()
    } catch (error) {
      if (database.violated(error) !== 'jwt_templates_name') throw error
      throw new ApiError('form_identifier_exists', { param: 'name', message: 'is taken by another template' })
    }
  }

  return {
    get: (id) => find('id', id),
    named: (name) => find('name', name),

    async list(page) {
      const rows = await newestFirst(queries.selectFrom('jwt_templates').selectAll(), page).execute()
      return rows.map(opened)
    },

    count: () => countOf(queries.selectFrom('jwt_templates')),

    create: (values) =>
      namingTaken(async () => {
        const id = ids('jwtTemplate')
        const now = clock()
        const row = { ...values, id, created_at: now, updated_at: now }
        await queries
          .insertInto('jwt_templates')
          .values({ ...row, ...sealed(id, values) })
          .execute()
        return row
      }),

    update: (id, change) =>
      namingTaken(() =>
        queries.transaction().execute(async (transaction) => {
          const now = clock()
          // Written first, which locks the row: nobody changes it between being read and being written.
          await transaction.updateTable('jwt_templates').set({ updated_at: now }).where('id', '=', id).execute()
          const { id: _, created_at, updated_at, ...before } = await find('id', id, transaction)
          const values = change(before)
          await transaction.updateTable('jwt_templates').set(sealed(id, values)).where('id', '=', id).execute()
          return { ...values, id, created_at, updated_at }
        }),
      ),

    async delete(id) {
      const row = await queries.deleteFrom('jwt_templates').where('id', '=', id).returning('id').executeTakeFirst()
      if (!row) throw notFound('id', id)
    },
  }
}

const placeOf = (id: string) => `jwt_templates.signing_key:${id}`

const notFound = (what: string, value: string) =>
  new ApiError('resource_not_found', { message: `there is no template with the ${what} ${value}` })
