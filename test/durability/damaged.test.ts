import { closeSync, fstatSync, openSync, writeSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { run, temporaryFolder } from '../support/command-line.js'
import { startInstance } from '../support/instance.js'

const page = 4096

/** Overwrites the pages in the second half of a file, and leaves those that say what there is. */
function damage(file: string): void {
  const descriptor = openSync(file, 'r+')
  const { size } = fstatSync(descriptor)
  for (let at = Math.floor(size / 2 / page) * page; at < size * 0.9; at += page) {
    writeSync(descriptor, Buffer.alloc(page, 0xa5), 0, page, at)
  }
  closeSync(descriptor)
}

test('what lies on a damaged page is answered 503, what does not is served, and doctor says what is to be done', async () => {
  const dataDir = await temporaryFolder()
  const before = await startInstance({ storage: { dataDir } })
  const filler = { a: 'x'.repeat(8_000) }
  const users = Array.from({ length: 100 }, (_, n) => ({ username: `user-${n}`, public_metadata: filler }))
  await Promise.all(users.map((json) => before.call('POST /users', { json })))
  await before.close()
  damage(join(dataDir, 'clerk.sqlite'))

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
