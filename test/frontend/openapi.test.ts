import { errors, type Frontend, frontend, type Route, routeErrors } from '@clerk-server/contract'
import { expect, test } from 'vitest'
import { describedBy, type Operation } from '../support/description.js'
import { startInstance } from '../support/instance.js'

const routes = Object.entries<Route>(frontend) as [keyof Frontend, Route][]

const described = async () => {
  const { url } = await startInstance({ storage: { memory: true } })
  return describedBy(url, '/__clerk/openapi.json')
}

const schemaOf = (operation: Operation) =>
  (operation.responses['200'] as unknown as { content: { 'application/json': { schema: Record<string, unknown> } } })
    .content['application/json'].schema

test('/__clerk/openapi.json has every route of the Frontend API, with its parameters, its body and its codes', async () => {
  const { openapi, paths } = await described()
  expect(openapi).toBe('3.1.0')
  const listed = Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
  expect(listed.sort()).toEqual(Object.keys(frontend).sort())
  for (const [key, route] of routes) {
    const [method = '', path = ''] = key.split(' ')
    const operation = paths[path]?.[method.toLowerCase()] as Operation
    expect(operation.summary).toBe(route.summary)
    expect(Object.keys(operation.requestBody?.content ?? {}).length, key).toBe(route.body ? 2 : 0)
    for (const code of routeErrors(route)) {
      expect(operation.responses[errors[code].status]?.description, key).toContain(code)
    }
  }
})

test('what it says of an answer has the client beside it, but for those that come without', async () => {
  const { paths } = await described()
  for (const [key, route] of routes.filter(([, { answers }]) => answers !== 'redirect')) {
    const [method = '', path = ''] = key.split(' ')
    const schema = schemaOf(paths[path]?.[method.toLowerCase()] as Operation)
    if (route.bare) expect(schema['properties'] ?? {}, key).not.toHaveProperty('client')
    else expect(Object.keys(schema['properties'] as object), key).toEqual(['response', 'client'])
  }
})

test('a redirect is described as one, and every reference leads somewhere', async () => {
  const document = await described()
  const handshake = document.paths['/client/handshake']?.['get'] as Operation
  expect(Object.keys(handshake.responses)).toContain('307')
  expect(Object.keys(handshake.responses)).not.toContain('200')
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)]
  expect(references.length).toBeGreaterThan(20)
  for (const [, name] of references) expect(document.components.schemas).toHaveProperty(name as string)
  expect(JSON.stringify(document)).not.toContain('$defs')
})
