import { backend, errors, type Route } from '@clerk-server/contract'
import { expect, test } from 'vitest'
import { startInstance } from '../support/instance.js'
import { officialStatuses } from '../support/official.js'

interface Operation {
  summary: string
  parameters: { name: string; in: string; required: boolean }[]
  requestBody?: { content: Record<string, unknown> }
  responses: Record<string, { description: string }>
}

interface Description {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown> }
}

async function description() {
  const { url } = await startInstance({ storage: { memory: true } })
  const response = await fetch(`${url}/openapi.json`)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  return (await response.json()) as Description
}

test('/openapi.json has every route of the contract and no other, without a key', async () => {
  const { openapi, paths } = await description()
  expect(openapi).toBe('3.1.0')
  const served = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(served.sort()).toEqual(Object.keys(backend).sort())
})

test('/openapi.json names the parameters, the body and every code of each route', async () => {
  const { paths } = await description()
  for (const [key, route] of Object.entries<Route>(backend)) {
    const [method = '', path = ''] = key.split(' ')
    const operation = paths[path]?.[method.toLowerCase()] as Operation
    const names = (place: string) => operation.parameters.filter((one) => one.in === place).map(({ name }) => name)
    expect(operation.summary).toBe(route.summary)
    expect(names('path')).toEqual([...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name))
    expect(names('query')).toEqual(Object.keys(route.query?.shape ?? {}))
    expect(Object.keys(operation.requestBody?.content ?? {})).toHaveLength(route.body ? 2 : 0)
    for (const code of route.errors ?? []) {
      expect(operation.responses[errors[code].status]?.description, key).toContain(code)
    }
  }
})

test('every reference inside /openapi.json leads somewhere', async () => {
  const document = await description()
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
  expect(references.length).toBeGreaterThan(20)
  for (const [, name] of references) expect(document.components.schemas).toHaveProperty(name as string)
  expect(JSON.stringify(document)).not.toContain('$defs')
})

test('every code of the catalogue has a sentence, and a status it has in the official list', () => {
  for (const [code, { status, message }] of Object.entries(errors)) {
    expect(message, code).not.toBe('')
    expect(officialStatuses(code) ?? [status], code).toContain(status)
  }
})
