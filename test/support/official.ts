import { existsSync, readFileSync } from 'node:fs'
import { Ajv, type ValidateFunction } from 'ajv'
import { parse } from 'yaml'

/**
 * The official description of the Backend API, which lies beside a maintainer's checkout and is not part of the project.
 * Where it is missing, answers are held against the contract alone.
 */
const folder = new URL('../../../shared/openapi/', import.meta.url)

/** Routes that published clients call, and the official description does not have. */
const unlisted: readonly string[] = [
  'POST /emails',
  'POST /sms_messages',
  'POST /sessions/{session_id}/verify',
  'GET /clients/handshake_payload',
  'DELETE /invitations/{invitation_id}',
  'GET /internal/interstitial',
]

const readText = (name: string) => readFileSync(new URL(name, folder), 'utf8')

interface Description {
  paths: Record<string, Record<string, { responses: Record<string, Answer> }>>
  components: { responses: Record<string, Answer> }
}

type Answer = { $ref?: string; content?: { 'application/json': { schema: object } } }

const description = existsSync(folder) ? (jsonSchema(parse(readText('bapi-2026-05-12.yml'))) as Description) : undefined
const errorCodes = existsSync(folder)
  ? readText('error-codes.tsv')
      .split('\n')
      .map((line) => line.split('\t'))
  : []
const validators = new Map<string, ValidateFunction>()

const ajv = new Ajv({ strict: false, allErrors: true, validateFormats: false })
if (description) ajv.addSchema(description, 'official')

/** The same of the Frontend API. */
const frontendDescription = existsSync(folder)
  ? (jsonSchema(parse(readText('fapi-2026-05-12.yml'))) as Description)
  : undefined
if (frontendDescription) ajv.addSchema(frontendDescription, 'official-frontend')

/** The official description, in JSON Schema; `undefined` where it is not there. */
export const officialDocument: unknown = description

/** `METHOD /path` of every operation in the official description; empty where that is not there. */
export const officialOperations: readonly string[] = operationsOf(description)

/** The same of the Frontend API, of what is under `/v1` there, without that. */
export const officialFrontendOperations: readonly string[] = operationsOf(frontendDescription)
  .filter((operation) => operation.includes(' /v1/'))
  .map((operation) => operation.replace(' /v1/', ' /'))

function operationsOf(described: Description | undefined): string[] {
  return Object.entries(described?.paths ?? {}).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  )
}

/** The statuses an error code can have by the official list; `undefined` where that is not there. */
export function officialStatuses(code: string): number[] | undefined {
  if (errorCodes.length === 0) return undefined
  return errorCodes.filter(([name]) => name === code).map(([, status]) => Number(status))
}

/** What the official description finds wrong with the body of a success; nothing where it is not there. */
export function officialViolations(route: string, body: unknown): unknown[] {
  // Of pages it says nothing.
  if (!description || unlisted.includes(route) || typeof body === 'string') return []
  const validate = validators.get(route) ?? compile(description, 'official', route)
  validators.set(route, validate)
  if (!validate(body)) validate(listOf(body))
  return validate.errors ?? []
}

/** Of most lists, the official description knows the bare form only. */
const listOf = (body: unknown) =>
  typeof body === 'object' && body !== null && 'data' in body && 'total_count' in body ? body.data : body

/** What the official description of the Frontend API finds wrong with the body of a success. */
export function officialFrontendViolations(key: string, body: unknown): unknown[] {
  if (!frontendDescription || withoutAnswer.includes(key)) return []
  const route = key.replace(' ', ' /v1')
  const validate = validators.get(route) ?? compile(frontendDescription, 'official-frontend', route)
  validators.set(route, validate)
  return validate(body) ? [] : (validate.errors ?? [])
}

/** Of what these answer with, it says nothing. */
const withoutAnswer: readonly string[] = ['POST /dev_browser']

function compile({ paths, components }: Description, document: string, route: string): ValidateFunction {
  const [method = '', path = ''] = route.split(' ')
  const answer = paths[path]?.[method.toLowerCase()]?.responses['200']
  const name = answer?.$ref?.split('/').at(-1)
  const schema = (name ? components.responses[name] : answer)?.content?.['application/json'].schema
  if (!schema) throw new Error(`the official description has no answer for ${route}`)
  return ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', `"${document}#/`)))
}

/** OpenAPI 3.0 says `nullable` where JSON Schema says that null is one of the choices. */
function jsonSchema(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(jsonSchema)
  if (typeof node !== 'object' || node === null) return node
  const { nullable, ...rest } = node as Record<string, unknown>
  const schema = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, jsonSchema(value)]))
  return nullable === true ? { anyOf: [schema, { type: 'null' }] } : schema
}
