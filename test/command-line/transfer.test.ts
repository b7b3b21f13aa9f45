import { once } from 'node:events'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { run, runReading, startProgram, startReady, temporaryFolder } from '../support/command-line.js'
import { type StorageKind, storageKinds } from '../support/instance.js'
import { freshDatabase } from '../support/postgres.js'
import { freshFlags } from '../support/storage-flags.js'

/** Users with something in every column that can be set at their creation. */
const seeded = Array.from({ length: 450 }, (_, n) => ({
  username: `user-${n}`,
  external_id: `ext ${n}`,
  first_name: 'Ünïcôde \u2028 "quoted"',
  last_name: n % 2 === 0 ? null : '',
  locale: 'de-CH',
  email_address: [`${n}@example.com`, `${n}.reserved@example.com`],
  email_address_identification_status: ['verified', 'reserved'],
  phone_number: [`+1415555${String(n).padStart(4, '0')}`],
  public_metadata: { z: 1, a: { '10': [null, 1.5], '2': 'x' }, '': false },
  private_metadata: { nul: '\u0000', line: '\u2029' },
  unsafe_metadata: n % 3 === 0 ? {} : { deep: { deeper: [{ n }] } },
  banned: n % 5 === 0,
  locked: n % 7 === 0,
  create_organizations_limit: n,
  legal_accepted_at: '2021-02-03T04:05:06Z',
  created_at: new Date(1_600_000_000_000 - n * 1000).toISOString(),
  ...(n === 0 && { password: 'correct horse battery' }),
  ...(n === 1 && { password_digest: 'd41d8cd98f00b204e9800998ecf8427e', password_hasher: 'md5' }),
}))

async function filledFlags(kind: StorageKind, users: object[] = seeded): Promise<string[]> {
  const flags = await freshFlags(kind)
  const seed = join(await temporaryFolder(), 'seed.jsonl')
  await writeFile(seed, users.map((user) => JSON.stringify(user)).join('\n'))
  const filled = await run('exec', '--seed', seed, ...flags, '--', process.execPath, '--version')
  expect(filled).toMatchObject({ code: 0, stderr: '' })
  return flags
}

const exported = async (flags: string[]) => {
  const { code, stdout, stderr } = await run('export', ...flags, '-')
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^exported \d+ users?\n$/) })
  return stdout
}

describe('export and import', () => {
  const ways: [StorageKind, StorageKind][] = [
    ['SQLite', 'PostgreSQL'],
    ['PostgreSQL', 'SQLite'],
  ]
  test.each(ways)('from %s to %s and back out give the same bytes', async (from, to) => {
    const folder = await temporaryFolder()
    const [source, target] = [await filledFlags(from), await freshFlags(to)]
    const file = join(folder, 'users.jsonl')
    expect(await run('export', ...source, file)).toMatchObject({ code: 0, stderr: 'exported 450 users\n' })
    expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect(await run('import', ...target, file)).toMatchObject({ code: 0, stderr: 'imported 450 users\n' })
    expect(await exported(target)).toBe(await readFile(file, 'utf8'))
  })

  test('an export is in the order of ids, with sorted keys, no spaces, and everything of a user', async () => {
    const lines = (await exported(await filledFlags('SQLite', seeded.slice(0, 3)))).split('\n').slice(0, -1)
    const users = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(lines).toEqual(users.map((user) => JSON.stringify(user)))
    for (const user of users) {
      expect(Object.keys(user)).toEqual(Object.keys(user).sort())
      for (const one of user['identifications'] as object[]) expect(Object.keys(one)).toEqual(Object.keys(one).sort())
    }
    const ids = users.map(({ id }) => id)
    expect(ids).toEqual([...ids].sort())
    expect(users[0]).toMatchObject({
      banned: true,
      created_at: 1_600_000_000_000,
      password_digest: expect.stringMatching(/^\$argon2id\$/),
      public_metadata: seeded[0]?.public_metadata,
      legal_accepted_at: Date.parse('2021-02-03T04:05:06Z'),
    })
    expect(users[0]?.['identifications']).toMatchObject([
      { type: 'email_address', value: '0@example.com', status: 'verified', position: 0 },
      { type: 'email_address', value: '0.reserved@example.com', status: 'reserved', position: 1 },
      { type: 'phone_number', value: '+14155550000', status: 'verified', position: 2 },
    ])
  })

  test('an export beside a running server has what it has acknowledged', async () => {
    const flags = await freshFlags('SQLite')
    const { ready } = await startReady(...flags)
    const response = await fetch(`${ready.apiUrl}/v1/users`, {
      method: 'POST',
      headers: { authorization: `Bearer ${ready.secretKey}`, 'content-type': 'application/json' },
      body: '{"username":"just-now"}',
    })
    expect(response.status).toBe(200)
    expect(await exported(flags)).toContain('"username":"just-now"')
    expect(await runReading('', 'import', ...flags)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(`in use by the clerk-server with pid ${ready.pid}`),
    })
  })

  test('export overwrites no file, and exits 1 where there is no database or one of another version', async () => {
    const folder = await temporaryFolder()
    const file = join(folder, 'mine')
    await writeFile(file, 'mine')
    const flags = await freshFlags('SQLite')
    expect(await run('export', ...flags)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('there is no database'),
    })
    await run('migrate', ...flags)
    expect(await run('export', ...flags, file)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is there already'),
    })
    expect(await readFile(file, 'utf8')).toBe('mine')
    const [empty] = [await freshFlags('PostgreSQL')]
    expect(await run('export', ...empty)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('run clerk-server migrate first'),
    })
  })
})

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('an export that %s ends leaves nothing', async (signal) => {
  const { url, drop } = await freshDatabase()
  onTestFinished(drop)
  await run('migrate', '--database-url', url)
  const holder = new pg.Client(url)
  await holder.connect()
  onTestFinished(() => holder.end())
  await holder.query('begin; lock table users in access exclusive mode')
  const folder = await temporaryFolder()
  const { child } = startProgram('export', '--database-url', url, join(folder, 'users.jsonl'))
  await vi.waitFor(async () => expect(await readdir(folder)).toHaveLength(1), { timeout: 10_000 })
  child.kill(signal)
  expect(await once(child, 'close')).toEqual([null, signal])
  expect(await readdir(folder)).toEqual([])
})

let lines: string[] | undefined

/** The lines of four users, exported once. */
async function original(): Promise<string[]> {
  lines ??= (await exported(await filledFlags('SQLite', seeded.slice(0, 4)))).trim().split('\n')
  return lines
}

const changed = (line = '', change: object) => JSON.stringify({ ...JSON.parse(line), ...change })

/** Imports a line between two others, and sees it refused. */
async function expectRefusal(flags: string[], [first, , third]: string[], line: string | Buffer, reason: string) {
  const given = Buffer.concat([Buffer.from(`${first}\n\n`), Buffer.from(line), Buffer.from(`\n${third}`)])
  const { code, stdout, stderr } = await runReading(given, 'import', ...flags)
  expect({ code, stdout }, reason).toEqual({ code: 2, stdout: '' })
  expect(stderr).toContain('line 3 of the standard input: ')
  expect(stderr).toContain(reason)
  expect(stderr).toContain('nothing was imported')
}

test('import names the line that is wrong, and imports nothing', async () => {
  const lines = await original()
  const flags = await freshFlags('SQLite')
  const user = JSON.parse(lines[1] ?? '') as { identifications: object[] }
  const upperCase = { ...user.identifications[0], value: 'UPPER@example.com' }
  const wrong: [string | Buffer, string][] = [
    ['{"id":', 'is no JSON'],
    ['[]', 'expected object'],
    [Buffer.from([0x22, 0xff, 0x22]), 'is not UTF-8'],
    [changed(lines[1], { created_at: undefined }), 'created_at: '],
    [changed(lines[1], { shoe_size: 43 }), 'shoe_size'],
    [changed(lines[1], { banned: 1 }), 'banned: '],
    [changed(lines[1], { first_name: 'a\u0000' }), 'first_name: must be well-formed text without NUL'],
    [changed(lines[1], { first_name: '\ud800' }), 'first_name: must be well-formed text without NUL'],
    [changed(lines[1], { public_metadata: [] }), 'public_metadata: must be an object'],
    [changed(lines[1], { public_metadata: { a: 'x'.repeat(9000) } }), 'must have at most 8192 bytes'],
    [changed(lines[1], { identifications: [upperCase] }), 'identifications.0.value: must be a valid address'],
    [changed(lines[1], { password_hasher: null }), 'neither is there without the other'],
    [changed(lines[1], { password_digest: 'x' }), 'the password_digest must be one of the password_hasher'],
    [changed(lines[1], { password_hasher: 'rot13' }), 'password_hasher: '],
    [changed(lines[1], { identifications: [] }), 'the primary e-mail address must be one of the identifications'],
    ['{"email_address":["a@example.com"]}', 'id: '],
  ]
  for (const [line, reason] of wrong) await expectRefusal(flags, lines, line, reason)
  expect(await exported(flags)).toBe('')
})

describe.each(storageKinds)('import into %s', (kind) => {
  test('names the line whose id, name or address an earlier one has, and imports nothing', async () => {
    const lines = await original()
    const flags = await freshFlags(kind)
    const other = { id: 'user_other', username: null, external_id: null }
    await expectRefusal(flags, lines, lines[0] ?? '', 'its id is there already')
    await expectRefusal(flags, lines, changed(lines[0], { id: 'user_other' }), 'its username is there already')
    await expectRefusal(flags, lines, changed(lines[0], other), 'its identification id is there already')
    expect(await exported(flags)).toBe('')
  })

  test('refuses what is there already, and leaves it out where it is told to', async () => {
    const lines = await original()
    const flags = await freshFlags(kind)
    const first = `${lines[0]}\n${lines[1]}\n`
    expect((await runReading(first, 'import', ...flags)).stderr).toBe('imported 2 users\n')
    const again = `${lines.join('\n')}\n`
    expect(await runReading(again, 'import', ...flags)).toMatchObject({
      code: 2,
      stderr: expect.stringContaining('line 1 of the standard input: its id is there already'),
    })
    expect(await exported(flags)).toBe(first)
    expect(await runReading(again, 'import', '--skip-existing', ...flags)).toMatchObject({
      code: 0,
      stderr:
        'line 1 left out: its id is there already\nline 2 left out: its id is there already\nimported 2 users, left out 2\n',
    })
    expect(await exported(flags)).toBe(again)
  })

  test('with --dry-run checks everything and keeps nothing', async () => {
    const lines = (await original()).join('\n')
    const flags = await freshFlags(kind)
    expect(await runReading(`\ufeff${lines}\r\n`, 'import', '--dry-run', ...flags)).toMatchObject({
      code: 0,
      stderr: 'would import 4 users\n',
    })
    expect(await exported(flags)).toBe('')
  })
})

test('a user can sign in with nothing but what an import brought: ids, addresses and password stay', async () => {
  const line = await exported(await filledFlags('PostgreSQL', seeded.slice(0, 1)))
  const flags = await freshFlags('SQLite')
  await runReading(line, 'import', ...flags)
  const { ready } = await startReady(...flags)
  const { id } = JSON.parse(line) as { id: string }
  const response = await fetch(`${ready.apiUrl}/v1/users/${id}`, {
    headers: { authorization: `Bearer ${ready.secretKey}` },
  })
  expect(await response.json()).toMatchObject({
    id,
    username: 'user-0',
    password_enabled: true,
    email_addresses: [{ email_address: '0@example.com' }, { reserved: true }],
  })
})

test('an import of a file that is not there exits 2', async () => {
  expect(await run('import', '--data-dir', join(await temporaryFolder(), 'data'), '/none.jsonl')).toMatchObject({
    code: 2,
    stderr: expect.stringContaining('/none.jsonl cannot be read'),
  })
})
