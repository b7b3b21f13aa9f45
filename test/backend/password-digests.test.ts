import { join } from 'node:path'
import type { Storage } from 'clerk-server'
import Libsql from 'libsql'
import pg from 'pg'
import { describe, expect, onTestFinished, test } from 'vitest'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'
import { createUser, inMemory, right, verify, wrong } from './password-support.js'
import { costlyDigests, malformedDigests, vectors } from './password-vectors.js'

/** What a database holds of the passwords in it. */
async function storedPasswords(storage: Storage): Promise<{ password_digest: string; password_hasher: string }[]> {
  const select = 'select password_digest, password_hasher from users'
  if ('dataDir' in storage) {
    const file = new Libsql(join(storage.dataDir, 'clerk.sqlite'))
    onTestFinished(() => void file.close())
    return file.prepare(select).all() as { password_digest: string; password_hasher: string }[]
  }
  const client = new pg.Client('databaseUrl' in storage ? storage.databaseUrl : '')
  await client.connect()
  const { rows } = await client.query(select)
  await client.end()
  return rows
}

describe('a digest that is brought along', () => {
  test('of every hasher verifies its password and no other, before and after it is upgraded', async () => {
    const server = await inMemory()
    for (const { hasher, digest, password, from = 'Python' } of vectors) {
      const id = await createUser(server, { password_digest: digest, password_hasher: hasher })
      const answers = [
        await verify(server, id, `${password[0]}x${password.slice(1)}`),
        await verify(server, id, ''),
        await verify(server, id, password),
        await verify(server, id, password),
        await verify(server, id, password.toUpperCase() === password ? 'u*u' : password.toUpperCase()),
      ]
      expect(answers, `${hasher} of ${from}`).toEqual([wrong, wrong, right, right, wrong])
    }
  })

  test('of every hasher the API names has been tried', async () => {
    const server = await inMemory()
    const response = await fetch(`${server.url}/openapi.json`)
    const { paths } = (await response.json()) as {
      paths: Record<string, Record<string, { requestBody: { content: Record<string, { schema: Described }> } }>>
    }
    interface Described {
      properties: Record<string, { enum?: string[]; anyOf?: { enum?: string[] }[] }>
    }
    const hasher =
      paths['/users']?.['post']?.requestBody.content['application/json']?.schema.properties['password_hasher']
    const names = hasher?.enum ?? hasher?.anyOf?.find((one) => one.enum)?.enum
    expect(names).toEqual([...new Set(vectors.map((vector) => vector.hasher))].sort())
  })

  test('is refused when it is malformed', async () => {
    const server = await inMemory()
    for (const [password_hasher, password_digest] of malformedDigests) {
      const answer = await server.call('POST /users', { json: { username: 'fine', password_digest, password_hasher } })
      expect(answer, password_digest).toMatchObject({
        status: 422,
        codes: ['form_password_digest_invalid_code'],
        params: ['password_digest'],
      })
      expect(answer.error.errors[0]?.message).toContain(`is not a digest of ${password_hasher}, which has the form `)
    }
    expect((await server.call('GET /users/count', {})).body.total_count).toBe(0)
  })

  test('is refused when it costs too much', async () => {
    const server = await inMemory()
    for (const [password_hasher, password_digest] of costlyDigests) {
      const answer = await server.call('POST /users', { json: { username: 'fine', password_digest, password_hasher } })
      expect(answer, password_digest).toMatchObject({
        status: 422,
        codes: ['form_password_digest_invalid_code'],
        params: ['password_digest'],
      })
      expect(answer.error.errors[0]?.message).toMatch(/^asks for \d+ .+, and this server takes \d+ at most$/)
    }
  })

  test('is refused without its hasher, without itself, and with a password', async () => {
    const server = await inMemory()
    const id = await createUser(server, {})
    const refusals: [json: object, code: string, param: string][] = [
      [{ password_digest: 'x' }, 'form_conditional_param_missing', 'password_hasher'],
      [{ password_hasher: 'md5' }, 'form_conditional_param_missing', 'password_digest'],
      [{ password_digest: null, password_hasher: 'md5' }, 'form_conditional_param_missing', 'password_digest'],
      [{ password_digest: 'x', password_hasher: 'rot13' }, 'form_param_value_invalid', 'password_hasher'],
      [{ password_digest: 'x', password_hasher: 'awscognito' }, 'form_param_value_invalid', 'password_hasher'],
      [{ password_digest: 5, password_hasher: 'md5' }, 'form_param_type_invalid', 'password_digest'],
      [
        { password_digest: 'x'.repeat(1025), password_hasher: 'md5' },
        'form_param_max_length_exceeded',
        'password_digest',
      ],
      [
        {
          password: 'a long enough secret',
          password_digest: '5f4dcc3b5aa765d61d8327deb882cf99',
          password_hasher: 'md5',
        },
        'form_conditional_param_disallowed',
        'password_digest',
      ],
    ]
    for (const [json, code, param] of refusals) {
      const refused = { status: 422, codes: [code], params: [param] }
      expect(await server.call('POST /users', { json: { username: 'fine', ...json } })).toMatchObject(refused)
      const changed = await server.call('PATCH /users/{user_id}', { params: { user_id: id }, json })
      expect(changed).toMatchObject(refused)
    }
  })

  test('takes the place of a password, and a form of version 2.6.3 leaves it alone', async () => {
    const server = await inMemory()
    const id = await createUser(server, { password: 'a long enough secret' })
    const change = (sent: object) => server.call('PATCH /users/{user_id}', { params: { user_id: id }, ...sent })
    await change({ form: { password_hasher: 'md5', password_digest: '5f4dcc3b5aa765d61d8327deb882cf99' } })
    await change({ form: { first_name: 'Ada', password: '', password_hasher: '', password_digest: '' } })
    expect(await verify(server, id, 'a long enough secret')).toEqual(wrong)
    expect(await verify(server, id, 'password')).toEqual(right)
  })
})

describe.each(storageKinds)('a digest on %s', (kind) => {
  test('is upgraded to argon2id by the first password that is right, and not by one that is wrong', async () => {
    const storage = await freshStorage(kind, 'instance')
    const server = await startInstance({ storage })
    const md5 = { password_digest: '5f4dcc3b5aa765d61d8327deb882cf99', password_hasher: 'md5' }
    const id = await createUser(server, md5)
    const { body: before } = await server.call('GET /users/{user_id}', { params: { user_id: id } })

    await verify(server, id, 'wrong')
    expect(await storedPasswords(storage)).toEqual([md5])
    server.clock.now += 1000
    expect(await verify(server, id, 'password')).toEqual(right)
    const [upgraded] = await storedPasswords(storage)
    expect(upgraded).toEqual({
      password_digest: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/),
      password_hasher: 'argon2id',
    })
    expect(await verify(server, id, 'password')).toEqual(right)
    expect(await storedPasswords(storage)).toEqual([upgraded])
    expect((await server.call('GET /users/{user_id}', { params: { user_id: id } })).body).toEqual(before)
  })

  test('that is argon2id of fewer costs than ours is upgraded as well', async () => {
    const storage = await freshStorage(kind, 'instance')
    const server = await startInstance({ storage })
    const id = await createUser(server, {
      password_digest: '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
      password_hasher: 'argon2id',
    })
    expect(await verify(server, id, 'password')).toEqual(right)
    expect((await storedPasswords(storage))[0]?.password_digest).toContain('$m=19456,t=2,p=1$')
  })

  test('is argon2id of each password that is set, and gone when the password is removed', async () => {
    const storage = await freshStorage(kind, 'instance')
    const server = await startInstance({ storage })
    const id = await createUser(server, { password: 'a long enough secret' })
    expect(await storedPasswords(storage)).toEqual([
      { password_digest: expect.stringMatching(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/), password_hasher: 'argon2id' },
    ])
    const { body } = await server.call('POST /users/{user_id}/remove_password', { params: { user_id: id } })
    expect(body).toMatchObject({ password_enabled: false, password_last_updated_at: null })
    expect(await storedPasswords(storage)).toEqual([{ password_digest: null, password_hasher: null }])
    expect(await verify(server, id, 'a long enough secret')).toEqual(['no_password_set'])
  })
})

test('a password that is replaced while it is verified is not brought back by the upgrade', async () => {
  const server = await inMemory()
  const id = await createUser(server, {
    password_digest: '$2b$05$abcdefghijklmnopqrstuulwhIy41usncRozSAFI6QIb7qVd6UN4K',
    password_hasher: 'bcrypt',
  })
  await Promise.all([
    ...Array.from({ length: 20 }, () => verify(server, id, 'correct horse 🔋')),
    server.call('PATCH /users/{user_id}', { params: { user_id: id }, json: { password: 'a long enough secret' } }),
  ])
  expect(await verify(server, id, 'a long enough secret')).toEqual(right)
  expect(await verify(server, id, 'correct horse 🔋')).toEqual(wrong)
})
