import { join } from 'node:path'
import type { Storage } from 'clerk-server'
import Libsql from 'libsql'
import pg from 'pg'

/** A message as it waits to be sent. */
export interface OutboxMessage {
  id: string
  channel: 'email' | 'sms'
  slug: string | null
  recipient: string
  subject: string | null
  body: string
  body_plain: string | null
  status: string
}

const statement = 'select * from messages order by created_at, id'

/** The messages of a running server, the oldest first, read past it. */
export async function outboxOf(storage: Storage): Promise<OutboxMessage[]> {
  if ('databaseUrl' in storage) {
    const client = new pg.Client(storage.databaseUrl)
    await client.connect()
    try {
      return (await client.query<OutboxMessage>(statement)).rows
    } finally {
      await client.end()
    }
  }
  if ('memory' in storage) throw new Error('a database in memory has one reader')
  const file = new Libsql(join(storage.dataDir, 'clerk.sqlite'))
  try {
    return file.prepare(statement).all() as OutboxMessage[]
  } finally {
    file.close()
  }
}
