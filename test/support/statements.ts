import { join } from 'node:path'
import type { Storage } from 'clerk-server'
import Libsql from 'libsql'
import pg from 'pg'

type Row = Record<string, unknown>

/** Runs SQL on the database of a storage, beside the server, and gives the rows of all of it. */
export async function statements(storage: Storage, ...texts: string[]): Promise<Row[]> {
  if ('dataDir' in storage) return onSqlite(join(storage.dataDir, 'clerk.sqlite'), texts)
  if (!('databaseUrl' in storage)) throw new Error('nobody else can see what is in memory')
  const client = new pg.Client(storage.databaseUrl)
  await client.connect()
  try {
    const rows: Row[] = []
    for (const text of texts) rows.push(...(await client.query<Row>(text)).rows)
    return rows
  } finally {
    await client.end()
  }
}

function onSqlite(path: string, texts: string[]): Row[] {
  const file = new Libsql(path)
  try {
    return texts.flatMap((text) => {
      const statement = file.prepare(text)
      if (!statement.reader) {
        statement.run()
        return []
      }
      return statement.all().map((row) => ({ ...(row as Row) }))
    })
  } finally {
    file.close()
  }
}
