import { rename } from 'node:fs/promises'
import { Migrator, sql } from 'kysely'
import Libsql from 'libsql'
import { expect, onTestFinished, test, vi } from 'vitest'
import { temporaryFolder } from '../../../test/support/command-line.js'
import type { Database, Queries } from '../src/database/database.js'
import { migrate } from '../src/database/migrate.js'
import { migrations } from '../src/database/migrations/index.js'
import { openSqlite } from '../src/database/sqlite.js'
import type { SearchField } from '../src/database/user-search/user-search.js'

function open(path: string): Database {
  const database = openSqlite(path)
  onTestFinished(() => database.close())
  return database
}

/** A file with the schema of this version. */
async function startFile() {
  const path = `${await temporaryFolder()}/clerk.sqlite`
  const database = open(path)
  await migrate(database)
  const stranger = new Libsql(path)
  onTestFinished(() => void stranger.close())
  return {
    path,
    database,
    /** Another connection, which sees what is committed. */
    stranger,
    /** How many users the indexes are behind by. */
    behind: () => stranger.prepare('select rank from user_search_backlog').all().length,
  }
}

/** The users with these numbers, with an address each, as one transaction. */
async function insert({ queries }: Database, first: number, last: number): Promise<void> {
  const numbers = sql`with recursive numbers (n) as (select ${sql.lit(first)} union all select n + 1 from numbers where n < ${last})`
  await queries.transaction().execute(async (transaction) => {
    await sql`insert into users (id, username, first_name, last_name, external_id, public_metadata, private_metadata,
        unsafe_metadata, banned, locked, delete_self_enabled, create_organization_enabled, bypass_client_trust,
        created_at, updated_at)
      ${numbers} select 'user_' || n, 'ada-' || n, 'Ada', 'Lovelace ' || n, 'customer-' || n, '{}', '{}', '{}', 0, 0, 1, 1, 0, n, n
      from numbers`.execute(transaction)
    await sql`insert into identifications (id, user_id, type, value, status, position, created_at, updated_at)
      ${numbers} select type || n, 'user_' || n, type, start || n || rest, 'verified', 0, n, n
      from numbers cross join (
        select 'email_address' as type, 'countess' as start, '@example.com' as rest union all select 'phone_number', '+1415', '00'
      )`.execute(transaction)
  })
}

const fields: [SearchField, string][] = [
  ['any', 'customer-'],
  ['any', 'Lovelace'],
  ['email_address', 'countess'],
  ['phone_number', '1415'],
  ['username', 'ada-'],
  ['name', 'ada love'],
]

/** What is found in each field, as the ids of users. */
async function foundIn(database: Database, first = ''): Promise<string[][]> {
  await database.catchUpSearch?.()
  const ids = async (field: SearchField, part: string) => {
    const found = await database.userSearch.found([{ field, part: part + first }])
    const rows = await database.queries.selectFrom('users').select('id').where(found).orderBy('created_at').execute()
    return rows.map(({ id }) => id)
  }
  return Promise.all(fields.map(([field, part]) => ids(field, part)))
}

const inEveryField = (...ids: string[]) => fields.map(() => ids)

test('a commit leaves the indexes behind, and whoever searches brings them up to date', async () => {
  const { database, behind } = await startFile()
  await insert(database, 1, 3)
  expect(await foundIn(database)).toEqual(inEveryField('user_1', 'user_2', 'user_3'))
  expect(behind()).toBe(0)
})

test('a commit that would leave hundreds of users behind brings the indexes up to date itself', async () => {
  const { database, behind } = await startFile()
  await insert(database, 1, 300)
  expect(behind()).toBe(0)
})

test('when nobody writes or searches for a moment, the indexes are brought up to date', async () => {
  const { database, behind } = await startFile()
  await insert(database, 1, 3)
  await vi.waitFor(() => expect(behind()).toBe(0), { timeout: 10_000 })
  await sql`update users set last_name = null where id = 'user_2'`.execute(database.queries)
  await vi.waitFor(() => expect(behind()).toBe(0), { timeout: 10_000 })
  expect((await foundIn(database)).at(-1)).toEqual(['user_1', 'user_3'])
})

test('what was left behind when the file was closed is found by whoever opens it next', async () => {
  const { path, database, stranger, behind } = await startFile()
  await insert(database, 1, 2)
  await database.close()
  stranger.exec(`pragma foreign_keys = on; delete from users where id = 'user_1'; update users set username = 'ada-2b'`)
  expect(behind()).toBeGreaterThan(0)
  const next = open(path)
  expect(await foundIn(next)).toEqual(inEveryField('user_2'))
  expect(behind()).toBe(0)
})

test('each of two who have the file open finds at once what the other has written', async () => {
  const { path, database: one } = await startFile()
  const other = open(path)
  const expected: string[] = []
  for (let n = 1; n <= 10; n++) {
    const [writing, searching] = n % 2 ? [one, other] : [other, one]
    await insert(writing, n, n)
    expected.push(`user_${n}`)
    expect(await foundIn(searching)).toEqual(inEveryField(...expected))
  }
})

test('many who search at the same time, amid writes, find all that was committed before', async () => {
  const { path, database: one } = await startFile()
  const other = open(path)
  await Promise.all(
    [one, other].map(async (database, half) => {
      for (let n = 1; n <= 20; n++) {
        const number = half * 100 + n
        await insert(database, number, number)
        const searches = await Promise.all([1, 2, 3].map(() => foundIn(database)))
        for (const found of searches.flat()) expect(found).toContain(`user_${number}`)
      }
    }),
  )
  const all = [...Array(20).keys()].flatMap((n) => [`user_${n + 1}`, `user_${n + 101}`])
  for (const found of await foundIn(one)) expect(found.toSorted()).toEqual(all.toSorted())
})

test('a user who comes after one who is gone, with the same rank, is found in their stead', async () => {
  const { database } = await startFile()
  await insert(database, 1, 1)
  expect(await foundIn(database)).toEqual(inEveryField('user_1'))
  await database.queries.transaction().execute(async (transaction) => {
    await transaction.deleteFrom('users').execute()
    await sql`insert into users (id, public_metadata, private_metadata, unsafe_metadata, banned, locked, delete_self_enabled,
      create_organization_enabled, bypass_client_trust, created_at, updated_at)
      values ('user_new', '{}', '{}', '{}', 0, 0, 1, 1, 0, 1, 1)`.execute(transaction)
  })
  expect(await foundIn(database)).toEqual(inEveryField())
})

test('where the indexes cannot be brought up to date, nobody searches, and everything else is read', async () => {
  const { path, database, stranger } = await startFile()
  await insert(database, 1, 1)
  expect(await foundIn(database)).toEqual(inEveryField('user_1'))
  stranger.exec(`update users set first_name = 'Augusta Ada'`)
  await rename(path, `${path}.elsewhere`)
  const error = await foundIn(database).catch((failure: unknown) => failure)
  expect([String(error), database.unavailable(error)]).toEqual([expect.stringContaining('removed or replaced'), true])
  expect(await database.queries.selectFrom('users').select('first_name').execute()).toEqual([
    { first_name: 'Augusta Ada' },
  ])
  await rename(`${path}.elsewhere`, path)
  expect(await foundIn(database)).toEqual(inEveryField('user_1'))
})

test('users of a database with one index are found in every field', async () => {
  const database = open(`${await temporaryFolder()}/clerk.sqlite`)
  const former = Object.entries(migrations(database)).filter(([name]) => name < '0021')
  const provider = { getMigrations: async () => Object.fromEntries(former) }
  const { error } = await new Migrator({ db: database.queries, provider }).migrateToLatest()
  expect(error).toBeUndefined()
  await insert(database, 1, 3)
  await bringUpToDateAsFormerly(database.queries)

  expect(await migrate(database)).toContain('0021-field-searches')
  expect(await foundIn(database)).toEqual(inEveryField('user_1', 'user_2', 'user_3'))
  await database.queries.deleteFrom('users').where('id', '=', 'user_1').execute()
  await sql`update users set first_name = 'Ada' where id = 'user_2'`.execute(database.queries)
  expect(await foundIn(database)).toEqual(inEveryField('user_2', 'user_3'))
})

/** What was done before each commit, while there was one index. */
async function bringUpToDateAsFormerly(queries: Queries): Promise<void> {
  await sql`insert or replace into user_search_index (rowid, email_addresses, phone_numbers, username, names, ids)
    select texts.rank, email_addresses, phone_numbers, username, names, ids
    from user_search_backlog cross join user_search_texts as texts on texts.rank = user_search_backlog.rank`.execute(
    queries,
  )
  await sql`delete from user_search_backlog`.execute(queries)
}
