import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Kysely, Migrator, sql } from 'kysely'
import Libsql from 'libsql'
import { expect, onTestFinished, test } from 'vitest'
import type { Queries } from '../src/database/database.js'
import { openSqlite } from '../src/database/sqlite.js'

/** A database with a table of notes, closed and removed when the test is over. */
async function notebook() {
  const folder = await mkdtemp(join(tmpdir(), 'clerk-server-'))
  const path = join(folder, 'notes.sqlite')
  const database = openSqlite(path)
  const { queries } = database
  await sql`create table notes (text text primary key, of text references notes deferrable initially deferred)`.execute(
    queries,
  )
  const stranger = new Libsql(path)
  onTestFinished(async () => {
    stranger.close()
    await database.close()
    await rm(folder, { recursive: true })
  })
  return {
    ...database,
    path,
    /** Another connection, which sees what is committed. */
    stranger,
    kept: () => (stranger.prepare('select text from notes order by rowid').all() as Note[]).map(({ text }) => text),
  }
}

interface Note {
  text: string
}

const write = (queries: Queries, text: string, of: string | null = null) =>
  sql`insert into notes (text, of) values (${text}, ${of})`.execute(queries)

const notes = async (queries: Queries) =>
  (await sql<Note>`select text from notes order by rowid`.execute(queries)).rows.map(({ text }) => text)

/** Writes a note in a transaction of its own, and more if told to. */
const transact = (queries: Queries, text: string, more = async (_transaction: Queries) => {}) =>
  queries.transaction().execute(async (transaction) => {
    await write(transaction, text)
    await more(transaction)
    return text
  })

const fail = async () => {
  throw new Error('on purpose')
}

/** How many commits are in the write-ahead log of a file (SQLite's documentation, "WAL-mode File Format"). */
async function commits(path: string): Promise<number> {
  const log = await readFile(`${path}-wal`)
  const frame = 24 + log.readUInt32BE(8)
  let count = 0
  for (let at = 32; at + frame <= log.length; at += frame) {
    const isOfThisLog = log.compare(log, 16, 24, at + 8, at + 16) === 0
    if (isOfThisLog && log.readUInt32BE(at + 4) > 0) count++
  }
  return count
}

test('100 writes at the same time are committed fewer than 10 times, transactions and single statements alike', async () => {
  const { queries, path, kept } = await notebook()
  const before = await commits(path)
  const texts = Array.from({ length: 100 }, (_, n) => `note ${n}`)
  await Promise.all(texts.map((text, n) => (n % 2 ? transact(queries, text) : write(queries, text))))
  expect(kept()).toEqual(texts)
  expect((await commits(path)) - before).toBeLessThan(10)
})

test('nobody is told of a write before it is committed', async () => {
  const { queries, kept } = await notebook()
  const keptWhenTold = (text: string) => () => kept().includes(text)
  const told = await Promise.all([
    ...['a', 'b', 'c'].map((text) => transact(queries, text).then(keptWhenTold(text))),
    ...['d', 'e', 'f'].map((text) => write(queries, text).then(keptWhenTold(text))),
  ])
  expect(told).toEqual(Array(6).fill(true))
})

test.each([
  { which: 'first', order: ['wrong', 'a', 'b'] },
  { which: 'second', order: ['a', 'wrong', 'b'] },
  { which: 'last', order: ['a', 'b', 'wrong'] },
])('of a group whose $which transaction fails, that one leaves nothing, and the others stay', async ({ order }) => {
  const { queries, kept } = await notebook()
  const results = await Promise.allSettled(
    order.map((text) => transact(queries, text, text === 'wrong' ? fail : undefined)),
  )
  expect(results.map((result) => (result.status === 'rejected' ? result.reason.message : result.value))).toEqual(
    order.map((text) => (text === 'wrong' ? 'on purpose' : text)),
  )
  expect(kept()).toEqual(['a', 'b'])
})

test('a statement that fails in a transaction which goes on takes back only itself', async () => {
  const { queries, violated, kept } = await notebook()
  await Promise.all([
    transact(queries, 'a'),
    transact(queries, 'b', async (transaction) => {
      const failure = await write(transaction, 'a').catch((error: unknown) => error)
      expect(violated(failure)).toBeUndefined()
      expect(failure).toMatchObject({ message: 'UNIQUE constraint failed: notes.text' })
    }),
    expect(write(queries, 'a')).rejects.toThrow('UNIQUE constraint failed'),
  ])
  expect(kept()).toEqual(['a', 'b'])
})

test('a transaction sees what the ones before it in its group have written', async () => {
  const { queries } = await notebook()
  const seen: string[][] = []
  const look = async (transaction: Queries) => void seen.push(await notes(transaction))
  await Promise.all(['a', 'b', 'c'].map((text) => transact(queries, text, look)))
  expect(seen).toEqual([['a'], ['a', 'b'], ['a', 'b', 'c']])
})

test('a read never sees what is not committed, and waits for no transaction, nor does one inside of it', async () => {
  const { queries } = await notebook()
  const seen: string[][] = []
  const look = async () => void seen.push(await notes(queries))
  const written = transact(queries, 'a', async () => {
    await look()
    await sleep(10)
    await look()
  })
  await look()
  await written
  await look()
  expect(seen).toEqual([[], [], [], ['a']])
})

test('a transaction that waits for something else holds up the others, and nothing gets into it', async () => {
  const { queries, kept } = await notebook()
  const slow = transact(queries, 'a', async (transaction) => {
    await sleep(30)
    await write(transaction, 'b')
    await sleep(1)
    await fail()
  })
  const others = [transact(queries, 'c'), write(queries, 'd')]
  await expect(slow).rejects.toThrow('on purpose')
  await Promise.all(others)
  expect(kept()).toEqual(['c', 'd'])
})

test('a statement that a transaction did not wait for gets into no other one', async () => {
  const { queries, kept } = await notebook()
  const begun: Queries[] = []
  await Promise.all([
    transact(queries, 'a', async (transaction) => void begun.push(transaction)),
    transact(queries, 'b', async () => {
      for (const ended of begun) await expect(write(ended, 'late')).rejects.toThrow('the transaction is over')
    }),
  ])
  expect(begun).toHaveLength(1)
  expect(kept()).toEqual(['a', 'b'])
})

test('nothing of a group whose commit fails is acknowledged or kept, not even that something was taken', async () => {
  const { queries, kept } = await notebook()
  const results = await Promise.allSettled([
    transact(queries, 'a'),
    write(queries, 'b'),
    write(queries, 'a'),
    // Which the database finds out only when it commits.
    transact(queries, 'c', async (transaction) => void (await write(transaction, 'd', 'nobody'))),
    transact(queries, 'e', fail),
  ])
  for (const result of results) {
    expect(result).toMatchObject({ status: 'rejected', reason: { message: 'FOREIGN KEY constraint failed' } })
  }
  expect(kept()).toEqual([])
  await transact(queries, 'f')
  expect(kept()).toEqual(['f'])
})

test('a statement that finds the disk full fails the group it is in, and what comes after it in its transaction', async () => {
  const { queries, unavailable, kept } = await notebook()
  const pages = async (transaction: Queries, limit: number) =>
    void (await sql`pragma max_page_count = ${sql.lit(limit)}`.execute(transaction))
  await queries.transaction().execute((transaction) => pages(transaction, 1))
  const results = await Promise.allSettled([
    transact(queries, 'a'),
    transact(queries, 'b', async (transaction) => {
      await write(transaction, 'x'.repeat(100_000)).catch(() => {})
      await write(transaction, 'c')
    }),
  ])
  for (const result of results) {
    expect(result).toMatchObject({ status: 'rejected', reason: { code: 'SQLITE_FULL' } })
    expect(unavailable(result.status === 'rejected' && result.reason)).toBe(true)
  }
  expect(kept()).toEqual([])
  await transact(queries, 'd', (transaction) => pages(transaction, 1_000))
  expect(kept()).toEqual(['d'])
})

test('while another process writes, writes wait and reads do not', async () => {
  const { queries, stranger, kept } = await notebook()
  stranger.exec('begin immediate')
  stranger.exec("insert into notes (text) values ('theirs')")
  const written = Promise.all([transact(queries, 'a'), write(queries, 'b')])
  expect(await notes(queries)).toEqual([])
  await sleep(20)
  expect(await notes(queries)).toEqual([])
  stranger.exec('commit')
  await written
  expect(kept()).toEqual(['theirs', 'a', 'b'])
})

test('a transaction that only reads sees one moment, and holds up no write', async () => {
  const { queries } = await notebook()
  await write(queries, 'a')
  const reading = queries.transaction().setAccessMode('read only')
  await reading.execute(async (transaction) => {
    expect(await notes(transaction)).toEqual(['a'])
    await write(queries, 'b')
    expect(await notes(transaction)).toEqual(['a'])
    expect(await notes(queries)).toEqual(['a', 'b'])
    await expect(write(transaction, 'c')).rejects.toThrow('readonly')
  })
  await expect(reading.execute(fail)).rejects.toThrow('on purpose')
  expect(await notes(queries)).toEqual(['a', 'b'])
})

test('a database that is closed has first committed what was begun, all into one file, and takes nothing more', async () => {
  const { queries, close, kept, path } = await notebook()
  const written = [transact(queries, 'a', () => sleep(20)), write(queries, 'b')]
  await sleep(1)
  await close()
  await Promise.all(written)
  expect(kept()).toEqual(['a', 'b'])
  await expect(write(queries, 'c')).rejects.toThrow()
  expect(kept()).toEqual(['a', 'b'])
  expect(await readFile(`${path}-wal`)).toHaveLength(0)
})

test('a database in memory is read after what is being written, and is not kept from it by what fails', async () => {
  const { queries, close } = openSqlite(':memory:')
  onTestFinished(close)
  await sql`create table notes (text text primary key, of text)`.execute(queries)
  const texts = Array.from({ length: 20 }, (_, n) => `note ${n}`)
  const writing = texts.map((text, n) => (n % 2 ? transact(queries, text, () => sleep(1)) : write(queries, text)))
  const failing = expect(transact(queries, 'wrong', fail)).rejects.toThrow('on purpose')
  const reading = notes(queries)
  await Promise.all([...writing, failing])
  expect(await reading).toEqual(texts)
})

test('of migrations that are applied together, all are kept or none', async () => {
  const { queries, stranger } = await notebook()
  const step = (work: (db: Kysely<unknown>) => Promise<unknown>) => ({
    up: async (db: Kysely<unknown>) => void (await work(db)),
  })
  const steps = {
    '1': step((db) => db.schema.createTable('first').addColumn('id', 'integer').execute()),
    '2': step((db) => db.schema.createTable('notes').addColumn('id', 'integer').execute()),
  }
  const migrator = new Migrator({ db: queries, provider: { getMigrations: async () => steps } })
  expect((await migrator.migrateToLatest()).error).toMatchObject({ message: 'table "notes" already exists' })
  expect(stranger.prepare("select 1 from sqlite_master where name = 'first'").all()).toEqual([])
})
