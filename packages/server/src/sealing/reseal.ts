import { sql } from 'kysely'
import type { Queries } from '../database/database.js'
import { StartupError } from '../startup-error.js'
import { type Sealing, sealedPrefix } from './sealing.js'

/** Every column that holds sealed texts, with the column that tells its rows apart. */
const sealedColumns = [
  { table: 'instance', id: 'id', column: 'root_secret' },
  { table: 'signing_keys', id: 'kid', column: 'private_key' },
  { table: 'secret_keys', id: 'id', column: 'readable' },
  { table: 'jwt_templates', id: 'id', column: 'signing_key' },
  { table: 'totps', id: 'id', column: 'secret' },
] as const

type SealedColumn = (typeof sealedColumns)[number]
type SealedTable = SealedColumn['table']

/** Where a text is kept, as {@link Sealing} asks for it. */
export const placeOf = (table: SealedTable, id: string) =>
  `${table}.${sealedColumns.find((one) => one.table === table)?.column}:${id}`

/**
 * Seals what is not yet sealed with the encryption key of today: what was kept before there was one, and what was sealed
 * with the one before. Without an encryption key it only makes sure that nothing is sealed.
 *
 * @throws StartupError when something is sealed with a key that is not at hand
 */
export async function reseal(queries: Queries, sealing: Sealing): Promise<void> {
  for (const sealedColumn of sealedColumns) {
    const { table, id, column } = sealedColumn
    for (const row of await otherwiseSealed(queries, sealing, sealedColumn)) {
      const place = placeOf(table, row.id)
      const sealed = sealing.seal(place, sealing.open(place, row.text))
      // Only if it is what it was: another server may be doing the same.
      await sql`update ${sql.table(table)} set ${sql.ref(column)} = ${sealed}
        where ${sql.ref(id)} = ${row.id} and ${sql.ref(column)} = ${row.text}`.execute(queries)
    }
  }
}

/**
 * Makes sure that the encryption key at hand is the one that the servers have: what is written is for them to open.
 *
 * @throws StartupError when it is not
 */
export async function requireSealedAsGiven(queries: Queries, sealing: Sealing): Promise<void> {
  for (const sealedColumn of sealedColumns) {
    const [row] = await otherwiseSealed(queries, sealing, sealedColumn)
    if (!row) continue
    sealing.open(placeOf(sealedColumn.table, row.id), row.text)
    throw new StartupError(
      'the keys of this instance are not sealed with that encryption key: start its servers with it first',
    )
  }
}

/** The rows of a column that are not as texts are that are sealed now. */
async function otherwiseSealed(queries: Queries, sealing: Sealing, { table, id, column }: SealedColumn) {
  const text = sql.ref(column)
  const asNow =
    sealing.current === undefined
      ? sql`${text} not like ${`${sealedPrefix}%`}`
      : sql`${text} like ${`${sealing.current}%`}`
  const { rows } = await sql<{ id: string; text: string }>`select ${sql.ref(id)} as id, ${text} as text
    from ${sql.table(table)} where ${text} is not null and not (${asNow})`.execute(queries)
  return rows
}
