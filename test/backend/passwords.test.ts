import { describe, expect, test } from 'vitest'
import { startInstance } from '../support/instance.js'
import { createUser, inMemory, right, verify, wrong } from './password-support.js'

describe('the policy', () => {
  test('takes a password of 8 to 72 characters as it is, whatever they are', async () => {
    const server = await inMemory()
    const passwords = [
      'x7#kLm2q',
      'x7#kLm2q'.repeat(9),
      '🔑🔒🗝🔐🛡🧿🪬🎲',
      '🔑'.repeat(72),
      'nul\0nul\0nul',
      '  spaces around  ',
      ' '.repeat(12),
      '........-',
    ]
    for (const password of passwords) {
      const id = await createUser(server, { password })
      expect(await verify(server, id, password)).toEqual(right)
      const shorter = [...password].slice(0, -1).join('')
      for (const other of [`${password.trim()}.`, shorter, `${password} `, `${password.split('\0')[0]}!`]) {
        expect(await verify(server, id, other), other).toEqual(wrong)
      }
    }
  })

  test('refuses a password that is too short, too long, too common or an identifier', async () => {
    const server = await inMemory()
    const address = 'ada.lovelace@example.com'
    const refusals: [what: string, password: string, code: string][] = [
      ['7 characters', 'x7#kLm2', 'form_password_length_too_short'],
      ['7 emoji', '🔑🔒🗝🔐🛡🧿🎲', 'form_password_length_too_short'],
      ['no character', '', 'form_password_length_too_short'],
      ['73 characters', `${'x7#kLm2q'.repeat(9)}!`, 'form_password_length_too_long'],
      ['128 characters', 'x7#kLm2q'.repeat(16), 'form_password_length_too_long'],
      ['5000 characters', 'x7#kLm2q'.repeat(625), 'form_password_size_in_bytes_exceeded'],
      ['half a character', 'half an emoji \ud83d', 'form_param_format_invalid'],
      ['a common kind', 'password', 'form_password_pwned'],
      ['a common kind in capitals', 'Password1', 'form_password_pwned'],
      ['a common kind further down the list', 'iloveyou2', 'form_password_pwned'],
      ["the user's address", 'Ada.Lovelace@Example.com', 'form_password_matches_identifier'],
      ["what stands before the @ of the user's address", 'ada.lovelace', 'form_password_matches_identifier'],
      ["the user's number", '+14155550123', 'form_password_matches_identifier'],
      ["the user's number without the plus", '14155550123', 'form_password_matches_identifier'],
      ["the user's name", 'COUNTESS_ADA', 'form_password_matches_identifier'],
    ]
    const identifiers = { email_address: [address], phone_number: ['+14155550123'], username: 'countess_ada' }
    const params = { user_id: await createUser(server, identifiers) }
    for (const [what, password, code] of refusals) {
      const refused = { status: 422, codes: [code], params: ['password'] }
      expect(await server.call('POST /users', { json: { ...identifiers, password } }), what).toMatchObject(refused)
      const changed = await server.call('PATCH /users/{user_id}', { params, json: { password } })
      expect(changed, what).toMatchObject(refused)
    }
    expect((await server.call('GET /users/{user_id}', { params })).body.password_enabled).toBe(false)
  })

  test('is left out where skip_password_checks says so, and the limit of bytes is not', async () => {
    const server = await inMemory()
    for (const password of ['short', '', 'password', 'fine', 'x'.repeat(1024)]) {
      const id = await createUser(server, { password, skip_password_checks: true })
      expect(await verify(server, id, password)).toEqual(right)
    }
    const long = { username: 'fine', password: 'x'.repeat(1025), skip_password_checks: true }
    expect(await server.call('POST /users', { json: long })).toMatchObject({
      status: 422,
      codes: ['form_password_size_in_bytes_exceeded'],
    })
  })

  test('looks at a password to its end: one that begins as another does is another', async () => {
    const server = await inMemory()
    const id = await createUser(server, { password: `${'x'.repeat(1023)}1`, skip_password_checks: true })
    expect(await verify(server, id, `${'x'.repeat(1023)}2`)).toEqual(wrong)
    expect(await verify(server, id, 'x'.repeat(1023))).toEqual(wrong)
  })
})

describe('verify_password', () => {
  test('refuses a user who has no password, one who is not there, and a password that is too long', async () => {
    const server = await inMemory()
    const ask = (user_id: string, json: object) =>
      server.call('POST /users/{user_id}/verify_password', { params: { user_id }, json })
    const id = await createUser(server, {})
    expect(await ask(id, { password: 'whatever' })).toMatchObject({ status: 400, codes: ['no_password_set'] })
    expect(await ask('user_x', { password: 'x' })).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    expect(await ask(id, {})).toMatchObject({ status: 422, codes: ['form_param_missing'], params: ['password'] })
    const other = await createUser(server, { password: 'a long enough secret' })
    expect(await ask(other, { password: 'x'.repeat(1025) })).toMatchObject({
      status: 422,
      codes: ['form_password_size_in_bytes_exceeded'],
    })
    expect(await ask(other, { password: 'x' })).toMatchObject({ status: 422, codes: ['incorrect_password'] })
  })

  test('counts nothing against the user: an administrator asks', async () => {
    const server = await inMemory()
    const id = await createUser(server, { password: 'a long enough secret' })
    await Promise.all(Array.from({ length: 12 }, () => verify(server, id, 'wrong')))
    expect((await server.call('GET /users/{user_id}', { params: { user_id: id } })).body).toMatchObject({
      locked: false,
      verification_attempts_remaining: 10,
    })
    expect(await verify(server, id, 'a long enough secret')).toEqual(right)
  })
})

test('no password and no digest is in any answer or log line', async () => {
  const lines: string[] = []
  const server = await startInstance({
    storage: { memory: true },
    log: { write: (line) => void lines.push(line) },
  })
  const secrets = [
    'a long enough secret',
    '2279adfe3a26f9714ad9928caf76c34d',
    '$2b$31$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW',
    'correct horse 🔋',
    'iloveyou',
    '$argon2id',
  ]
  const [secret, md5, costly, horse, common] = secrets
  const answers = [
    await server.call('POST /users', { json: { username: 'with_password', password: secret } }),
    await server.call('POST /users', { json: { username: 'fine', password: common } }),
    await server.call('POST /users', {
      json: { username: 'fine', password_digest: costly, password_hasher: 'bcrypt' },
    }),
    await server.call('POST /users', { json: { username: 'fine', password_digest: md5, password_hasher: 'sha256' } }),
    await server.call('POST /users', { json: { username: 'fine', password_digest: md5, password_hasher: 'md5' } }),
  ]
  const params = { user_id: answers[4]?.body.id ?? '' }
  for (const password of [secret, horse, horse]) {
    const sent = { params, json: { password } }
    await server.call('POST /users/{user_id}/verify_password', sent).then(({ error, codes }) => {
      expect(JSON.stringify([error, codes])).not.toContain(password)
    })
  }
  const read = await server.call('GET /users/{user_id}', { params })
  expect(lines.length).toBeGreaterThan(8)
  for (const secret of secrets) {
    expect(lines.join('')).not.toContain(secret)
    expect(JSON.stringify([...answers, read].map(({ body, error }) => [body, error]))).not.toContain(secret)
  }
})
