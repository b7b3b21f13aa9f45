import { type Frontend, frontend, type Route } from '@clerk-server/contract'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { freshStorage, startInstance, storageKinds } from '../support/instance.js'
import { visit } from '../support/visitor.js'

const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom('', '\0', '{}', '[]', 'null', 'true', '-1', '1e400', '__proto__', "'; drop table users --", '%'),
)

/** Of each parameter, what takes it furthest. */
const good: Readonly<Record<string, string[]>> = {
  strategy: ['email_code', 'phone_code', 'ticket', 'password'],
  email_address: ['ada+clerk_test@example.com', 'there@example.com'],
  email_address_or_phone_number: ['ada+clerk_test@example.com', '+15555550100'],
  phone_number: ['+15555550100'],
  identifier: ['there@example.com', 'there', 'nobody@example.com'],
  username: ['ada_l', 'there'],
  password: ['correct horse battery staple', 'password', 'short'],
  code: ['424242', '000000'],
  current_password: ['correct horse battery staple'],
  new_password: ['correct horse battery staple', 'short'],
  unsafe_metadata: ['{"a":1}'],
}

const worth = (name: string) => fc.oneof(text, fc.constantFrom('', ...(good[name] ?? ['true'])))

const params = (names: string[]) =>
  fc
    .subarray(names, { maxLength: Math.min(4, names.length) })
    .chain((chosen) => fc.record(Object.fromEntries(chosen.map((name) => [name, worth(name)]))))
    .chain((own) => fc.dictionary(text, text, { maxKeys: 1 }).map((foreign) => ({ ...own, ...foreign })))

const keys = Object.keys(frontend) as (keyof Frontend)[]

const request = fc.constantFrom(...keys).chain((key) => {
  const { query, body }: Route = frontend[key]
  return fc.record({
    key: fc.constant(key),
    id: fc.oneof({ weight: 1, arbitrary: text }, { weight: 4, arbitrary: fc.constant('one that is there') }),
    query: params(Object.keys(query?.shape ?? {})),
    form: params(body?.type === 'object' ? Object.keys(body.shape) : []),
  })
})

/** Text that a form can carry: lone surrogates cannot be encoded at all. */
const encodable = <Content>(content: Content): Content =>
  JSON.parse(JSON.stringify(content).replace(/\\ud[89a-f]../gi, '')) as Content

describe.each(storageKinds)('on %s', (kind) => {
  test('whatever a browser sends is answered, refused with a code of the route, and never a failure of the server', async () => {
    const lines: string[] = []
    const log = { write: (line: string) => void lines.push(line) }
    const settings = { phone_number: 'optional', username: 'optional', session_mode: 'multi' } as const
    const instance = await startInstance({ storage: await freshStorage(kind, 'instance'), settings, log })
    await instance.call('POST /users', { json: { username: 'there', email_address: ['there@example.com'] } })
    const { body: user } = await instance.call('POST /users', {
      json: { email_address: ['ada@example.com'], phone_number: ['+15555550101'], delete_self_enabled: false },
    })
    const browser = visit(instance)
    /** Signs the user in, unless something that was sent stands in the way by now. */
    async function comeIn() {
      const { body } = await instance.call('POST /sign_in_tokens', { json: { user_id: user.id } })
      await browser.call('POST /client/sign_ins', { form: { strategy: 'ticket', ticket: body.token } })
    }
    await comeIn()
    const here: Record<string, string> = {}
    await fc.assert(
      fc.asyncProperty(request, async ({ key, id, query, form }) => {
        const sent = encodable({ query, form })
        const idOf = (name: string) => (id === 'one that is there' ? here[name] : encodable(id))
        // Without one it is the path of the list.
        const params = Object.fromEntries(idsOf(key).map((name) => [name, idOf(name) || 'x']))
        const content = key.startsWith('GET') ? {} : { form: sent.form }
        const { status, client } = await browser.call(key, { params, query: sent.query, ...content })
        expect(status, JSON.stringify({ key, ...sent })).toBeLessThan(500)
        // Some answers say nothing of the client.
        if (client === undefined && status !== 401) return
        here['sign_up_id'] = client?.sign_up?.id ?? here['sign_up_id'] ?? 'x'
        here['sign_in_id'] = client?.sign_in?.id ?? here['sign_in_id'] ?? 'x'
        const own = client?.sessions.find((one) => one.user.id === user.id)?.user
        if (!own) await comeIn()
        here['email_id'] = own?.email_addresses.at(-1)?.id ?? 'x'
        here['phone_number_id'] = own?.phone_numbers.at(-1)?.id ?? 'x'
        here['session_id'] = client?.last_active_session_id ?? here['session_id'] ?? 'x'
      }),
      { numRuns: 500 },
    )
    expect(lines.filter((line) => line.includes('a request failed'))).toEqual([])
  })
})

const idsOf = (key: string) => [...key.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name)
