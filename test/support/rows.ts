import { setTimeout as wait } from 'node:timers/promises'
import type { Storage } from 'clerk-server'
import Libsql from 'libsql'
import pg from 'pg'

export interface Message {
  channel: string
  slug: string
  user_id: string
  identification_id: string
  recipient: string
  subject: string | null
  body: string
  body_plain: string | null
  status: string
}

/** What lies in the table of messages, the oldest first, as seen by somebody who is not the server. */
export const messagesIn = (storage: Storage) => rowsIn<Message>(storage, 'select * from messages order by id')

/** What a query finds in the storage of a server, over a connection of its own. */
export async function rowsIn<Row = Record<string, unknown>>(storage: Storage, query: string): Promise<Row[]> {
  if ('memory' in storage) throw new Error('nobody else can look into memory')
  if ('databaseUrl' in storage) {
    const client = new pg.Client(storage.databaseUrl)
    await client.connect()
    try {
      return (await client.query(query)).rows as Row[]
    } finally {
      await client.end()
    }
  }
  const file = new Libsql(`${storage.dataDir}/clerk.sqlite`)
  try {
    const statement = file.prepare(query)
    if (statement.reader) return statement.all() as Row[]
    await onceUnlocked(() => statement.run())
    return []
  } finally {
    file.close()
  }
}

/** A server in this process may be about to commit, which it cannot while somebody waits in a statement. */
async function onceUnlocked(write: () => unknown): Promise<void> {
  for (;;) {
    try {
      write()
      return
    } catch (error) {
      if (!(error instanceof Error && error.message.includes('database is locked'))) throw error
      await wait(5)
    }
  }
}
