import { describe, expect, test } from 'vitest'
import { ours } from '../parity/subjects.js'
import { both, classOf } from './both.js'

const apis = ['allowlistIdentifiers', 'clients', 'emails', 'invitations', 'sessions', 'smsMessages', 'users']

describe.each(both)('%s', (_, subject) => {
  const Clerk = classOf(subject, 'default')

  test('new Clerk makes another instance each time', () => {
    expect(new Clerk({ apiKey: 'a' })).not.toBe(new Clerk({ apiKey: 'a' }))
  })

  test('new Clerk with an empty environment throws', () => {
    expect(() => new Clerk()).toThrow(/API key not found/)
  })

  test('new Clerk with a key does not throw', () => {
    expect(new Clerk({ apiKey: 'a' })).toBeInstanceOf(Clerk)
  })

  test.each(apis)('%s is an object of its own class, and the same one each time', (name) => {
    const clerk = new Clerk({ apiKey: 'a' })
    const api = clerk[name]
    expect(api).toBeTypeOf('object')
    expect(clerk[name]).toBe(api)
    const others = apis.filter((other) => other !== name).map((other) => (clerk[other] as object).constructor)
    expect(others).not.toContain((api as object).constructor)
  })

  test.each([
    ['Client', 'sessions'],
    ['EmailAddress', 'linkedTo'],
    ['PhoneNumber', 'linkedTo'],
  ])('a new %s has an empty list of %s', (name, list) => {
    expect(new (classOf(subject, name))()[list]).toEqual([])
  })

  test('a new User has empty metadata and empty lists', () => {
    expect(new (classOf(subject, 'User'))()).toMatchObject({
      publicMetadata: {},
      privateMetadata: {},
      emailAddresses: [],
      phoneNumbers: [],
      externalAccounts: [],
    })
  })
})

// 2.6.3 needs a key in the environment before it is loaded: test/parity/cases/processes.ts has that.
test('getInstance gives a Clerk, always the same', () => {
  const Clerk = classOf(ours, 'default')
  expect(Clerk.getInstance()).toBeInstanceOf(Clerk)
  expect(Clerk.getInstance()).toBe(Clerk.getInstance())
})
