import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import pg from 'pg'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** The administrative database of the PostgreSQL that the whole test run shares. */
    postgresUrl: string
  }
}

/** The database that others are copies of. */
const template = 'migrated'

/** Makes a database that has the schema and nothing else: to copy it takes less long than to migrate anew for every test. */
export async function makeTemplate(server: string): Promise<void> {
  await execute(server, `create database ${template}`)
  const { status, stderr } = spawnSync(process.execPath, [
    cli,
    'migrate',
    '--database-url',
    new URL(template, server).href,
  ])
  if (status !== 0) process.stderr.write(stderr)
}

const cli = fileURLToPath(new URL('../../packages/server/dist/cli.js', import.meta.url))

/**
 * A database that belongs to the caller alone, on the PostgreSQL that the whole test run shares: empty, or with the schema
 * that a server would give it.
 */
export async function freshDatabase({ migrated = false } = {}): Promise<{ url: string; drop(): Promise<void> }> {
  const server = inject('postgresUrl')
  const name = `test_${randomBytes(8).toString('hex')}`
  await execute(server, `create database ${name} template ${migrated ? template : 'template1'}`)
  return {
    url: new URL(name, server).href,
    drop: () => execute(server, `drop database ${name} with (force)`), // with force: connections that were left are ended
  }
}

async function execute(url: string, statement: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
