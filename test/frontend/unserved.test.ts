import { type ErrorBody, frontend, unservedFrontendOperations } from '@clerk-server/contract'
import { expect, test } from 'vitest'
import { readErrors, startInstance } from '../support/instance.js'
import { officialFrontendOperations } from '../support/official.js'
import { site } from '../support/visitor.js'

const start = () => startInstance({ storage: { memory: true } })

test('an operation of the Frontend API that is not served answers 501 and names itself, to pages of allowed origins', async () => {
  const { url } = await start()
  for (const operation of unservedFrontendOperations) {
    const [method = '', template = ''] = operation.split(' ')
    const path = template.replace(/\{\w+\}/g, 'some_id')
    const overridden = method === 'GET' ? { method } : { method: 'POST' }
    const response = await fetch(`${url}/__clerk/v1${path}?_method=${method}`, {
      ...overridden,
      headers: { origin: site },
    })
    const { codes, error } = readErrors(response.status, (await response.json()) as ErrorBody)
    expect({ operation, status: response.status, codes }).toEqual({
      operation,
      status: 501,
      codes: ['operation_not_implemented'],
    })
    expect(error.errors[0]?.message).toBe(`this server does not serve ${operation}`)
    expect(response.headers.get('access-control-allow-origin')).toBe(site)
  }
})

test('no operation is in the list twice, and none that a route of the contract answers', () => {
  expect(new Set(unservedFrontendOperations).size).toBe(unservedFrontendOperations.length)
  expect(unservedFrontendOperations.filter((operation) => operation in frontend)).toEqual([])
})

test('every operation of the official description is served, or answers 501', () => {
  const answered: readonly string[] = [...Object.keys(frontend), ...unservedFrontendOperations]
  expect(officialFrontendOperations.filter((operation) => !answered.includes(operation))).toEqual([])
})
