import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type ServerOptions, StartupError, type Storage } from 'clerk-server'
import { decodeJwt, decodeProtectedHeader } from 'jose'
import { describe, expect, test, vi } from 'vitest'
import { run, runWith } from '../support/command-line.js'
import { freshStorage, type Instance, startInstance, storageKinds } from '../support/instance.js'
import { statements } from '../support/statements.js'
import { flagsOf } from '../support/storage-flags.js'

const minute = 60_000
const issuer = 'https://clerk.example.com'
const [one, two] = ['1', '2'].map((digit) => digit.repeat(64)) as [string, string]

async function keys<Document>(storage: Storage, name: string, ...args: string[]): Promise<Document> {
  const { code, stdout, stderr } = await run('keys', name, '--json', ...flagsOf(storage), ...args)
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return JSON.parse(stdout) as Document
}

interface Made {
  id: string
  secretKey: string
  apiKey: string
}

async function statusOf({ url }: Instance, key: string) {
  const response = await fetch(`${url}/v1/users`, { headers: { authorization: `Bearer ${key}` } })
  const { errors } = (await response.json()) as { errors?: { code: string }[] }
  return [response.status, errors?.[0]?.code]
}

const refused = [401, 'clerk_key_invalid']
const accepted = [200, undefined]

/** Waits until every server has noticed, which is to be soon: the bound is told in the documents. */
const soon = (assertion: () => Promise<void>) => vi.waitFor(assertion, { timeout: 5_000, interval: 100 })

async function signIn(server: Instance) {
  const user = await server.call('POST /users', { json: { skip_user_requirement: true } })
  const session = await server.call('POST /sessions', { json: { user_id: user.body.id } })
  return session.body.id
}

async function mint(server: Instance, session_id: string, json = {}) {
  const token = await server.call('POST /sessions/{session_id}/tokens', { params: { session_id }, json })
  expect(token.status).toBe(200)
  return token.body.jwt
}

const kidOf = (jwt: string) => decodeProtectedHeader(jwt).kid
const published = async (server: Instance) => (await server.call('GET /jwks', {})).body.keys.map(({ kid }) => kid)
const verify = (server: Instance, session_id: string, token: string) =>
  server.call('POST /sessions/{session_id}/verify', { params: { session_id }, form: { token } })

const starting = (options: { storage: Storage } & Partial<ServerOptions>) => startInstance(options)

describe.each(storageKinds)('the environment of an instance: %s', (kind) => {
  test('a production instance has live keys, and shows the first one once', async () => {
    const storage = await freshStorage(kind)
    const first = await startInstance({ storage, environment: 'production', issuer })
    expect(first.secretKey).toMatch(/^sk_live_[0-9a-f]{64}$/)
    expect(first.apiKey).toBe(first.secretKey.replace('sk_', ''))
    expect(first.publishableKey).toBe(`pk_live_${Buffer.from('clerk.example.com$').toString('base64')}`)
    for (const key of [first.secretKey, first.apiKey]) expect(await statusOf(first, key)).toEqual(accepted)
    await first.close()

    const second = await startInstance({ storage, environment: 'production' })
    expect(second).toMatchObject({ secretKey: '', apiKey: '', publishableKey: first.publishableKey })
    for (const key of [first.secretKey, first.apiKey]) expect(await statusOf(second, key)).toEqual(accepted)
    for (const key of [first.secretKey, first.apiKey].map((live) => live.replace('live', 'test'))) {
      expect(await statusOf(second, key)).toEqual(refused)
    }
  })

  test('an instance is not started as one of the other kind, and stays as it is', async () => {
    const live = await freshStorage(kind)
    const first = await startInstance({ storage: live, environment: 'production', issuer })
    await first.close()
    await expect(starting({ storage: live })).rejects.toMatchObject({
      name: 'StartupError',
      message: expect.stringContaining('the instance is for production, and stays so: start it with --production'),
    })
    const again = await startInstance({ storage: live, environment: 'production' })
    expect(await statusOf(again, first.secretKey)).toEqual(accepted)

    const test = await freshStorage(kind)
    await (await startInstance({ storage: test })).close()
    await expect(starting({ storage: test, environment: 'production', issuer })).rejects.toThrow(
      'the instance is for development, and stays so: start it without --production',
    )
  })

  test('the issuer is decided at the first start, and tokens and the publishable key name it', async () => {
    const storage = await freshStorage(kind)
    const first = await startInstance({ storage, issuer: 'https://CLERK.example.com:4443/' })
    expect(decodeJwt(await mint(first, await signIn(first)))).toMatchObject({ iss: 'https://clerk.example.com:4443' })
    expect(first.publishableKey).toBe(`pk_test_${Buffer.from('clerk.example.com:4443$').toString('base64')}`)
    await first.close()
    await expect(starting({ storage, issuer })).rejects.toThrow(
      'the issuer of the instance is https://clerk.example.com:4443, and stays so',
    )
    const again = await startInstance({ storage, issuer: 'https://clerk.example.com:4443' })
    expect(again.publishableKey).toBe(first.publishableKey)
  })
})

test.each([
  ['http://clerk.example.com', 'no https address'],
  ['https://clerk.example.com/path', 'no https address'],
  ['https://user@clerk.example.com', 'no https address'],
  ['https://clerk.example.com?', 'no https address'],
  ['clerk.example.com', 'no https address'],
  ['', 'no https address'],
  [
    'https://auth.example.com',
    'version 2.6.3 of the SDK accepts tokens only of issuers that begin with https://clerk.',
  ],
  ['https://clerk', 'begin with https://clerk.'],
  ['https://clerk.', 'begin with https://clerk.'],
])('an issuer %j is refused with the reason', async (wrong, reason) => {
  const start = starting({ storage: { memory: true }, issuer: wrong })
  await expect(start).rejects.toMatchObject({ exitCode: 2, message: expect.stringContaining(reason) })
  await expect(start).rejects.toBeInstanceOf(StartupError)
})

describe.each(storageKinds)('the secret keys of an instance: %s', (kind) => {
  test('are made and revoked beside running servers, which notice', async () => {
    const storage = await freshStorage(kind)
    const servers = [await startInstance({ storage })]
    if (kind === 'PostgreSQL') servers.push(await startInstance({ storage }))
    const made = await keys<Made>(storage, 'create', '--name', 'billing')
    expect(made.secretKey).toBe(`sk_${made.apiKey}`)
    for (const server of servers) {
      await soon(async () => {
        for (const key of [made.secretKey, made.apiKey]) expect(await statusOf(server, key)).toEqual(accepted)
      })
    }
    expect(await keys(storage, 'revoke', made.id)).toMatchObject({ id: made.id, revokedAt: expect.any(Number) })
    for (const server of servers) {
      await soon(async () => {
        for (const key of [made.secretKey, made.apiKey]) expect(await statusOf(server, key)).toEqual(refused)
      })
      expect(await statusOf(server, server.secretKey)).toEqual(accepted)
    }
  })

  test('are listed without the keys', async () => {
    const storage = await freshStorage(kind)
    const { secretKey } = await startInstance({ storage })
    const made = await keys<Made>(storage, 'create', '--name', 'billing')
    await keys(storage, 'revoke', made.id)
    const list = await keys<{ secretKeys: object[] }>(storage, 'list')
    const text = (await run('keys', 'list', ...flagsOf(storage))).stdout
    expect(list.secretKeys).toEqual([
      {
        id: expect.stringMatching(/^sec_/),
        name: 'first',
        hint: secretKey.slice(-4),
        createdAt: expect.any(Number),
        revokedAt: null,
      },
      {
        id: made.id,
        name: 'billing',
        hint: made.secretKey.slice(-4),
        createdAt: expect.any(Number),
        revokedAt: expect.any(Number),
      },
    ])
    expect(text).toMatch(new RegExp(`first +sk_test_…${secretKey.slice(-4)} .* in force`))
    expect(text).toMatch(new RegExp(`${made.id} +billing .* revoked`))
    for (const shown of [JSON.stringify(list), text]) {
      for (const key of [secretKey, made.secretKey]) expect(shown).not.toContain(key.slice(8, 24))
    }
  })

  test('whose last one was revoked, of a development instance, get a new one at the next start', async () => {
    const storage = await freshStorage(kind)
    const first = await startInstance({ storage })
    const { secretKeys } = await keys<{ secretKeys: Made[] }>(storage, 'list')
    await keys(storage, 'revoke', secretKeys[0]?.id ?? '')
    await soon(async () => expect(await statusOf(first, first.secretKey)).toEqual(refused))
    await first.close()
    const again = await startInstance({ storage })
    expect(again.secretKey).not.toBe(first.secretKey)
    expect(await statusOf(again, again.secretKey)).toEqual(accepted)
    expect(await statusOf(again, first.secretKey)).toEqual(refused)
  })

  test('are kept as digests, and nothing that is sealed can be read', async () => {
    const live = await freshStorage(kind)
    const production = await startInstance({ storage: live, environment: 'production', issuer, encryptionKey: one })
    const development = await freshStorage(kind)
    const { secretKey } = await startInstance({ storage: development, encryptionKey: one })
    for (const [storage, key] of [
      [live, production.secretKey],
      [development, secretKey],
    ] as const) {
      const kept = await everything(storage)
      expect(kept).toContain(createHash('sha256').update(key.slice(8)).digest('hex'))
      expect(kept).not.toContain(key.slice(8))
      expect(kept).not.toContain('PRIVATE KEY')
      expect(kept).toContain('PUBLIC KEY')
      expect(kept).toContain('sealed:1:')
    }
  })
})

/** All that is in the database, as text. */
async function everything(storage: Storage): Promise<string> {
  if ('dataDir' in storage) {
    const files = (await readdir(storage.dataDir)).map((name) => readFile(join(storage.dataDir, name), 'latin1'))
    return (await Promise.all(files)).join('\n')
  }
  const rows = ['instance', 'secret_keys', 'signing_keys', 'keyring'].map((table) => `select * from ${table}`)
  return JSON.stringify(await statements(storage, ...rows))
}

test('a key of another instance, a publishable key and none are refused with their codes', async () => {
  const [server, other] = [
    await startInstance({ storage: { memory: true } }),
    await startInstance({ storage: { memory: true } }),
  ]
  for (const key of [other.secretKey, other.apiKey, server.publishableKey, 'sk_test_', 'test_', 'sk_', 'x']) {
    expect(await statusOf(server, key)).toEqual(refused)
  }
  expect(await statusOf(server, '')).toEqual([401, 'authorization_header_format_invalid'])
})

describe.each(storageKinds)('the signing keys of an instance: %s', (kind) => {
  test('a new key is published before it signs, both are accepted, and the old one is dropped', async () => {
    const storage = await freshStorage(kind)
    const server = await startInstance({ storage })
    const session = await signIn(server)
    const old = await mint(server, session)
    const { kid } = await keys<{ kid: string }>(storage, 'rotate')
    await soon(async () => expect(await published(server)).toEqual([kidOf(old), kid]))
    expect(kidOf(await mint(server, session))).toBe(kidOf(old))

    const twice = await run('keys', 'rotate', ...flagsOf(storage))
    expect(twice).toMatchObject({ code: 1, stderr: expect.stringContaining('a rotation is under way') })

    server.clock.now += 60 * minute
    const lasting = await mint(server, session, { expires_in_seconds: 10 * 24 * 60 * 60 })
    expect(kidOf(lasting)).toBe(kidOf(old))
    server.clock.now += 6 * minute
    const young = await mint(server, session)
    expect(kidOf(young)).toBe(kid)
    expect(await published(server)).toEqual([kidOf(old), kid])
    for (const jwt of [lasting, young]) expect((await verify(server, session, jwt)).status).toBe(200)

    server.clock.now += 65 * minute
    expect(await published(server)).toEqual([kid])
    expect(kidOf(await mint(server, session))).toBe(kid)
    // Clients no longer accept it; this server knows what it signed, such as links in mails.
    expect((await verify(server, session, lasting)).status).toBe(200)
    await soon(async () => {
      await published(server)
      const rows = await statements(storage, 'select kid, private_key from signing_keys order by signs_from')
      expect(rows).toEqual([
        { kid: kidOf(old), private_key: null },
        { kid, private_key: expect.stringContaining('PRIVATE KEY') },
      ])
    })
  })

  test('a compromised key is ended at once, on every server', async () => {
    const storage = await freshStorage(kind)
    const servers = [await startInstance({ storage })]
    if (kind === 'PostgreSQL') servers.push(await startInstance({ storage }))
    const [server] = servers as [Instance]
    const session = await signIn(server)
    const leaked = await mint(server, session)
    await keys(storage, 'rotate')
    const { kid } = await keys<{ kid: string }>(storage, 'rotate', '--now')
    for (const one of servers) {
      await soon(async () => expect(await published(one)).toEqual([kid]))
      expect(await verify(one, session, leaked)).toMatchObject({ status: 400, codes: ['invalid_session_token'] })
      expect(kidOf(await mint(one, session))).toBe(kid)
    }
  })
})

test('a server that runs goes on while another one changes the encryption key', async () => {
  const storage = await freshStorage('PostgreSQL')
  const server = await startInstance({ storage, encryptionKey: one })
  const session = await signIn(server)
  const kid = kidOf(await mint(server, session))
  await startInstance({ storage, encryptionKey: two, previousEncryptionKey: one })
  const made = await runWith({ CLERK_SERVER_ENCRYPTION_KEY: two }, 'keys', 'create', '--json', ...flagsOf(storage))
  const { secretKey } = JSON.parse(made.stdout) as Made
  await soon(async () => expect(await statusOf(server, secretKey)).toEqual(accepted))
  expect(kidOf(await mint(server, session))).toBe(kid)
})

test('several instances in memory have keys of their own: no token of one passes in another', async () => {
  const servers = await Promise.all([1, 2, 3].map(() => startInstance({ storage: { memory: true } })))
  const [first, second] = servers as [Instance, Instance]
  const sets = await Promise.all(servers.map((server) => server.call('GET /jwks', {})))
  const [jwk, other] = sets.map(({ body }) => body.keys[0])
  expect(jwk?.kid).not.toBe(other?.kid)
  expect(new Set(servers.map(({ secretKey }) => secretKey)).size).toBe(3)
  const session = await signIn(first)
  const jwt = await mint(first, session)
  const foreign = await signIn(second)
  expect((await verify(first, session, jwt)).status).toBe(200)
  expect(await verify(second, foreign, jwt)).toMatchObject({ status: 400, codes: ['invalid_session_token'] })
})

describe.each(storageKinds)('an instance that is sealed: %s', (kind) => {
  const cases = [
    ['no key', {}, 'give it as CLERK_SERVER_ENCRYPTION_KEY'],
    ['another key', { encryptionKey: two }, 'and the one that is given has'],
    ['the key as the previous one of none', { previousEncryptionKey: one }, 'without CLERK_SERVER_ENCRYPTION_KEY'],
  ] as const

  test.each(cases)('does not start with %s, and says what is needed', async (_, given, reason) => {
    const storage = await freshStorage(kind)
    const first = await startInstance({ storage, encryptionKey: one })
    await first.close()
    const before = await statements(storage, 'select * from signing_keys', 'select * from secret_keys')
    await expect(starting({ storage, ...given })).rejects.toMatchObject({
      name: 'StartupError',
      message: expect.stringContaining(reason),
    })
    expect(await statements(storage, 'select * from signing_keys', 'select * from secret_keys')).toEqual(before)
    const again = await startInstance({ storage, encryptionKey: Buffer.from(one, 'hex').toString('base64') })
    expect(again.secretKey).toBe(first.secretKey)
  })

  test('is sealed at the first start with a key, and changes it with the previous one', async () => {
    const storage = await freshStorage(kind)
    const plain = await startInstance({ storage })
    const session = await signIn(plain)
    const jwt = await mint(plain, session)
    await plain.close()
    expect(await everything(storage)).toContain(plain.secretKey.slice(8))
    for (const given of [
      { encryptionKey: one },
      { encryptionKey: two, previousEncryptionKey: one },
      { encryptionKey: two },
    ]) {
      const server = await startInstance({ storage, ...given })
      expect(server.secretKey).toBe(plain.secretKey)
      expect((await verify(server, session, jwt)).status).toBe(200)
      expect(kidOf(await mint(server, session))).toBe(kidOf(jwt))
      await server.close()
      const rows = await statements(
        storage,
        'select private_key as sealed from signing_keys',
        'select readable as sealed from secret_keys',
      )
      for (const row of rows) expect(row).toEqual({ sealed: expect.stringMatching(/^sealed:1:[0-9a-f]{8}:[\w-]+$/) })
    }
    await expect(starting({ storage, encryptionKey: one })).rejects.toThrow('fingerprint')
  })

  test('a sealed key that was moved to another row does not open', async () => {
    const storage = await freshStorage(kind)
    await (await startInstance({ storage, encryptionKey: one })).close()
    await statements(storage, "update signing_keys set kid = 'ins_moved'")
    await expect(starting({ storage, encryptionKey: one })).rejects.toThrow('was changed or moved')
  })

  test('is changed by nobody without its key', async () => {
    const storage = await freshStorage(kind)
    const server = await startInstance({ storage, encryptionKey: one })
    for (const name of ['create', 'rotate']) {
      const { code, stderr } = await run('keys', name, ...flagsOf(storage))
      expect(code).toBe(1)
      expect(stderr).toContain('give it as CLERK_SERVER_ENCRYPTION_KEY')
    }
    const { secretKeys } = await keys<{ secretKeys: Made[] }>(storage, 'list')
    expect(secretKeys).toHaveLength(1)
    expect(await published(server)).toHaveLength(1)
  })
})

test.each(['', 'short', '1'.repeat(63), `${'1'.repeat(63)}g`, Buffer.alloc(31).toString('base64')])(
  'an encryption key %j is refused, and not repeated',
  async (encryptionKey) => {
    const message =
      'CLERK_SERVER_ENCRYPTION_KEY must be 32 bytes in base64 or hex, such as "openssl rand -base64 32" prints'
    await expect(starting({ storage: { memory: true }, encryptionKey })).rejects.toMatchObject({ exitCode: 2, message })
  },
)
