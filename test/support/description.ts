import type { Backend } from '@clerk-server/contract'
import { expect } from 'vitest'

export interface Operation {
  summary: string
  parameters: { name: string; in: string; required: boolean }[]
  requestBody?: { content: Record<string, unknown> }
  responses: Record<string, { description: string }>
}

export interface Description {
  openapi: string
  paths: Record<string, Record<string, Operation>>
  components: { schemas: Record<string, unknown> }
}

/** What a server says of itself. */
export async function describedBy(url: string, path = '/openapi.json'): Promise<Description> {
  const response = await fetch(url + path)
  expect(response.status).toBe(200)
  expect(response.headers.get('content-type')).toBe('application/json')
  return (await response.json()) as Description
}

/** The routes that a server says it serves. */
export async function servedRoutes(url: string): Promise<(keyof Backend)[]> {
  const { paths } = await describedBy(url)
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}` as keyof Backend),
  )
}
