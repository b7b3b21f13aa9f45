import { z } from 'zod'
import { type ErrorCode, errors } from './errors.js'
import { answerOf, FailureMeta } from './frontend/answer.js'
import { answersNothing, type Route, routeErrors } from './route.js'

type Json = Record<string, unknown>
type SchemaOf = (schema: z.ZodType, io: 'input' | 'output') => Json

/** What whoever asks is told apart by. */
const securitySchemes = {
  secretKey: { type: 'http', scheme: 'bearer' },
  client: { type: 'apiKey', in: 'cookie', name: '__client' },
}

/** The OpenAPI 3.1 document of a route table that is served under `path`. Nothing in it is written by hand. */
export function openapi(
  routes: Record<string, Route>,
  { path: root, ...info }: { title: string; version: string; path: string },
): Json {
  const isForBrowsers = Object.values(routes).some(({ browser }) => browser)
  const security = isForBrowsers ? 'client' : 'secretKey'
  const components: Json = {}
  // Of what only our own code can check, the schema says itself how it looks.
  const schemaOf: SchemaOf = (schema, io) => hoist(z.toJSONSchema(schema, { io, unrepresentable: 'any' }), components)

  const paths: Record<string, Json> = {}
  for (const [key, route] of Object.entries(routes)) {
    const [method, path] = key.split(' ') as [string, string]
    paths[path] ??= {}
    paths[path][method.toLowerCase()] = {
      summary: route.summary,
      ...(route.deprecated && { deprecated: true }),
      ...(route.public && { security: [] }),
      parameters: [...pathParameters(path), ...queryParameters(route, schemaOf)],
      ...(route.body && { requestBody: requestBody(route.body, schemaOf(route.body, 'input')) }),
      responses: { ...success(route, schemaOf), ...failures(route) },
    }
  }
  components['Errors'] = schemaOf(isForBrowsers ? Errors.extend({ meta: FailureMeta.optional() }) : Errors, 'output')
  return {
    openapi: '3.1.0',
    info,
    servers: [{ url: root }],
    paths,
    components: { schemas: components, securitySchemes: { [security]: securitySchemes[security] } },
    // A browser that is new has nothing to show yet.
    security: [{ [security]: [] }, ...(isForBrowsers ? [{}] : [])],
  }
}

const Errors = z.object({
  errors: z.array(
    z.object({
      code: z.enum(Object.keys(errors) as [ErrorCode, ...ErrorCode[]]),
      message: z.string(),
      long_message: z.string(),
      meta: z.record(z.string(), z.unknown()).optional(),
    }),
  ),
  clerk_trace_id: z.string(),
})

const jsonContent = (description: string, schema: Json): Json => ({
  description,
  content: { 'application/json': { schema } },
})

const requestBody = ({ type }: NonNullable<Route['body']>, schema: Json): Json => ({
  content: {
    'application/json': { schema },
    ...(type === 'object' && { 'application/x-www-form-urlencoded': { schema } }),
  },
})

function success(route: Route, schemaOf: SchemaOf): Json {
  if (answersNothing(route)) return { 204: { description: 'Success' } }
  if (route.answers === 'redirect') return { 307: { description: 'Go on to another page' } }
  const schema = schemaOf(route.browser ? answerOf(route) : route.returns, 'output')
  if (route.answers === 'html') return { 200: { description: 'A page', content: { 'text/html': { schema } } } }
  return { 200: jsonContent('Success', schema) }
}

const pathParameters = (path: string) =>
  [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))

function queryParameters(route: Route, schemaOf: SchemaOf) {
  if (!route.query) return []
  const { properties = {}, required = [] } = schemaOf(route.query, 'input') as {
    properties?: Json
    required?: string[]
  }
  return Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
}

/** One response a status, naming every code that can come with it. */
function failures(route: Route): Record<number, Json> {
  const codes = routeErrors(route)
  const statuses = new Set([...codes].map((code) => errors[code].status))
  return Object.fromEntries(
    [...statuses].map((status) => {
      const names = [...codes].filter((code) => errors[code].status === status)
      return [status, jsonContent(names.join(', '), { $ref: '#/components/schemas/Errors' })]
    }),
  )
}

/** Moves the named schemas of a JSON Schema to the components of the document, and points its references there. */
function hoist(schema: Json, components: Json): Json {
  const { $schema: _, $defs = {}, ...own } = relocate(schema) as Json & { $defs?: Json }
  Object.assign(components, $defs)
  return own
}

const relocate = (schema: unknown): unknown =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"#/components/schemas/'))
