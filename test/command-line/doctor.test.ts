import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { run, runWith, startReady, startReadyWith, temporaryFolder } from '../support/command-line.js'
import { keepAsFirstVersion, type OldKeyring } from '../support/first-version.js'
import { freshStorage, storageKinds } from '../support/instance.js'
import { startMailServer } from '../support/mail-server.js'
import { flagsOf, freshFlags } from '../support/storage-flags.js'

interface Report {
  ok: boolean
  checks: { check: string; verdict: string; message: string; remedy?: string }[]
}

const examined = (...flags: string[]) => examinedWith({}, ...flags)

async function examinedWith(environment: Record<string, string>, ...flags: string[]) {
  const { code, stdout, stderr } = await runWith(environment, 'doctor', '--json', ...flags)
  expect(stderr).toBe('')
  expect(stdout.split('\n')).toHaveLength(2)
  const report = JSON.parse(stdout) as Report
  expect(code).toBe(report.ok ? 0 : 1)
  for (const { verdict, remedy } of report.checks) expect(remedy === undefined).toBe(verdict === 'ok')
  return { ...report, of: (name: string) => report.checks.find(({ check }) => check === name) }
}

describe.each(storageKinds)('clerk-server doctor: %s', (kind) => {
  test('finds nothing wrong with a storage that is in use', async () => {
    const flags = await freshFlags(kind)
    const { ready } = await startReady(...flags)
    const { ok, checks, of } = await examined(...flags)
    expect(checks.filter(({ verdict }) => verdict === 'fail')).toEqual([])
    expect(ok).toBe(true)
    expect(checks.map(({ check }) => check)).toEqual(
      kind === 'SQLite'
        ? [
            'node',
            'data directory',
            'lock',
            'disk space',
            'database',
            'database version',
            'migrations',
            'integrity',
            'keys',
            'clock',
          ]
        : ['node', 'database', 'database version', 'extensions', 'migrations', 'keys', 'clock'],
    )
    expect(of('database version')?.message).toContain(kind)
    if (kind === 'SQLite') expect(of('lock')?.message).toContain(`pid ${ready.pid}`)
    for (const name of ['keys', 'migrations', 'clock']) expect(of(name)?.verdict).toBe('ok')
  })

  test('warns of what the first start will make', async () => {
    const flags = await freshFlags(kind)
    const { ok, of } = await examined(...flags)
    expect(ok).toBe(true)
    expect(of('keys')?.verdict).toBe('warn')
    if (kind === 'SQLite') expect(existsSync(flags[1] ?? '')).toBe(false)
    else expect(of('migrations')?.verdict).toBe('warn')
  })
})

test('what is wrong is said with what to do, and exits 1', async () => {
  const folder = join(await temporaryFolder(), 'data')
  const flags = ['--data-dir', folder]
  await (await startReady(...flags)).stop('SIGTERM')
  await chmod(folder, 0o755)
  expect((await examined(...flags)).of('data directory')).toMatchObject({
    verdict: 'warn',
    remedy: `chmod go-rwx ${folder}`,
  })
  await chmod(folder, 0o700)

  const { default: Libsql } = await import('libsql')
  const file = new Libsql(join(folder, 'clerk.sqlite'))
  file.exec("insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')")
  file.close()
  expect((await examined(...flags)).of('migrations')).toMatchObject({ verdict: 'fail' })

  await writeFile(join(folder, 'clerk.sqlite'), 'no database '.repeat(100))
  const { of } = await examined(...flags)
  expect(of('database')).toMatchObject({ verdict: 'fail', message: expect.stringContaining('file is not a database') })
  expect(await readFile(join(folder, 'clerk.sqlite'), 'utf8')).toBe('no database '.repeat(100))
})

test('a database that cannot be reached fails, without the password, and a person is told in lines', async () => {
  const { code, stdout } = await run('doctor', '--database-url', 'postgres://u:hidden@127.0.0.1:1/d')
  expect(code).toBe(1)
  expect(stdout).toMatch(/^fail {2}database: the database cannot be used: connect ECONNREFUSED.*\n {6}→ /m)
  expect(stdout).not.toContain('hidden')
})

test('keys that were sealed fail without what they were sealed with, and are not shown', async () => {
  const folder = join(await temporaryFolder(), 'data')
  const encryptionKey = randomBytes(32).toString('hex')
  const server = await startReadyWith({ CLERK_SERVER_ENCRYPTION_KEY: encryptionKey }, '--data-dir', folder)
  await server.stop('SIGTERM')
  const { ok, of } = await examined('--data-dir', folder)
  expect(ok).toBe(false)
  expect(of('keys')).toMatchObject({
    verdict: 'fail',
    message: expect.stringContaining('CLERK_SERVER_ENCRYPTION_KEY'),
  })

  const { stdout } = await runWith({ CLERK_SERVER_ENCRYPTION_KEY: encryptionKey }, 'doctor', '--data-dir', folder)
  expect(stdout).toContain('keys: can be read')
  expect(stdout).not.toContain(encryptionKey)
})

describe('a mail server', () => {
  const of = async (smtpUrl: string) =>
    (await examinedWith({ CLERK_SERVER_SMTP_URL: smtpUrl }, ...(await freshFlags('SQLite')))).of('mail server')

  test('that is there is greeted, signed in to, and sent nothing', async () => {
    const mailServer = await startMailServer()
    expect(await of(`smtp://127.0.0.1:${mailServer.port}`)).toMatchObject({ verdict: 'ok' })
    expect(await of(`smtp://user:secret@127.0.0.1:${mailServer.port}`)).toMatchObject({ verdict: 'ok' })
    expect(mailServer.logins).toEqual(['user:secret'])
    expect(mailServer.mails).toEqual([])
  })

  test('that is not there, says nothing, or lets nobody in, fails, and the password is not shown', async () => {
    const refusing = await startMailServer({
      onAuth: ({ password }, _session, done) => done(new Error(`not ${password}`)),
    })
    const silent = createServer().listen(0, '127.0.0.1')
    onTestFinished(() => void silent.close())
    await once(silent, 'listening')
    const { port } = silent.address() as AddressInfo
    const failures = [
      [`smtp://u:hidden@127.0.0.1:${refusing.port}`, '535'],
      [`smtp://127.0.0.1:${port}`, 'Greeting'],
      ['smtp://u:hidden@127.0.0.1:1', 'ECONNREFUSED'],
      ['http://u:hidden@127.0.0.1', '--smtp-url must have the form'],
    ] as const
    for (const [url, reason] of failures) {
      const finding = await of(url)
      expect(finding, url).toMatchObject({ verdict: 'fail', message: expect.stringContaining(reason) })
      expect(JSON.stringify(finding)).not.toContain('hidden')
    }
  })
})

const keyring = (instanceId: string): OldKeyring => ({
  instanceId,
  secret: 'a'.repeat(64),
  signingKey: { kid: 'x', privateKey: 'y' },
})

describe.each(storageKinds)('keys as the first versions kept them: %s', (kind) => {
  async function found(instanceId: string, started: boolean) {
    const storage = await freshStorage(kind)
    if (started) await (await startReady(...flagsOf(storage))).stop('SIGTERM')
    else await run('migrate', ...flagsOf(storage))
    await keepAsFirstVersion(storage, keyring(instanceId))
    return (await examined(...flagsOf(storage))).of('keys')
  }

  test('will be taken over by the next start', async () => {
    expect(await found('ins_1', false)).toMatchObject({
      verdict: 'warn',
      message: expect.stringContaining(kind === 'SQLite' ? 'keys.json' : 'the table keyring'),
      remedy: expect.stringContaining('the next start takes them over'),
    })
  })

  test('fail where they are of another instance', async () => {
    expect(await found('ins_other', true)).toMatchObject({
      verdict: 'fail',
      message: expect.stringContaining('another instance (ins_other)'),
    })
  })
})

test('keys of the first version are found where there is no database, and fail where they cannot be read', async () => {
  const folder = join(await temporaryFolder(), 'data')
  await mkdir(folder, { mode: 0o700 })
  const keys = async () => (await examined('--data-dir', folder)).of('keys')
  await keepAsFirstVersion({ dataDir: folder }, keyring('ins_1'))
  expect(await keys()).toMatchObject({ verdict: 'warn', message: expect.stringContaining('keys.json') })
  await writeFile(join(folder, 'keys.json'), '{"secret": "hidden"}')
  const unreadable = await keys()
  expect(unreadable).toMatchObject({ verdict: 'fail', message: expect.stringContaining('not a readable keyring') })
  expect(JSON.stringify(unreadable)).not.toContain('hidden')
})
