import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Storage } from 'clerk-server'
import { TOTP } from 'otpauth'
import { describe, expect, test } from 'vitest'
import { run, runReading, runWith, temporaryFolder } from '../support/command-line.js'
import { freshStorage, type StorageKind, startInstance } from '../support/instance.js'
import { rowsIn } from '../support/rows.js'
import { signedIn } from '../support/signed-in.js'
import { flagsOf } from '../support/storage-flags.js'
import { visit } from '../support/visitor.js'

const password = 'correct horse battery'
const newKey = () => randomBytes(32).toString('base64')
const environment = (key: string) => ({ CLERK_SERVER_ENCRYPTION_KEY: key })

/** A storage with a user who has an authenticator application and backup codes, and one who has begun to set one up. */
async function storageWithTOTP(kind: StorageKind, encryptionKey?: string) {
  const storage = await freshStorage(kind)
  const instance = await startInstance({ storage, encryptionKey })
  const { browser, user } = await signedIn(instance, { email_address: ['ada@example.com'], password })
  const secret = (await browser.call('POST /me/totp')).body.secret ?? ''
  const code = new TOTP({ secret }).generate({ timestamp: instance.clock.now })
  expect((await browser.call('POST /me/totp/attempt_verification', { form: { code } })).status).toBe(200)
  const begun = await signedIn(instance, { email_address: ['grace@example.com'] })
  await begun.browser.call('POST /me/totp')
  await instance.close()
  return { storage, secret, userId: user.id }
}

const usersIn = (lines: string) =>
  lines
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as { id: string; totp: object | null })

const ways: [StorageKind, StorageKind][] = [
  ['SQLite', 'PostgreSQL'],
  ['PostgreSQL', 'SQLite'],
]

describe.each(ways)('from %s to %s', (from, to) => {
  test('an authenticator application is sealed with one key before and with another after, and is the same', async () => {
    const [before, after] = [newKey(), newKey()]
    const { storage, secret, userId } = await storageWithTOTP(from, before)
    const target = await freshStorage(to)
    const file = join(await temporaryFolder(), 'users.jsonl')

    const unopened = await run('export', ...flagsOf(storage), '-')
    expect([unopened.code, unopened.stderr]).toEqual([1, expect.stringContaining('CLERK_SERVER_ENCRYPTION_KEY')])
    const { code, stdout } = await runWith(environment(before), 'export', ...flagsOf(storage), '-')
    expect(code).toBe(0)
    expect(usersIn(stdout).map(({ id, totp }) => [id, totp])).toEqual([
      [
        userId,
        { secret, last_step: expect.any(Number), created_at: expect.any(Number), updated_at: expect.any(Number) },
      ],
      [expect.any(String), null],
    ])

    await writeFile(file, stdout)
    expect(await runWith(environment(after), 'import', ...flagsOf(target), file)).toMatchObject({ code: 0 })
    const [kept] = await rowsIn<{ secret: string }>(target, 'select secret from totps')
    expect(kept?.secret).toMatch(/^sealed:/)
    expect((await runWith(environment(after), 'export', ...flagsOf(target), '-')).stdout).toBe(stdout)
    await letsIn(target, userId, secret, after)
  })

  test('a secret comes into no database whose servers seal with another key', async () => {
    const { storage } = await storageWithTOTP(from)
    const { stdout } = await run('export', ...flagsOf(storage), '-')
    const target = await freshStorage(to)
    await (await startInstance({ storage: target, encryptionKey: newKey() })).close()
    const refused = await runReading(stdout, 'import', ...flagsOf(target), '-')
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('CLERK_SERVER_ENCRYPTION_KEY')])
    expect(await rowsIn(target, 'select id from users')).toEqual([])
  })
})

/** The user signs in with the application, and has no backup codes: those are of the instance they were made in. */
async function letsIn(storage: Storage, userId: string, secret: string, encryptionKey: string): Promise<void> {
  const instance = await startInstance({ storage, encryptionKey })
  const { body: user } = await instance.call('GET /users/{user_id}', { params: { user_id: userId } })
  expect(user).toMatchObject({ totp_enabled: true, two_factor_enabled: true, backup_code_enabled: false })
  const browser = visit(instance)
  const form = { identifier: 'ada@example.com', password }
  const { body } = await browser.call('POST /client/sign_ins', { form })
  expect(body.status).toBe('needs_second_factor')
  const params = { sign_in_id: body.id }
  const attempt = 'POST /client/sign_ins/{sign_in_id}/attempt_second_factor'
  const tried = (code: string) => browser.call(attempt, { params, form: { strategy: 'totp', code } })
  // The code that verified it was taken in the other instance already.
  instance.clock.now += 60_000
  const { body: signIn } = await tried(new TOTP({ secret }).generate({ timestamp: instance.clock.now }))
  expect(signIn.status).toBe('complete')
  expect((await browser.call('POST /me/backup_codes')).body.codes).toHaveLength(10)
}

test('a line of the first versions, which has no such thing, is read as it was', async () => {
  const { storage } = await storageWithTOTP('SQLite')
  const { stdout } = await run('export', ...flagsOf(storage), '-')
  const former = usersIn(stdout).map(({ totp: _, ...user }) => JSON.stringify(user))
  const flags = flagsOf(await freshStorage('SQLite'))
  expect(await runReading(former.join('\n'), 'import', ...flags, '-')).toMatchObject({ code: 0 })
  expect(usersIn((await run('export', ...flags, '-')).stdout).map(({ totp }) => totp)).toEqual([null, null])
})

test.each([
  [
    'a secret that is none',
    { secret: 'x', last_step: null, created_at: 1, updated_at: 1 },
    'totp.secret: must be base32',
  ],
  [
    'a time that is none',
    { secret: 'A'.repeat(32), last_step: null, created_at: 'x', updated_at: 1 },
    'totp.created_at',
  ],
  [
    'something unknown',
    { secret: 'A'.repeat(32), last_step: 1, created_at: 1, updated_at: 1, verified: 1 },
    'verified',
  ],
])('a line with %s is named', async (_, totp, sentence) => {
  const { storage } = await storageWithTOTP('SQLite')
  const [user] = usersIn((await run('export', ...flagsOf(storage), '-')).stdout)
  const line = JSON.stringify({ ...user, totp })
  const refused = await runReading(line, 'import', ...flagsOf(await freshStorage('SQLite')), '-')
  expect([refused.code, refused.stderr]).toEqual([2, expect.stringContaining(sentence)])
  expect(refused.stderr).not.toContain('AAAA')
})
