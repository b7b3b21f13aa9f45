import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** The administrative database of the PostgreSQL that the whole test run shares. */
    postgresUrl: string
  }
}

/**
 * A database that belongs to the caller alone, on the PostgreSQL that the whole test run shares: an empty one, or a copy of
 * another.
 */
export async function freshDatabase(copyOf = 'template1'): Promise<{ url: string; drop(): Promise<void> }> {
  const server = inject('postgresUrl')
  const name = `test_${randomBytes(8).toString('hex')}`
  await execute(server, `create database ${name} template ${copyOf}`)
  return {
    url: new URL(name, server).href,
    drop: () => execute(server, `drop database ${name} with (force)`), // with force: connections that were left are ended
  }
}

export async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
