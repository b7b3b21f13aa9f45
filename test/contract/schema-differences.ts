/** What of a JSON Schema can be compared with another one, whatever it is built of. */
interface Form {
  /** Bounds and choices by their keyword. */
  limits: Record<string, unknown>
  properties: Map<string, Form>
  required: Set<string>
  /** Whether an object of this form may have other properties. */
  open: boolean
  items: Form | undefined
}

type Json = Record<string, unknown>

const bounds = ['minimum', 'maximum', 'minItems', 'maxItems', 'minLength', 'maxLength'] as const

/** Works out the form of a schema; `resolve` gives what a reference leads to. */
export function formOf(schema: Json, resolve: (reference: string) => Json, depth = 0): Form {
  if (depth > 12) return { limits: {}, properties: new Map(), required: new Set(), open: true, items: undefined }
  const reference = schema['$ref']
  if (typeof reference === 'string') return formOf(resolve(reference), resolve, depth + 1)
  const { allOf, anyOf, oneOf } = schema as Record<string, Json[] | undefined>
  const own = ownForm(schema, resolve, depth)
  const parts = (allOf ?? []).map((part) => formOf(part, resolve, depth + 1))
  const choices = [...(anyOf ?? []), ...(oneOf ?? [])]
    .filter((choice) => choice['type'] !== 'null')
    .map((choice) => formOf(choice, resolve, depth + 1))
  const all = parts.reduce(both, own)
  return choices.length > 0 ? both(all, choices.reduce(either)) : all
}

function ownForm(schema: Json, resolve: (reference: string) => Json, depth: number): Form {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, Json>)
  const items = schema['items'] as Json | undefined
  return {
    limits: limitsOf(schema),
    properties: new Map(properties.map(([name, one]) => [name, formOf(one, resolve, depth + 1)])),
    required: new Set((schema['required'] ?? []) as string[]),
    open: schema['additionalProperties'] !== false,
    items: items && formOf(items, resolve, depth + 1),
  }
}

function limitsOf(schema: Json): Record<string, unknown> {
  const limits: Json = {}
  for (const name of bounds) if (schema[name] !== undefined) limits[name] = schema[name]
  const choices = (schema['enum'] ?? (schema['const'] === undefined ? undefined : [schema['const']])) as unknown[]
  if (choices) limits['enum'] = choices.filter((one) => one !== null).sort()
  return limits
}

/** A value must be of both. */
const both = (one: Form, other: Form): Form => ({
  limits: { ...one.limits, ...other.limits },
  properties: new Map([...one.properties, ...other.properties]),
  required: new Set([...one.required, ...other.required]),
  open: one.open && other.open,
  items: one.items ?? other.items,
})

/** A value is of one of them: it has what any may have, and must have what all must. */
const either = (one: Form, other: Form): Form => ({
  limits: eitherLimits(one.limits, other.limits),
  properties: new Map(
    [...one.properties, ...other.properties].map(([name]) => [name, eitherProperty(name, one, other)]),
  ),
  required: new Set([...one.required].filter((name) => other.required.has(name))),
  open: one.open || other.open,
  items: one.items ?? other.items,
})

function eitherProperty(name: string, one: Form, other: Form): Form {
  const [first, second] = [one.properties.get(name), other.properties.get(name)]
  return first && second ? either(first, second) : ((first ?? second) as Form)
}

function eitherLimits(one: Json, other: Json): Json {
  const [first, second] = [one['enum'], other['enum']] as (unknown[] | undefined)[]
  return first && second ? { enum: [...new Set([...first, ...second])].sort() } : {}
}

/** What differs in the limits of two forms, where both have them. */
export function limitDifferences(official: Form, ours: Form): string[] {
  return Object.keys(official.limits).flatMap((name) => {
    const [theirs, own] = [JSON.stringify(official.limits[name]), JSON.stringify(ours.limits[name])]
    return own === undefined || own === theirs ? [] : [`${name} ${theirs}, ours ${own}`]
  })
}

/** What an answer of ours has otherwise than the official one: fields that are missing, more, or not always there. */
export function answerDifferences(official: Form, ours: Form, path = ''): string[] {
  const differences: string[] = []
  for (const [name, theirs] of official.properties) {
    const own = ours.properties.get(name)
    const field = `${path}${name}`
    if (!own) differences.push(`${field}: missing`)
    else {
      if (official.required.has(name) && !ours.required.has(name)) differences.push(`${field}: not always there`)
      differences.push(...answerDifferences(theirs, own, `${field}.`))
    }
  }
  if (!official.open && official.properties.size > 0) {
    for (const name of ours.properties.keys())
      if (!official.properties.has(name)) differences.push(`${path}${name}: more`)
  }
  if (official.items && ours.items) differences.push(...answerDifferences(official.items, ours.items, `${path}[].`))
  return differences
}

export type { Form }
