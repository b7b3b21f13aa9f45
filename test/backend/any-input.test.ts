import { type Backend, backend, type Route } from '@clerk-server/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { servedRoutes } from '../support/description.js'
import { freshStorage, type Sent, startInstance, storageKinds } from '../support/instance.js'

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    '',
    '\0',
    '\ud800',
    '{}',
    '[]',
    'null',
    'true',
    '-1',
    '1e400',
    '__proto__',
    "'; drop table users --",
    '%',
  ),
)
const anything = fc.oneof(text, fc.jsonValue(), fc.constantFrom(null, true, 0, -1, 1e308, [], {}, ['a@example.com']))
const metadata = fc.dictionary(text, fc.jsonValue(), { maxKeys: 3 })

/** Mostly what the parameter is meant to be, else anything. */
const worth = (name: string) =>
  fc.oneof({ weight: 3, arbitrary: name.endsWith('metadata') ? metadata : text }, anything)

/** Some of a route's own parameters, and sometimes one that is nobody's. */
const params = (names: string[]) =>
  fc
    .subarray(names, { maxLength: Math.min(3, names.length) })
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((name) => [name, worth(name)]))))
    .chain((own) => fc.dictionary(text, anything, { maxKeys: 1 }).map((foreign) => ({ ...own, ...foreign })))

/** Parameters by name, or a list of such; and of the wrong one now and then. */
const bodyOf = (schema: Route['body']) => {
  const parameters = schema?.type === 'array' ? schema.element.shape : schema?.shape
  const one = params(Object.keys(parameters ?? {})).map((own) => ({ skip_user_requirement: true, ...own }))
  return schema?.type === 'array' ? fc.oneof({ weight: 4, arbitrary: fc.array(one, { maxLength: 3 }) }, one) : one
}

const request = (served: (keyof Backend)[]) =>
  fc.constantFrom(...served).chain((key) => {
    const { query, body }: Route = backend[key]
    return fc.record({
      key: fc.constant(key),
      id: fc.oneof(text, fc.constant('one that is there')),
      query: params(Object.keys(query?.shape ?? {})),
      body: bodyOf(body),
      as: fc.constantFrom('json' as const, 'form' as const),
      version: fc.constantFrom(undefined, undefined, '2021-02-05', '2026-05-12', '9999-12-31', 'x'),
    })
  })

/** Text that a test can put into a header, a path or a form: lone surrogates cannot be encoded at all. */
const encodable = (content: unknown): unknown => JSON.parse(JSON.stringify(content).replace(/\\ud[89a-f]../gi, ''))

describe.each(storageKinds)('on %s', (kind) => {
  test('whatever is sent to whichever route is answered, refused with a code, and never a failure of the server', async () => {
    const lines: string[] = []
    const log = { write: (line: string) => void lines.push(line) }
    const server = await startInstance({ storage: await freshStorage(kind, 'instance'), log })
    const { body: user } = await server.call('POST /users', {
      json: { username: 'there', email_address: ['there@example.com'], phone_number: ['+14155550100'] },
    })
    const { body: session } = await server.call('POST /sessions', { json: { user_id: user.id } })
    const { body: template } = await server.call('POST /jwt_templates', { json: { name: 'there', claims: {} } })
    await fc.assert(
      fc.asyncProperty(request(await servedRoutes(server.url)), async ({ key, id, query, body, as, version }) => {
        const content = as === 'json' ? { json: body } : { form: encodable(body) as Record<string, unknown> }
        const sent: Sent = {
          query: encodable(query) as Record<string, unknown>,
          ...(!key.startsWith('GET') && content),
          headers: version === undefined ? {} : { 'clerk-api-version': version },
        }
        const here: Record<string, string> = {
          user_id: user.id,
          email_address_id: String(user.primary_email_address_id),
          phone_number_id: String(user.primary_phone_number_id),
          session_id: session.id,
          client_id: session.client_id,
          template_id: template.id,
          template_name: template.name,
        }
        const elsewhere = Object.fromEntries(Object.keys(here).map((name) => [name, encodable(id) as string]))
        const kept = id === 'one that is there' && !key.startsWith('DELETE')
        const { status } = await server.send(key, { ...sent, params: kept ? here : elsewhere })
        expect(status, JSON.stringify({ key, sent })).toBeLessThan(500)
      }),
      { numRuns: 500 },
    )
    expect(lines.filter((line) => line.includes('a request failed'))).toEqual([])
  })
})
