import { backend, type ErrorBody, unservedOperations } from '@clerk-server/contract'
import { expect, test } from 'vitest'
import { readErrors, startInstance } from '../support/instance.js'
import { officialOperations } from '../support/official.js'

const start = async () => startInstance({ storage: { memory: true } })

const requestOf = (operation: string) => {
  const [method = '', template = ''] = operation.split(' ')
  return { method, path: template.replace(/\{\w+\}/g, 'some_id') }
}

async function ask(url: string, method: string, secretKey?: string) {
  const headers: Record<string, string> = secretKey === undefined ? {} : { authorization: `Bearer ${secretKey}` }
  const response = await fetch(url, { method, headers })
  expect(response.headers.get('content-type')).toBe('application/json')
  return { status: response.status, ...readErrors(response.status, (await response.json()) as ErrorBody) }
}

/** A path that a served route has too: `{name}` fits anything. */
const fits = (operation: string, template: string) => {
  const { method, path } = requestOf(operation)
  return new RegExp(`^${template.replace(/\{\w+\}/g, '[^/]+')}$`).test(`${method} ${path}`)
}

test('an operation that is not served answers 501 and names itself', async () => {
  const { url, secretKey } = await start()
  for (const operation of unservedOperations) {
    const { method, path } = requestOf(operation)
    const { status, codes, error } = await ask(`${url}/v1${path}`, method, secretKey)
    expect({ operation, status, codes }).toEqual({ operation, status: 501, codes: ['operation_not_implemented'] })
    expect(error.errors[0]?.message).toBe(`this server does not serve ${operation}`)
  }
})

test('no operation is in the list twice, and none that a route of the contract would answer', () => {
  expect([...unservedOperations].sort()).toEqual([...new Set(unservedOperations)].sort())
  const answered = unservedOperations.filter((one) => Object.keys(backend).some((route) => fits(one, route)))
  expect(answered).toEqual([])
})

test('an operation that is not served asks for the secret key like every other', async () => {
  const { url } = await start()
  for (const operation of unservedOperations) {
    const { method, path } = requestOf(operation)
    expect(await ask(`${url}/v1${path}`, method), operation).toMatchObject({
      status: 401,
      codes: ['authentication_invalid'],
    })
  }
})

test('what clients call without /v1 answers 501 as it does with it, and to no one without a key', async () => {
  const { url, secretKey } = await start()
  const called = unservedOperations.filter((one) =>
    /^\w+ \/(api_keys|m2m_tokens|oauth_applications\/access_tokens)\b/.test(one),
  )
  expect(called).toHaveLength(13)
  for (const operation of called) {
    const { method, path } = requestOf(operation)
    expect(await ask(url + path, method, secretKey), operation).toMatchObject({
      status: 501,
      codes: ['operation_not_implemented'],
    })
    expect(await ask(url + path, method), operation).toMatchObject({ status: 401, codes: ['authentication_invalid'] })
  }
})

test('a path without /v1 that no client calls is a 404', async () => {
  const { url, secretKey } = await start()
  for (const path of ['/users', '/organizations', '/oauth_applications', '/machines']) {
    expect(await ask(url + path, 'GET', secretKey)).toMatchObject({ status: 404, codes: ['resource_not_found'] })
  }
})

test('every operation of the official description is served, or answers 501', () => {
  const answered: readonly string[] = [...Object.keys(backend), ...unservedOperations]
  expect(officialOperations.filter((operation) => !answered.includes(operation))).toEqual([])
})
