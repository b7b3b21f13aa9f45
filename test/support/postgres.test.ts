import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { freshDatabase } from './postgres.js'

async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client(url)
  await client.connect()
  return client
}

test('freshDatabase gives an empty database of a real PostgreSQL', async () => {
  const database = await freshDatabase()
  onTestFinished(database.drop)
  const client = await connect(database.url)
  onTestFinished(() => client.end())
  const { rows } = await client.query(
    "select version(), (select count(*) from pg_tables where schemaname = 'public') as tables",
  )
  expect(rows[0].version).toMatch(/^PostgreSQL \d+/)
  expect(rows[0].tables).toBe('0')
})

test('freshDatabase gives every caller another database', async () => {
  const [one, other] = await Promise.all([freshDatabase(), freshDatabase()])
  onTestFinished(one.drop)
  onTestFinished(other.drop)
  expect(one.url).not.toBe(other.url)
})

test('a database can be dropped while somebody is still connected to it', async () => {
  const database = await freshDatabase()
  const client = await connect(database.url)
  const errors: Error[] = []
  client.on('error', (error) => errors.push(error))
  await database.drop()
  await vi.waitFor(() => expect(errors[0]?.message).toMatch(/terminating connection/))
  await expect(connect(database.url)).rejects.toThrow(/does not exist/)
})

test('PostgreSQL ends, and its data are removed, when the process that started it is killed', async () => {
  const { url, directory, kill } = await postgresOfAnotherProcess()
  await (await connect(url)).end()
  expect(existsSync(directory)).toBe(true)

  kill()
  await vi.waitFor(() => expect(existsSync(directory)).toBe(false), { timeout: 10_000, interval: 50 })
  await expect(connect(url)).rejects.toMatchObject({ code: 'ECONNREFUSED' })
})

async function postgresOfAnotherProcess() {
  const module = new URL('../../scripts/postgres-server.mjs', import.meta.url)
  const script = `
    import { startPostgres } from '${module}'
    const { url } = await startPostgres()
    console.log(JSON.stringify({ url }))`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [line] = await once(child.stdout, 'data')
  const { url }: { url: string } = JSON.parse(String(line))
  const client = await connect(url)
  const { rows } = await client.query('show data_directory')
  await client.end()
  return { url, directory: rows[0].data_directory, kill: () => child.kill('SIGKILL') }
}
