import { backend, openapi } from '@clerk-server/contract'
import { describe, expect, test } from 'vitest'
import { camelCased } from '../src/json.js'
import { deserialize } from '../src/transport/deserialize.js'
import { User } from '../src/users/user.js'
import { Verification } from '../src/users/verification.js'

interface Schema {
  properties?: Record<string, Schema>
  type?: string
  const?: unknown
}

const { components } = openapi(backend, { title: '', version: '', path: '/v1' }) as {
  components: { schemas: Record<string, Schema> }
}

/** Objects that the SDK has no class for, because it wraps none of the routes that answer with them. */
const unwrapped = ['CodeVerification', 'Cookies', 'Instance', 'InstanceRestrictions', 'JWTTemplate', 'RedirectURL']
/** Objects with more fields than the class they become has attributes: 2.6.3 has no others. */
const curtailed = ['SentEmail', 'SentSMSMessage']

/** The objects of the contract that become resources of their own: a field of each, with a value that no other has. */
const samples = Object.entries(components.schemas).flatMap(([name, { properties = {} }]): [string, object][] => {
  const { object, ...fields } = properties
  if (object?.const === undefined || object.const === 'total_count') return []
  if (unwrapped.includes(name) || curtailed.includes(name)) return []
  const values = Object.entries(fields).map(([field, schema]) => [field, sample(field, schema)])
  return [[name, { object: object.const, ...Object.fromEntries(values) }]]
})

function sample(field: string, { type }: Schema): unknown {
  if (field === 'verification') return { status: 'verified', strategy: 'admin', attempts: 1, expire_at: 2 }
  if (type === 'array') return []
  return type === 'object' ? { of_field: field } : `the ${field}`
}

describe('every field of the contract reaches its attribute', () => {
  test('for each kind of object', () => {
    expect(Object.keys(components.schemas)).toEqual(expect.arrayContaining([...unwrapped, ...curtailed]))
    expect(samples.map(([name]) => name)).toEqual(expect.arrayContaining(['User', 'EmailAddress', 'Session', 'Client']))
  })

  test.each(samples)('%s', (_, json) => {
    const attributes = camelCased({ ...json })
    if ('verification' in json) attributes['verification'] = Verification.fromJSON(json.verification)
    if (!('deleted' in json)) delete attributes['object']
    expect({ ...(deserialize(json) as object) }).toMatchObject(attributes)
  })

  test.each(samples)('%s, also when it comes in camelCase', (_, json) => {
    expect(deserialize(camelCased({ ...json }))).toStrictEqual(deserialize(json))
  })

  test.each(samples)('%s has no attribute for what the JSON lacks', (_, { object }: { object?: unknown }) => {
    const resource = deserialize({ object }) as object
    expect(Object.values(resource)).not.toContain(undefined)
    const filled = Object.keys(resource).filter((name) => name !== 'verification')
    const byDefault = Object.keys(new (resource.constructor as new () => object)())
    expect(filled.sort()).toEqual(byDefault.sort())
  })
})

describe('a resource', () => {
  const json = {
    object: 'user',
    id: 'user_1',
    first_name: 'Ada',
    email_addresses: [{ object: 'email_address', id: 'idn_1', email_address: 'a@b.c', verification: null }],
    public_metadata: { aB: { c_d: 1 } },
    created_at: 1,
  }

  test('is an object of plain properties, which can be listed, spread, cloned and written as JSON', () => {
    const user = User.fromJSON(json)
    expect(Object.keys(user).sort()).toEqual([
      ...['createdAt', 'emailAddresses', 'externalAccounts', 'firstName', 'id'],
      ...['phoneNumbers', 'privateMetadata', 'publicMetadata'],
    ])
    for (const descriptor of Object.values(Object.getOwnPropertyDescriptors(user))) {
      expect(descriptor).toMatchObject({ writable: true, enumerable: true, configurable: true })
    }
    expect({ ...user }).toEqual(user)
    expect(structuredClone(user)).toEqual({ ...user })
    expect(User.fromJSON(JSON.parse(JSON.stringify(user)))).toStrictEqual(user)
    expect(new User(user)).toStrictEqual(user)
    expect(new User(user)).not.toBe(user)
  })

  test('is not changed by what becomes of another one of the same JSON', () => {
    const [one, other] = [User.fromJSON(json), User.fromJSON(json)]
    one.emailAddresses.pop()
    one.privateMetadata['x'] = 1
    one.phoneNumbers.push(...[])
    expect(other.emailAddresses).toHaveLength(1)
    expect(other.privateMetadata).toEqual({})
  })

  test('takes no prototype from its JSON', () => {
    const odd = JSON.parse('{"object":"user","id":"u","__proto__":{"polluted":1},"email_addresses":[]}')
    for (const source of [odd, { ...odd, email_addresses: undefined, firstName: 'A' }]) {
      const user = User.fromJSON(source)
      expect(Object.getPrototypeOf(user)).toBe(User.prototype)
      expect(user).not.toHaveProperty('polluted')
      expect(Object.keys(user)).not.toContain('__proto__')
    }
  })
})
