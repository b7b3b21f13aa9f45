import { ApiError } from '../errors.js'
import type { WireField, WireFields } from './wire-fields.js'

export type Decoded = Record<string, unknown>

/**
 * Reads name-value pairs into the shapes the schema has. Text that does not have the shape is left as it is, for the
 * schema to refuse by name.
 *
 * @throws ApiError `form_param_duplicate` when something that is not a list is given twice.
 */
export function decodePairs(pairs: URLSearchParams, fields: WireFields, source: 'query' | 'form'): Decoded {
  const valuesOf = new Map<string, string[]>()
  for (const [name, value] of pairs) {
    const values = valuesOf.get(name)
    if (values) values.push(value)
    else valuesOf.set(name, [value])
  }
  const decoded = [...valuesOf].map(([name, values]): [string, unknown] => {
    const field = fields.get(name) ?? { kind: 'text', nullable: false }
    return [name, values.join('') === '' ? emptyValue(source, field) : decodeValues(name, values, field)]
  })
  return Object.fromEntries(decoded.filter(([, value]) => value !== undefined))
}

/**
 * What `name=` stands for. Version 2.6.3 of the SDK sends it for null, for undefined, and for metadata it could not
 * encode. An empty filter matches nothing, rather than everything.
 */
function emptyValue(source: 'query' | 'form', { kind, nullable }: WireField): unknown {
  if (source === 'query') return kind === 'list' ? [''] : undefined
  if (kind === 'list' || kind === 'object') return undefined
  return nullable ? null : ''
}

/** Reads a JSON body: only JSON that was sent as text inside of JSON is left to read. */
export function decodeJson(body: Decoded, fields: WireFields): Decoded {
  const texts = Object.entries(body).filter(([name, value]) => typeof value === 'string' && isObject(fields.get(name)))
  return { ...body, ...Object.fromEntries(texts.map(([name, text]) => [name, jsonOr(text as string)])) }
}

const isObject = (field: WireField | undefined) => field?.kind === 'object'

function decodeValues(name: string, values: string[], { kind }: WireField): unknown {
  if (kind === 'list') return values
  const [text, ...more] = values as [string, ...string[]]
  if (more.length > 0) throw new ApiError('form_param_duplicate', { param: name })
  return readText[kind](text)
}

const readText: Record<Exclude<WireField['kind'], 'list'>, (text: string) => unknown> = {
  text: (text) => text,
  object: jsonOr,
  boolean: (text) => (text === 'true' ? true : text === 'false' ? false : text),
  integer: (text) => (/^-?\d{1,16}$/.test(text) ? Number(text) : text),
}

function jsonOr(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
