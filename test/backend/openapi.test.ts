import { answersNothing, type Backend, backend, type ErrorBody, errors, type Route } from '@clerk-server/contract'
import { expect, test } from 'vitest'
import { describedBy, type Operation, servedRoutes } from '../support/description.js'
import { readErrors, startInstance } from '../support/instance.js'
import { officialStatuses } from '../support/official.js'

const routes = Object.entries<Route>(backend) as [keyof Backend, Route][]

const bothFormats = ['application/json', 'application/x-www-form-urlencoded']

const start = () => startInstance({ storage: { memory: true } })

test('/openapi.json is of version 3.1.0 and can be read without a key', async () => {
  const { url } = await start()
  expect((await describedBy(url)).openapi).toBe('3.1.0')
})

test('a route of the contract is either in /openapi.json or answers 501 and says which it is', async () => {
  const { url, secretKey } = await start()
  const served = await servedRoutes(url)
  const others = routes.map(([key]) => key).filter((key) => !served.includes(key))
  expect([...served, ...others].sort()).toEqual(Object.keys(backend).sort())
  for (const key of others) {
    const [method = '', path = ''] = key.split(' ')
    const headers = { authorization: `Bearer ${secretKey}` }
    const response = await fetch(`${url}/v1${path.replace(/\{\w+\}/, 'some_id')}`, { method, headers })
    expect(response.status, key).toBe(501)
    const { codes, error } = readErrors(501, (await response.json()) as ErrorBody)
    expect(codes, key).toEqual(['operation_not_implemented'])
    expect(error.errors[0]?.message).toContain(key)
  }
})

test('/openapi.json names the parameters, the body and every code of each route', async () => {
  const { url } = await start()
  const { paths } = await describedBy(url)
  const served = await servedRoutes(url)
  for (const [key, route] of routes.filter(([key]) => served.includes(key))) {
    const [method = '', path = ''] = key.split(' ')
    const operation = paths[path]?.[method.toLowerCase()] as Operation
    const names = (place: string) => operation.parameters.filter((one) => one.in === place).map(({ name }) => name)
    expect(operation.summary).toBe(route.summary)
    expect(names('path')).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
    expect(names('query')).toEqual(Object.keys(route.query?.shape ?? {}))
    const formats = route.body?.type === 'array' ? ['application/json'] : bothFormats
    expect(Object.keys(operation.requestBody?.content ?? {})).toEqual(route.body ? formats : [])
    expect(Object.keys(operation.responses)).toContain(answersNothing(route) ? '204' : '200')
    for (const code of route.errors ?? []) {
      expect(operation.responses[errors[code].status]?.description, key).toContain(code)
    }
  }
})

test('every reference inside /openapi.json leads somewhere', async () => {
  const { url } = await start()
  const document = await describedBy(url)
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
  expect(references.length).toBeGreaterThan(20)
  for (const [, name] of references) expect(document.components.schemas).toHaveProperty(name as string)
  expect(JSON.stringify(document)).not.toContain('$defs')
})

test('every code of the catalogue has a sentence and, but for the one that is our own, a status of the official list', () => {
  for (const [code, { status, message }] of Object.entries(errors)) {
    expect(message, code).not.toBe('')
    if (code !== 'operation_not_implemented') expect(officialStatuses(code) ?? [status], code).toContain(status)
  }
})
