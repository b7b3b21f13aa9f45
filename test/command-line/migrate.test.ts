import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { run, startReady, temporaryFolder } from '../support/command-line.js'
import { storageKinds } from '../support/instance.js'
import { freshFlags } from '../support/storage-flags.js'

interface Shown {
  migrations: { name: string; state: string }[]
}

const status = async (flags: string[]) =>
  (JSON.parse((await run('migrate', '--status', '--json', ...flags)).stdout) as Shown).migrations

describe.each(storageKinds)('clerk-server migrate: %s', (kind) => {
  test('brings an empty database to this version, which --status shows', async () => {
    const flags = await freshFlags(kind)
    const first = await run('migrate', '--json', ...flags)
    expect(first).toMatchObject({ code: 0, stderr: '' })
    const { applied } = JSON.parse(first.stdout) as { applied: string[] }
    expect(applied[0]).toBe('0001-instance')
    expect(await status(flags)).toEqual(applied.map((name) => ({ name, state: 'applied' })))
    const shown = await run('migrate', '--status', ...flags)
    expect(shown).toMatchObject({ code: 0, stdout: applied.map((name) => `applied  ${name}\n`).join('') })

    expect(await run('migrate', ...flags)).toMatchObject({
      code: 0,
      stdout: 'nothing to apply; the database is up to date\n',
    })
    const server = await startReady(...flags)
    expect((await run('migrate', ...flags)).code).toBe(0)
    expect(await server.stop('SIGTERM')).toBe(0)
  })

  test('several at once apply every migration once', async () => {
    const flags = await freshFlags(kind)
    const runs = await Promise.all(Array.from({ length: 5 }, () => run('migrate', '--json', ...flags)))
    expect(runs.map(({ code, stderr }) => ({ code, stderr }))).toEqual(Array(5).fill({ code: 0, stderr: '' }))
    const applied = runs.flatMap(({ stdout }) => (JSON.parse(stdout) as { applied: string[] }).applied)
    expect(applied).toEqual((await status(flags)).map(({ name }) => name))
  })
})

test('a database of a newer version is shown as it is, and refused', async () => {
  const folder = await temporaryFolder()
  const flags = ['--data-dir', folder]
  await run('migrate', ...flags)
  const { default: Libsql } = await import('libsql')
  const file = new Libsql(join(folder, 'clerk.sqlite'))
  file.exec("insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')")
  file.close()
  expect((await status(flags)).at(-1)).toEqual({ name: '9999-later', state: 'newer' })
  const { code, stdout, stderr } = await run('migrate', ...flags)
  expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
  expect(stderr).toContain('made by a newer clerk-server (it has 9999-later)')
})

test('--status says what is pending, and changes nothing', async () => {
  const folder = await temporaryFolder()
  expect(await run('migrate', '--status', '--data-dir', folder)).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`there is no database in ${folder}`),
  })
  const { default: Libsql } = await import('libsql')
  const file = new Libsql(join(folder, 'clerk.sqlite'))
  file.exec('pragma user_version = 1')
  file.close()
  const states = async () => new Set((await status(['--data-dir', folder])).map(({ state }) => state))
  expect(await states()).toEqual(new Set(['pending']))
  expect(await states()).toEqual(new Set(['pending']))
})
