import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { importPKCS8, SignJWT } from 'jose'
import { describe, expect, test, vi } from 'vitest'
import { firstVersionDatabase, keepAsFirstVersion, oldUser } from '../support/first-version.js'
import { inboxOf } from '../support/inbox.js'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'
import { startMailServer } from '../support/mail-server.js'
import { rowsIn } from '../support/rows.js'

const day = 24 * 60 * 60 * 1000
const digest = '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'

/** A database of the first version with something in every table, an hour old. */
async function oldStorage(kind: (typeof storageKinds)[number]) {
  const then = Date.now() - 3_600_000
  const session = (n: number, status: string) =>
    `insert into sessions values ('sess_${n}', 'client_${n}', 'user_1', '${status}', ${then}, ${then + 7 * day}, ${then + 30 * day}, ${then}, ${then})`
  const message = (n: number, status: string, subject: string) => `
    insert into messages values ('ema_${n}', 'email', null, 'user_1', 'idn_1', 'sales', 'old-1@example.com', '${subject}', '<p>…</p>',
      null, '${status}', 0, ${then}, 0, null, ${then}, ${then})`
  const storage = await freshStorage(kind)
  await firstVersionDatabase(storage, [
    oldUser({ n: 1, first_name: 'Ada', last_name: 'Lovelace', created_at: then }),
    oldUser({ n: 2, first_name: null, last_name: null, created_at: then }),
    `update users set password_digest = '${digest}', password_updated_at = ${then}, public_metadata = '{"plan":"pro"}',
      external_id = 'ext_1' where id = 'user_1'`,
    `update users set banned = 1, locked = 1 where id = 'user_2'`,
    ...[1, 2].map((n) => `insert into clients values ('client_${n}', ${then}, ${then})`),
    session(1, 'active'),
    session(2, 'revoked'),
    message(1, 'queued', 'still to be sent'),
    message(2, 'submitted', 'was sent'),
  ])
  const { privateKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
  const keyring = {
    instanceId: 'ins_first',
    secret: randomBytes(32).toString('hex'),
    signingKey: { kid: 'ins_first_key', privateKey },
  }
  await keepAsFirstVersion(storage, keyring)
  return { storage, keyring, then }
}

describe.each(storageKinds)('a database of the first version: %s', (kind) => {
  test('comes along with its users, sessions, clients, messages and keys', async () => {
    const { storage, keyring, then } = await oldStorage(kind)
    const mailServer = await startMailServer()
    const mail = { smtpUrl: `smtp://127.0.0.1:${mailServer.port}`, from: 'auth@example.org' }
    const server = await startInstance({ storage, mail })

    expect(server.secretKey).toBe(`sk_test_${keyring.secret}`)
    expect((await server.call('GET /instance', {})).body.id).toBe('ins_first')
    expect((await server.call('GET /jwks', {})).body.keys.map(({ kid }) => kid)).toEqual(['ins_first_key'])

    const { body: user } = await server.call('GET /users/{user_id}', { params: { user_id: 'user_1' } })
    expect(user).toMatchObject({
      external_id: 'ext_1',
      public_metadata: { plan: 'pro' },
      password_enabled: true,
      primary_email_address_id: 'idn_1',
      email_addresses: [{ id: 'idn_1', email_address: 'old-1@example.com', verification: { status: 'verified' } }],
      created_at: then,
    })
    const password = { params: { user_id: 'user_1' }, json: { password: 'password' } }
    expect((await server.call('POST /users/{user_id}/verify_password', password)).body).toEqual({ verified: true })
    const { body: other } = await server.call('GET /users/{user_id}', { params: { user_id: 'user_2' } })
    expect(other).toMatchObject({ banned: true, locked: true })

    const { body: sessions } = await server.call('GET /sessions', { query: { user_id: 'user_1' } })
    expect(sessions).toMatchObject([
      { id: 'sess_2', status: 'revoked' },
      { id: 'sess_1', status: 'active', client_id: 'client_1', expire_at: then + 7 * day },
    ])
    const { body: client } = await server.call('GET /clients/{client_id}', { params: { client_id: 'client_1' } })
    expect(client).toMatchObject({ session_ids: ['sess_1'], created_at: then })
    expect((await server.call('POST /clients/verify', { json: { token: await oldToken(keyring) } })).body).toEqual(
      client,
    )

    await vi.waitFor(() => expect(mailServer.mails.map(({ subject }) => subject)).toEqual(['still to be sent']), {
      timeout: 10_000,
    })
    const messages = await inboxOf(server)
    expect(messages.map(({ id, to }) => [id, to])).toEqual([
      ['ema_2', 'old-1@example.com'],
      ['ema_1', 'old-1@example.com'],
    ])

    await server.call('DELETE /users/{user_id}', { params: { user_id: 'user_1' } })
    expect(await rowsIn(storage, 'select id from sessions')).toEqual([])
    expect(await rowsIn(storage, 'select id from identifications')).toEqual([{ id: 'idn_2' }])
    expect(await rowsIn(storage, 'select * from keyring')).toEqual([])
  })
})

/** A session token that was signed before. */
const oldToken = async ({ signingKey }: Awaited<ReturnType<typeof oldStorage>>['keyring']) =>
  new SignJWT({ sid: 'sess_1', sub: 'user_1' })
    .setProtectedHeader({ alg: 'RS256', kid: signingKey.kid })
    .setIssuer('https://clerk.localhost')
    .setExpirationTime('1h')
    .sign(await importPKCS8(signingKey.privateKey, 'RS256'))
