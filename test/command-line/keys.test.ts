import { existsSync } from 'node:fs'
import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Storage } from 'clerk-server'
import { describe, expect, test } from 'vitest'
import { type Running, run, runWith, startReady, startReadyWith, temporaryFolder } from '../support/command-line.js'
import { keepAsFirstVersion, type OldKeyring } from '../support/first-version.js'
import { freshStorage, storageKinds } from '../support/instance.js'
import { statements } from '../support/statements.js'
import { flagsOf } from '../support/storage-flags.js'

const encryption = { CLERK_SERVER_ENCRYPTION_KEY: 'ab'.repeat(32) }
const production = ['--production', '--issuer', 'https://clerk.example.com']

async function api(
  { ready }: Running,
  path: string,
  { key = ready.secretKey, body }: { key?: string; body?: object } = {},
) {
  const response = await fetch(`${ready.apiUrl}/v1${path}`, {
    method: body ? 'POST' : 'GET',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  })
  return { status: response.status, body: (await response.json()) as { id: string; jwt: string } }
}

describe('clerk-server start --production', () => {
  test('shows the first key once, in the ready line of the first start', async () => {
    const folder = await temporaryFolder()
    const first = await startReady('--data-dir', folder, ...production)
    expect(first.ready).toMatchObject({
      secretKey: expect.stringMatching(/^sk_live_[0-9a-f]{64}$/),
      apiKey: first.ready.secretKey.replace('sk_', ''),
      publishableKey: `pk_live_${Buffer.from('clerk.example.com$').toString('base64')}`,
    })
    expect((await api(first, '/users')).status).toBe(200)
    await first.stop('SIGTERM')

    const second = await startReady('--data-dir', folder, '--production')
    expect(second.ready).not.toHaveProperty('secretKey')
    expect(second.ready).not.toHaveProperty('apiKey')
    expect(second.ready.publishableKey).toBe(first.ready.publishableKey)
    expect((await api(second, '/users', { key: first.ready.secretKey })).status).toBe(200)
    for (const server of [first, second]) expect(server.log()).not.toContain(first.ready.secretKey.slice(8, 24))
  })

  test('needs an issuer at its first start, and makes nothing of a wrong one', async () => {
    const folder = join(await temporaryFolder(), 'data')
    const without = await run('start', '--production', '--port', '0', '--data-dir', folder)
    expect(without).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('needs an issuer') })
    const wrong = await run('start', '--production', '--issuer', 'https://auth.example.com', '--data-dir', `${folder}2`)
    expect(wrong).toMatchObject({ code: 2, stdout: '', stderr: expect.stringContaining('begin with https://clerk.') })
    expect(existsSync(`${folder}2`)).toBe(false)
    await startReady('--data-dir', folder, ...production)
  })

  test('does not start a development instance', async () => {
    const folder = await temporaryFolder()
    await (await startReady('--data-dir', folder)).stop('SIGTERM')
    const { code, stderr } = await run('start', '--port', '0', '--data-dir', folder, ...production)
    expect(code).toBe(1)
    expect(stderr).toContain('the instance is for development, and stays so: start it without --production')
  })
})

describe('clerk-server keys', () => {
  test('makes, lists, revokes and rotates keys of a sealed production instance beside its server', async () => {
    const storage = ['--data-dir', await temporaryFolder()]
    const server = await startReadyWith(encryption, ...storage, ...production)
    const made = await runWith(encryption, 'keys', 'create', '--name', 'billing', ...storage)
    expect(made).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('it cannot be shown again') })
    const key = /CLERK_SECRET_KEY +(sk_live_[0-9a-f]{64})/.exec(made.stdout)?.[1] ?? ''
    const id = /sec_\w{27}/.exec(made.stdout)?.[0] ?? ''
    const rotated = await runWith(encryption, 'keys', 'rotate', ...storage)
    expect(rotated).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('Nobody is signed out') })
    await server.stop('SIGTERM')

    const again = await startReadyWith(encryption, ...storage, '--production')
    expect((await api(again, '/jwks', { key })).body).toMatchObject({ keys: [{ kty: 'RSA' }, { kty: 'RSA' }] })
    const listed = await run('keys', 'list', ...storage)
    expect(listed.stdout).toContain('Secret keys (production)')
    expect(listed.stdout).toMatch(/_[0-9a-f]{8} +\S+ \S+ +signs\n/)
    expect(listed.stdout).toMatch(/in the key set, signs from \d{4}-/)
    expect(listed.stdout).not.toContain(key.slice(8, 24))
    expect(await run('keys', 'revoke', id, ...storage)).toMatchObject({
      code: 0,
      stdout: expect.stringContaining(`The key ${id} (billing) is revoked.`),
    })
    const first = /(sec_\w{27}) +first/.exec(listed.stdout)?.[1] ?? ''
    expect((await run('keys', 'revoke', first, ...storage)).stdout).toContain('No other is left')
  })

  test.each([
    [['keys', 'list'], 1, 'there is no database in'],
    [['keys', 'rotate'], 1, 'there is no database in'],
    [['keys', 'revoke'], 2, 'ID is missing'],
    [['keys', 'create', '--memory'], 2, "Unknown option '--memory'"],
    [['keys', 'create', '--name', ''], 2, '--name must not be empty'],
    [['keys', 'create', '--name', 'a\nb'], 2, '--name must have at most 100 characters, none of them for control'],
  ])('%j where there is nothing exits %d and makes nothing', async (args, expected, reason) => {
    const folder = join(await temporaryFolder(), 'none')
    const { code, stdout, stderr } = await run(...args, '--data-dir', folder)
    expect({ code, stdout }).toEqual({ code: expected, stdout: '' })
    expect(stderr).toContain(reason)
    expect(existsSync(folder)).toBe(false)
  })

  test('revoke of a key that is not there exits 1 and says where to look', async () => {
    const folder = await temporaryFolder()
    await (await startReady('--data-dir', folder)).stop('SIGTERM')
    const { code, stderr } = await run('keys', 'revoke', 'sec_none', '--data-dir', folder)
    expect(code).toBe(1)
    expect(stderr).toContain('there is no secret key sec_none: clerk-server keys list shows those there are')
  })

  test('an encryption key that is none exits 2 and is not repeated', async () => {
    for (const args of [
      ['start', '--memory'],
      ['keys', 'list'],
    ]) {
      const { code, stderr } = await runWith({ CLERK_SERVER_ENCRYPTION_KEY: 'hidden' }, ...args)
      expect(code).toBe(2)
      expect(stderr).toContain('CLERK_SERVER_ENCRYPTION_KEY must be 32 bytes in base64 or hex')
      expect(stderr).not.toContain('hidden')
    }
  })

  test.each(storageKinds)('leaves a database of another version alone: %s', async (kind) => {
    const storage = await freshStorage(kind)
    await (await startReady(...flagsOf(storage))).stop('SIGTERM')
    await statements(storage, "insert into kysely_migration (name, timestamp) values ('9999-later', '2030-01-01')")
    const newer = await run('keys', 'list', ...flagsOf(storage))
    expect(newer).toMatchObject({ code: 1, stderr: expect.stringContaining('made by a newer clerk-server') })
    await statements(storage, "delete from kysely_migration where name in ('9999-later', '0003-keys')")
    const older = await run('keys', 'list', ...flagsOf(storage))
    expect(older).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('the database was made by an older clerk-server'),
    })
  })
})

describe.each(storageKinds)('keys as the first versions kept them: %s', (kind) => {
  test.each([
    ['taken over', {}],
    ['taken over and sealed', encryption],
  ])('are %s at the next start, with every session', async (_, environment) => {
    const storage = await freshStorage(kind)
    const before = await startReady(...flagsOf(storage))
    const user = (await api(before, '/users', { body: { skip_user_requirement: true } })).body
    const session = (await api(before, '/sessions', { body: { user_id: user.id } })).body
    const token = (await api(before, `/sessions/${session.id}/tokens`, { body: { expires_in_seconds: 3600 } })).body.jwt
    const set = await api(before, '/jwks')
    await before.stop('SIGTERM')
    const keyring = await asFirstVersion(storage)

    const after = await startReadyWith(environment, ...flagsOf(storage))
    expect(after.ready.secretKey).toBe(before.ready.secretKey)
    expect(await api(after, '/jwks')).toEqual(set)
    expect((await api(after, `/sessions/${session.id}/verify`, { body: { token } })).status).toBe(200)
    expect(await statements(storage, 'select id from instance')).toEqual([{ id: keyring.instanceId }])
    expect(await statements(storage, 'select * from keyring')).toEqual([])
    if ('dataDir' in storage) {
      expect(existsSync(join(storage.dataDir, 'keys.json'))).toBe(false)
      expect((await stat(join(storage.dataDir, 'clerk.sqlite'))).mode & 0o777).toBe(0o600)
    }
    const [row] = await statements(storage, 'select private_key from signing_keys')
    expect(String(row?.['private_key']).startsWith('sealed:')).toBe(environment === encryption)
  })

  test('of another instance than that of the database are left, and nothing starts', async () => {
    const storage = await freshStorage(kind)
    const first = await startReady(...flagsOf(storage))
    await first.stop('SIGTERM')
    const keyring = { instanceId: 'ins_other', secret: 'a'.repeat(64), signingKey: { kid: 'x', privateKey: 'y' } }
    await keepAsFirstVersion(storage, keyring)
    const { code, stderr } = await run('start', '--port', '0', ...flagsOf(storage))
    expect(code).toBe(1)
    expect(stderr).toContain('has the keys of another instance (ins_other) than the database')
    if ('dataDir' in storage) expect(await readFile(join(storage.dataDir, 'keys.json'), 'utf8')).toContain('ins_other')
  })

  test('are removed when they were taken over, and the server ended before it could do so', async () => {
    const storage = await freshStorage(kind)
    const first = await startReady(...flagsOf(storage))
    await first.stop('SIGTERM')
    await keepAsFirstVersion(storage, await keptKeys(storage))
    const again = await startReady(...flagsOf(storage))
    expect(again.ready.secretKey).toBe(first.ready.secretKey)
    if ('dataDir' in storage) expect(existsSync(join(storage.dataDir, 'keys.json'))).toBe(false)
    expect(await statements(storage, 'select * from keyring')).toEqual([])
  })
})

async function keptKeys(storage: Storage): Promise<OldKeyring> {
  const [instance, secret, signing] = await statements(
    storage,
    'select id from instance',
    'select readable from secret_keys',
    'select kid, private_key from signing_keys',
  )
  return {
    instanceId: String(instance?.['id']),
    secret: String(secret?.['readable']),
    signingKey: { kid: String(signing?.['kid']), privateKey: String(signing?.['private_key']) },
  }
}

/** Makes a database, with its keys, what the first versions would have left of it. */
async function asFirstVersion(storage: Storage): Promise<OldKeyring> {
  const keyring = await keptKeys(storage)
  await statements(storage, ...['instance', 'secret_keys', 'signing_keys'].map((table) => `delete from ${table}`))
  await keepAsFirstVersion(storage, keyring)
  return keyring
}
