import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { mkdir, readdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { type Running, run, startProgram, startReady, temporaryFolder } from '../support/command-line.js'

async function create({ ready }: Running, name: string): Promise<string> {
  const response = await fetch(`${ready.apiUrl}/v1/users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ready.secretKey}`, 'content-type': 'application/json' },
    body: JSON.stringify({ username: name, email_address: [`${name}@example.com`] }),
  })
  expect(response.status).toBe(200)
  return ((await response.json()) as { id: string }).id
}

async function ids({ ready }: Running): Promise<string[]> {
  const found: string[] = []
  for (;;) {
    const response = await fetch(`${ready.apiUrl}/v1/users?limit=500&offset=${found.length}&order_by=created_at`, {
      headers: { authorization: `Bearer ${ready.secretKey}` },
    })
    const page = (await response.json()) as { id: string; email_addresses: unknown[] }[]
    for (const { email_addresses } of page) expect(email_addresses).toHaveLength(1)
    if (page.length === 0) return found
    found.push(...page.map(({ id }) => id))
  }
}

test('a backup made during writes is sound, has the keys and every user acknowledged before, and can be started on', async () => {
  const folder = await temporaryFolder()
  const server = await startReady('--data-dir', join(folder, 'data'))
  const before: string[] = []
  let writing = true
  const writers = Array.from({ length: 4 }, async (_, lane) => {
    for (let n = 0; writing; n++) before.push(await create(server, `user-${lane}-${n}`))
  })
  while (before.length < 100) await new Promise((resolve) => setTimeout(resolve, 10))
  const acknowledged = [...before]
  const target = join(folder, 'made for', 'backup')
  const { code, stdout, stderr } = await run('backup', '--data-dir', join(folder, 'data'), target)
  writing = false
  await Promise.all(writers)
  expect({ code, stdout }).toEqual({ code: 0, stdout: '' })
  expect(stderr).toMatch(/^backed up \d+\.\d MB to .*backup; restore it with: clerk-server start --data-dir .*\n$/)
  expect(await readdir(join(folder, 'made for'))).toEqual(['backup'])
  for (const name of await readdir(target)) expect((await stat(join(target, name))).mode & 0o777).toBe(0o600)
  expect((await stat(target)).mode & 0o777).toBe(0o700)

  const { default: Libsql } = await import('libsql')
  const copy = new Libsql(join(target, 'clerk.sqlite'))
  expect(copy.prepare('pragma integrity_check').get()).toMatchObject({ integrity_check: 'ok' })
  expect(copy.prepare('pragma foreign_key_check').all()).toEqual([])
  copy.close()

  const restored = await startReady('--data-dir', target)
  expect(restored.ready.secretKey).toBe(server.ready.secretKey)
  expect(await ids(restored)).toEqual(expect.arrayContaining(acknowledged))
  expect(await ids(server)).toEqual(expect.arrayContaining(before))
})

test('a backup overwrites nothing', async () => {
  const folder = await temporaryFolder()
  await run('migrate', '--data-dir', join(folder, 'data'))
  const target = join(folder, 'target')
  await mkdir(target)
  await writeFile(join(target, 'mine'), '')
  const { code, stderr } = await run('backup', '--data-dir', join(folder, 'data'), target)
  expect(code).toBe(1)
  expect(stderr).toContain('is there already; name a folder that is not')
  expect(await readdir(target)).toEqual(['mine'])
})

test('a backup of nothing exits 1 and makes nothing', async () => {
  const folder = await temporaryFolder()
  const { code, stderr } = await run('backup', '--data-dir', join(folder, 'data'), join(folder, 'target'))
  expect(code).toBe(1)
  expect(stderr).toContain(`there is no database in ${join(folder, 'data')}`)
  expect(await readdir(folder)).toEqual([])
})

test('a backup of a damaged database exits 1, says so, and leaves nothing', async () => {
  const folder = await temporaryFolder()
  await mkdir(join(folder, 'data'))
  await writeFile(join(folder, 'data', 'clerk.sqlite'), 'no database '.repeat(1000))
  const { code, stderr } = await run('backup', '--data-dir', join(folder, 'data'), join(folder, 'target'))
  expect(code).toBe(1)
  expect(stderr).toContain('no backup was made')
  expect(await readdir(folder)).toEqual(['data'])
})

test('for PostgreSQL it says which command to use, without the password, and exits 2', async () => {
  const { code, stderr } = await run('backup', '--database-url', 'postgres://u:hidden@h:5433/d', '/backups/today')
  expect(code).toBe(2)
  expect(stderr).toContain("pg_dump --format=custom --file='/backups/today.dump' 'postgres://u@h:5433/d'")
  expect(stderr).toContain('pg_restore')
  expect(stderr).not.toContain('hidden')
  expect(existsSync('/backups/today')).toBe(false)
})

test('backup without a folder exits 2', async () => {
  expect(await run('backup')).toMatchObject({ code: 2, stderr: expect.stringContaining('DIR is missing') })
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('a backup that %s ends leaves nothing', async (signal) => {
  const folder = await temporaryFolder()
  const data = join(folder, 'data')
  await run('migrate', '--data-dir', data)
  const { default: Libsql } = await import('libsql')
  const holder = new Libsql(join(data, 'clerk.sqlite'))
  onTestFinished(() => void holder.close())
  holder.exec('pragma locking_mode = exclusive; begin exclusive')
  const { child } = startProgram('backup', '--data-dir', data, join(folder, 'target'))
  await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(2), { timeout: 10_000 })
  child.kill(signal)
  expect(await once(child, 'close')).toEqual([null, signal])
  expect(await readdir(folder)).toEqual(['data'])
})
