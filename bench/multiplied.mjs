import { createHash } from 'node:crypto'
import Libsql from 'libsql'
import pg from 'pg'

/**
 * Rows for a database of the server's, written right into it.
 *
 * @typedef {Record<string, unknown>} Row
 * @typedef {{ rows(table: string): Promise<Row[]>, insert(table: string, rows: Row[]): Promise<void>, settle(): Promise<void> }} Tables
 */

/** @param {string} file @returns {Tables} */
export function sqliteTables(file) {
  const database = new Libsql(file)
  database.exec('pragma synchronous = off; pragma cache_size = -400000')
  return {
    rows: async (table) => /** @type {Row[]} */ (database.prepare(`select * from ${table}`).all()),
    async insert(table, rows) {
      const columns = Object.keys(/** @type {Row} */ (rows[0]))
      const values = columns.map((column) => `value ->> '${column}'`)
      database.prepare(`insert into ${table} (${columns}) select ${values} from json_each(?)`).run(JSON.stringify(rows))
      if (table === 'identifications') database.exec(searchSettlement)
    },
    async settle() {
      database.exec('pragma wal_checkpoint(truncate)')
      database.close()
    },
  }
}

/** What the server does when somebody searches, or some hundreds are new (database/user-search/sqlite-settlement.ts). */
const searchSettlement = `
  insert into user_search_texts (rank, email_addresses, phone_numbers, username, names, ids)
    select texts.rank, email_addresses, phone_numbers, username, names, ids
    from user_search_backlog cross join user_search_texts as texts on texts.rank = user_search_backlog.rank;
  delete from user_search_backlog`

/** @param {string} url @returns {Promise<Tables>} */
export async function postgresTables(url) {
  const client = new pg.Client(url)
  await client.connect()
  return {
    rows: async (table) => (await client.query(`select * from ${table}`)).rows,
    async insert(table, rows) {
      const columns = Object.keys(/** @type {Row} */ (rows[0]))
      const all = `json_populate_recordset(null::${table}, $1)`
      await client.query(`insert into ${table} (${columns}) select ${columns} from ${all}`, [JSON.stringify(rows)])
    },
    async settle() {
      // As the server of the database does by itself, some time after so many rows.
      await client.query('vacuum analyze')
      await client.end()
    },
  }
}

const start = Date.UTC(2020, 0)
/** How many users are written at once, at most: an index of many small pieces is what one has after a while. */
const batch = 5000

/**
 * Adds users to a database that has one, made in its image: with an e-mail address each, and every other with a number.
 *
 * @param {Tables} tables
 * @param {number} users how many there are to be
 */
export async function multiply(tables, users) {
  const [user] = await tables.rows('users')
  const [identification] = await tables.rows('identifications')
  const size = Math.min(batch, users / 20)
  for (let n = 1; n < users; n += size) {
    const numbers = Array.from({ length: Math.min(size, users - n) }, (_, index) => n + index)
    await tables.insert(
      'users',
      numbers.map((number) => ({ ...withoutMeta(user), ...userRow(number) })),
    )
    await tables.insert(
      'identifications',
      numbers.flatMap((number) => addressRows(number).map((row) => ({ ...withoutMeta(identification), ...row }))),
    )
  }
  await tables.settle()
}

/** What libsql adds to a row. @param {Row | undefined} row */
const withoutMeta = (row) => {
  const { _metadata, ...columns } = row ?? {}
  return columns
}

/** @param {number} n */
const userRow = (n) => ({
  id: idOf(n),
  external_id: `customer-${n}`,
  username: `name_${n}`,
  first_name: name(n, 'first'),
  last_name: n % 1000 === 7 ? `Lovelace ${name(n, 'last')}` : name(n, 'last'),
  primary_email_address_id: `idn_e${n}`,
  primary_phone_number_id: hasPhone(n) ? `idn_p${n}` : null,
  banned: n % 1000 === 1 ? 1 : 0,
  created_at: start + n * 100,
  updated_at: start + chance(n, 'updated') * 100,
  last_active_at: n % 3 === 0 ? null : start + chance(n, 'active'),
  last_sign_in_at: n % 3 === 0 ? null : start + chance(n, 'sign-in'),
})

/** @param {number} n */
const addressRows = (n) => [
  { id: `idn_e${n}`, user_id: idOf(n), type: 'email_address', value: `user${n}@example.com`, position: 0 },
  ...(hasPhone(n)
    ? [{ id: `idn_p${n}`, user_id: idOf(n), type: 'phone_number', value: `+1${2_000_000_000 + n}`, position: 1 }]
    : []),
]

/** @param {number} n */
const hasPhone = (n) => n % 2 === 0

/** @param {number} n */
export const idOf = (n) =>
  `user_${String(n).padStart(8, '0')}${hash(n, 'id').toString('base64url').replace(/\W/g, 'x').slice(0, 19)}`

/** @param {number} n @param {string} what */
const hash = (n, what) => createHash('sha1').update(`${what} ${n}`).digest()
/** @param {number} n @param {string} what */
const chance = (n, what) => hash(n, what).readUInt32BE() % 1_000_000_000

const syllables =
  'ba be bi bo da de di do ka ke ki ko la le li lo ma me mi mo na ne ni no ra re ri ro sa se si so'.split(' ')

/** One of some thirty thousand. @param {number} n @param {string} what */
function name(n, what) {
  const [a = 0, b = 0, c = 0] = hash(n, what)
  const text = [a, b, c].map((byte) => syllables[byte % syllables.length]).join('')
  return text.charAt(0).toUpperCase() + text.slice(1)
}
