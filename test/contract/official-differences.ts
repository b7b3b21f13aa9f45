import { backend, openapi, type Route } from '@clerk-server/contract'
import { officialDocument } from '../support/official.js'
import { answerDifferences, type Form, formOf, limitDifferences } from './schema-differences.js'

type Json = Record<string, unknown>

interface Parameter {
  name: string
  in: string
  required?: boolean
  schema: Json
}

interface Operation {
  parameters?: Json[]
  requestBody?: Json
  responses: Record<string, Json>
}

interface Document {
  paths: Record<string, Record<string, Operation>>
}

const own = openapi(backend, { title: '', version: '', path: '/v1' }) as unknown as Document

/** Everything in which the contract is otherwise than the official description, as `METHOD /path place: what`. */
export function officialDifferences(): string[] {
  const official = officialDocument as Document | undefined
  if (!official) return []
  return Object.entries<Route>(backend).flatMap(([key, route]) => {
    const theirs = operationOf(official, key)
    const ours = operationOf(own, key) as Operation
    return theirs
      ? operationDifferences(route, new Side(official, theirs), new Side(own, ours)).map((one) => `${key} ${one}`)
      : []
  })
}

const operationOf = ({ paths }: Document, key: string): Operation | undefined => {
  const [method = '', path = ''] = key.split(' ')
  return paths[path]?.[method.toLowerCase()]
}

/** An operation in its document. */
class Side {
  readonly query: Map<string, { form: Form; required: boolean }>
  readonly body: Form | undefined
  readonly answer: Form | undefined
  readonly statuses: string[]

  constructor(
    private readonly document: Document,
    { parameters = [], requestBody, responses }: Operation,
  ) {
    const resolved = parameters.map((one) => this.resolved(one) as unknown as Parameter)
    this.query = new Map(
      resolved
        .filter((one) => one.in === 'query')
        .map(({ name, schema, required = false }) => [
          name.replace(/\[\]$/, ''),
          { form: this.form(schema), required },
        ]),
    )
    this.body = this.content(requestBody)
    this.answer = this.content(responses['200'])
    this.statuses = Object.keys(responses)
  }

  takes(name: string): boolean {
    return this.query.has(name) || this.body?.properties.has(name) || this.body?.items?.properties.has(name) || false
  }

  private content(part: Json | undefined): Form | undefined {
    const { content } = (part ? this.resolved(part) : {}) as { content?: Record<string, { schema: Json }> }
    const schema = (content?.['application/json'] ?? Object.values(content ?? {})[0])?.schema
    return schema && this.form(schema)
  }

  private form = (schema: Json): Form => formOf(schema, (reference) => this.followed(reference))

  private resolved = (one: Json): Json => (typeof one['$ref'] === 'string' ? this.followed(one['$ref']) : one)

  private followed = (reference: string): Json =>
    reference
      .slice(2)
      .split('/')
      .reduce((node, name) => node[name] as Json, this.document as unknown as Json)
}

function operationDifferences({ refuses = [] }: Route, official: Side, ours: Side): string[] {
  return [
    ...queryDifferences(refuses, official, ours),
    ...bodyDifferences(refuses, official.body, ours.body),
    ...refuses.filter((name) => !official.takes(name)).map((name) => `refuses ${name}: is no parameter`),
    ...(official.answer && ours.answer ? answerDifferences(official.answer, ours.answer) : []).map(
      (one) => `answer ${one}`,
    ),
    ...official.statuses.filter((one) => !ours.statuses.includes(one)).map((one) => `status ${one}: missing`),
  ]
}

function queryDifferences(refuses: readonly string[], official: Side, ours: Side): string[] {
  const differences: string[] = []
  for (const [name, theirs] of official.query) {
    const own = ours.query.get(name)
    if (!own) {
      if (!refuses.includes(name)) differences.push(`query ${name}: missing`)
      continue
    }
    if (theirs.required !== own.required)
      differences.push(`query ${name}: required ${theirs.required}, ours ${own.required}`)
    differences.push(...parameterDifferences(theirs.form, own.form).map((one) => `query ${name}: ${one}`))
  }
  for (const name of ours.query.keys()) if (!official.query.has(name)) differences.push(`query ${name}: more`)
  return differences
}

function bodyDifferences(refuses: readonly string[], official: Form | undefined, ours: Form | undefined): string[] {
  if (!official || !ours) return official ? ['body: missing'] : ours ? ['body: more'] : []
  if (official.items && ours.items) return bodyDifferences(refuses, official.items, ours.items)
  const differences: string[] = parameterDifferences(official, ours).map((one) => `body: ${one}`)
  for (const [name, theirs] of official.properties) {
    const own = ours.properties.get(name)
    if (!own) {
      if (!refuses.includes(name)) differences.push(`body ${name}: missing`)
      continue
    }
    const [first, second] = [official, ours].map(({ required }) => required.has(name))
    if (first !== second) differences.push(`body ${name}: required ${first}, ours ${second}`)
    differences.push(...parameterDifferences(theirs, own).map((one) => `body ${name}: ${one}`))
  }
  for (const name of ours.properties.keys()) if (!official.properties.has(name)) differences.push(`body ${name}: more`)
  return differences
}

const parameterDifferences = (official: Form, ours: Form): string[] => [
  ...limitDifferences(official, ours),
  ...(official.items && ours.items ? limitDifferences(official.items, ours.items).map((one) => `each ${one}`) : []),
]
