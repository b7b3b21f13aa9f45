import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import Libsql from 'libsql'
import { expect, test } from 'vitest'
import { run, startReady, temporaryFolder } from '../support/command-line.js'
import { startInstance } from '../support/instance.js'

const page = 4096

/** Overwrites the pages of a database that have nothing but metadata on them. */
async function damage(path: string): Promise<void> {
  const database = new Libsql(path)
  database.exec('pragma wal_checkpoint(truncate)')
  database.close()
  const file = await readFile(path)
  for (let at = 0; at < file.length; at += page) {
    if (file.subarray(at, at + page).includes('x'.repeat(page / 2))) file.fill(0xa5, at, at + page)
  }
  await writeFile(path, file)
}

test('what lies on a damaged page is answered 503, what does not is served, and doctor says what is to be done', async () => {
  const dataDir = await temporaryFolder()
  const before = await startReady('--data-dir', dataDir)
  const created = await fetch(`${before.ready.url}/v1/users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${before.ready.secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ username: 'ada_', public_metadata: { filler: 'x'.repeat(8_000) } }),
  })
  expect(created.status).toBe(200)
  await before.stop('SIGKILL')
  await damage(join(dataDir, 'clerk.sqlite'))

  const server = await startInstance({ storage: { dataDir } })
  const whole = await server.call('GET /users', { query: { limit: 500 } })
  expect(whole).toMatchObject({ status: 503, codes: ['service_unavailable'] })
  expect((await server.call('GET /instance', {})).status).toBe(200)
  expect((await fetch(`${server.url}/health/live`)).status).toBe(200)
  const { code, stdout } = await run('doctor', '--data-dir', dataDir)
  expect(code).toBe(1)
  expect(stdout).toMatch(
    /^fail {2}integrity: the file is damaged: .*\n {6}→ stop the server and start on the last backup/m,
  )
})

test('a data directory that cannot be one exits 1 and says so', async () => {
  const file = join(await temporaryFolder(), 'file')
  await writeFile(file, '')
  for (const dataDir of [file, join(file, 'below')]) {
    const { code, stderr } = await run('start', '--port', '0', '--data-dir', dataDir)
    expect({ dataDir, code }).toEqual({ dataDir, code: 1 })
    expect(stderr).toMatch(/^clerk-server: the data directory .* cannot be used: /)
  }
})
