import { generateKeyPairSync } from 'node:crypto'
import { createClerkClient } from '@clerk/backend'
import { decodeJwt, importSPKI, jwtVerify } from 'jose'
import { describe, expect, test } from 'vitest'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'
import { mint, signIn } from '../support/sessions.js'
import { change, create, get, mintTo } from './jwt-template-calls.js'

const rsaKey = (modulusLength: number) =>
  generateKeyPairSync('rsa', {
    modulusLength,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  })
const rsa = rsaKey(2048)
const secret = 'a shared secret of just enough bytes for each of these algorithms'

describe.each(storageKinds)('JWT templates on %s', (kind) => {
  const start = async () => startInstance({ storage: await freshStorage(kind, 'instance') })

  test('a template has the usual settings unless it is told otherwise', async () => {
    const server = await start()
    const { status, body } = await create(server, { name: 'hasura', claims: { role: 'user' } })
    expect(status).toBe(200)
    expect(body).toEqual({
      object: 'jwt_template',
      id: expect.stringMatching(/^jtmp_[0-9A-Za-z]{27}$/),
      name: 'hasura',
      claims: { role: 'user' },
      lifetime: 60,
      allowed_clock_skew: 5,
      custom_signing_key: false,
      signing_algorithm: 'RS256',
      created_at: server.clock.now,
      updated_at: server.clock.now,
    })
    expect((await get(server, body.id)).body).toEqual(body)
    expect(await get(server, 'jtmp_none')).toMatchObject({ status: 404, codes: ['resource_not_found'] })
  })

  test('the list is bare and newest first, and a page with its total when asked to be', async () => {
    const server = await start()
    for (const name of ['one', 'two', 'three']) await create(server, { name, claims: {} })
    const list = async (query: Record<string, unknown>) => {
      const { body } = await server.call('GET /jwt_templates', { query })
      return Array.isArray(body) ? body.map(({ name }) => name) : body
    }
    expect(await list({})).toEqual(['three', 'two', 'one'])
    expect(await list({ limit: 1, offset: 1 })).toEqual(['two'])
    expect(await list({ paginated: true, limit: 1 })).toMatchObject({ data: [{ name: 'three' }], total_count: 3 })
  })

  test('a name is taken once, also when twenty ask for it at the same moment', async () => {
    const server = await start()
    const answers = await Promise.all(Array.from({ length: 20 }, () => create(server, { name: 'same', claims: {} })))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    for (const answer of answers.filter(({ status }) => status !== 200)) {
      expect(answer).toMatchObject({ status: 422, codes: ['form_identifier_exists'], params: ['name'] })
    }
    const { body: other } = await create(server, { name: 'other', claims: {} })
    const renamed = await change(server, other.id, { name: 'same', lifetime: 90 })
    expect(renamed).toMatchObject({ status: 422, codes: ['form_identifier_exists'], params: ['name'] })
    expect((await get(server, other.id)).body).toEqual(other)
  })

  test('what a template cannot be is refused by name, and nothing is written', async () => {
    const server = await start()
    const { publicKey } = rsa
    const custom = { custom_signing_key: true, signing_algorithm: 'HS256', signing_key: secret }
    const refusals: [object, string, string][] = [
      [{ name: '' }, 'form_param_value_invalid', 'name'],
      [{ name: 'a/b' }, 'form_param_format_invalid', 'name'],
      [{ name: 'x'.repeat(257) }, 'form_param_max_length_exceeded', 'name'],
      [{ name: null }, 'form_param_type_invalid', 'name'],
      [{ claims: 'text' }, 'form_param_type_invalid', 'claims'],
      [{ claims: [] }, 'form_param_type_invalid', 'claims'],
      [{ claims: { a: 'x'.repeat(8192) } }, 'form_param_exceeds_allowed_size', 'claims'],
      [{ lifetime: 29 }, 'form_param_value_invalid', 'lifetime'],
      [{ lifetime: 315_360_001 }, 'form_param_value_invalid', 'lifetime'],
      [{ allowed_clock_skew: -1 }, 'form_param_value_invalid', 'allowed_clock_skew'],
      [{ allowed_clock_skew: 301 }, 'form_param_value_invalid', 'allowed_clock_skew'],
      [{ signing_key: secret }, 'form_conditional_param_disallowed', 'signing_key'],
      [{ signing_algorithm: 'HS256' }, 'form_conditional_param_disallowed', 'signing_algorithm'],
      [{ ...custom, signing_key: '' }, 'form_conditional_param_missing', 'signing_key'],
      [{ ...custom, signing_algorithm: null }, 'form_conditional_param_missing', 'signing_algorithm'],
      [{ ...custom, signing_algorithm: 'none' }, 'form_param_value_invalid', 'signing_algorithm'],
      [{ ...custom, signing_key: secret.slice(0, 31) }, 'form_param_value_invalid', 'signing_key'],
      [
        { ...custom, signing_algorithm: 'HS512', signing_key: secret.slice(0, 63) },
        'form_param_value_invalid',
        'signing_key',
      ],
      [{ ...custom, signing_algorithm: 'RS256' }, 'form_param_value_invalid', 'signing_key'],
      [{ ...custom, signing_algorithm: 'RS256', signing_key: publicKey }, 'form_param_value_invalid', 'signing_key'],
      [
        { ...custom, signing_algorithm: 'RS512', signing_key: rsaKey(1024).privateKey },
        'form_param_value_invalid',
        'signing_key',
      ],
    ]
    for (const [sent, code, param] of refusals) {
      const refused = await create(server, { name: 'wrong', claims: {}, ...sent })
      expect(refused, JSON.stringify(sent)).toMatchObject({ status: 422, codes: [code], params: [param] })
      expect(JSON.stringify(refused.error)).not.toContain('shared secret')
    }
    expect(await create(server, {})).toMatchObject({ status: 422, params: ['name', 'claims'] })
    expect((await server.call('GET /jwt_templates', {})).body).toEqual([])
  })

  test('a claim that a token has by itself, or that would make it a session token, is refused', async () => {
    const server = await start()
    const { body: template } = await create(server, { name: 'good', claims: { nested: { sid: 'is fine' } } })
    const reserved = ['azp', 'exp', 'iat', 'iss', 'jti', 'nbf', 'sub', 'sid', 'sts', 'fva', 'v', 'pla', 'fea']
    for (const name of reserved) {
      const expected = { status: 400, codes: ['jwt_template_reserved_claim'], params: ['claims'] }
      expect(await create(server, { name: 'bad', claims: { [name]: 1 } }), name).toMatchObject(expected)
      expect(await change(server, template.id, { claims: { [name]: 1 } }), name).toMatchObject(expected)
    }
    expect((await get(server, template.id)).body).toEqual(template)
  })

  test('a change leaves what it does not name, and null sets what is usual', async () => {
    const server = await start()
    const { body: before } = await create(server, { name: 'a', claims: { a: 1 }, lifetime: 90, allowed_clock_skew: 0 })
    server.clock.now += 1000
    const { body: renamed } = await change(server, before.id, { name: 'b' })
    expect(renamed).toEqual({ ...before, name: 'b', updated_at: server.clock.now })
    expect(renamed.allowed_clock_skew).toBe(0)
    const { body: usual } = await change(server, before.id, { claims: {}, lifetime: null, allowed_clock_skew: null })
    expect(usual).toMatchObject({ name: 'b', claims: {}, lifetime: 60, allowed_clock_skew: 5 })
    expect((await get(server, before.id)).body).toEqual(usual)
    expect(await change(server, 'jtmp_none', {})).toMatchObject({ status: 404, codes: ['resource_not_found'] })
  })

  test('a template that was deleted mints nothing', async () => {
    const server = await start()
    const { session } = await signIn(server)
    const { body: template } = await create(server, { name: 'gone', claims: {} })
    expect((await mintTo(server, session.id, 'gone')).status).toBe(200)
    const params = { template_id: template.id }
    const deleted = await server.call('DELETE /jwt_templates/{template_id}', { params })
    expect(deleted.body).toEqual({ object: 'jwt_template', id: template.id, deleted: true })
    const again = await server.call('DELETE /jwt_templates/{template_id}', { params })
    expect(again).toMatchObject({ status: 404, codes: ['resource_not_found'] })
    expect(await mintTo(server, session.id, 'gone')).toMatchObject({ status: 404, codes: ['resource_not_found'] })
  })

  test('a key of its own signs, by any of the algorithms, and what it signs proves no session', async () => {
    const server = await start()
    const { session } = await signIn(server)
    for (const alg of ['HS256', 'HS384', 'HS512', 'RS256', 'RS384', 'RS512']) {
      const isRsa = alg.startsWith('RS')
      const { body: template } = await create(server, {
        name: alg,
        claims: { role: 'authenticated' },
        custom_signing_key: true,
        signing_algorithm: alg,
        signing_key: isRsa ? rsa.privateKey : secret,
      })
      expect(template).toMatchObject({ custom_signing_key: true, signing_algorithm: alg })
      const { jwt } = (await mintTo(server, session.id, alg)).body
      const key = isRsa ? await importSPKI(rsa.publicKey, alg) : new TextEncoder().encode(secret)
      const { payload, protectedHeader } = await jwtVerify(jwt, key, { currentDate: new Date(server.clock.now) })
      expect(protectedHeader).toEqual({ alg, typ: 'JWT' })
      expect(payload).toMatchObject({ role: 'authenticated', sub: session.user_id })
      const verified = await server.call('POST /clients/verify', { form: { token: jwt } })
      expect(verified).toMatchObject({ status: 400, codes: ['invalid_session_token'] })
    }
  })

  test('a key stays when something else changes, can be replaced, and goes when it is not asked for any more', async () => {
    const server = await start()
    const { session } = await signIn(server)
    const custom = { custom_signing_key: true, signing_algorithm: 'HS256', signing_key: secret }
    const { body: template } = await create(server, { name: 'own', claims: {}, ...custom })
    const algOf = async () => {
      const [head = ''] = (await mintTo(server, session.id, 'own')).body.jwt.split('.')
      return JSON.parse(Buffer.from(head, 'base64url').toString()).alg
    }
    expect((await change(server, template.id, { lifetime: 90 })).body.custom_signing_key).toBe(true)
    expect(await algOf()).toBe('HS256')
    expect((await change(server, template.id, { custom_signing_key: true, signing_algorithm: 'HS512' })).status).toBe(
      200,
    )
    expect(await algOf()).toBe('HS512')
    const unfit = await change(server, template.id, { signing_algorithm: 'RS256' })
    expect(unfit).toMatchObject({ status: 422, codes: ['form_param_value_invalid'], params: ['signing_key'] })
    expect((await change(server, template.id, { custom_signing_key: false })).body.signing_algorithm).toBe('RS256')
    expect(await algOf()).toBe('RS256')
    const gone = await change(server, template.id, { custom_signing_key: true, signing_algorithm: 'HS256' })
    expect(gone).toMatchObject({ status: 422, codes: ['form_conditional_param_missing'], params: ['signing_key'] })
  })

  test('no answer and no log line has the key of a template', async () => {
    const lines: string[] = []
    const log = { write: (line: string) => void lines.push(line) }
    const server = await startInstance({ storage: await freshStorage(kind, 'instance'), log })
    const custom = { custom_signing_key: true, signing_algorithm: 'HS256', signing_key: secret }
    const created = await create(server, { name: 'own', claims: {}, ...custom })
    const answers = [
      created,
      await get(server, created.body.id),
      await change(server, created.body.id, { signing_key: `${secret} changed` }),
      await server.call('GET /jwt_templates', {}),
    ]
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    expect(JSON.stringify(answers) + lines.join('')).not.toContain('shared secret')
  })

  test('the published client manages templates and mints tokens', async () => {
    const server = await start()
    const { session } = await signIn(server)
    const clerk = createClerkClient({
      secretKey: server.secretKey,
      apiUrl: server.url,
      telemetry: { disabled: true },
    })
    const template = await clerk.jwtTemplates.create({ name: 'api', claims: { role: 'user' }, lifetime: 120 })
    expect(template).toMatchObject({ name: 'api', lifetime: 120, allowedClockSkew: 5 })
    const changed = await clerk.jwtTemplates.update({ templateId: template.id, name: 'api', claims: { role: 'admin' } })
    expect(changed).toMatchObject({ id: template.id, claims: { role: 'admin' }, lifetime: 120 })
    const { jwt } = await clerk.sessions.getToken(session.id, 'api')
    expect(decodeJwt(jwt)).toMatchObject({ role: 'admin' })
    expect(decodeJwt(await mint(server, session.id))).not.toHaveProperty('role')
    expect((await clerk.jwtTemplates.list()).totalCount).toBe(1)
    expect(await clerk.jwtTemplates.delete(template.id)).toMatchObject({ id: template.id, deleted: true })
  })
})
