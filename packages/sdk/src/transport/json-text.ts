import { isObject, snakeCase } from '../json.js'

/** Fields that belong to the application: what is in them is JSON, and the names in it are never changed. */
export const metadata: ReadonlySet<string> = new Set(['public_metadata', 'private_metadata', 'unsafe_metadata'])

/** Parameters as JSON text: names in snake_case at any depth, because below a parameter they are still names of the API. */
export const encodeJSON = (value: unknown): string => JSON.stringify(wireNamed(value))

function wireNamed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(wireNamed)
  if (!isObject(value) || 'toJSON' in value) return value
  const fields = Object.entries(value).filter(([, inner]) => inner !== undefined)
  return Object.fromEntries(
    fields.map(([name, inner]) => {
      const field = snakeCase(name)
      return [field, metadata.has(field) ? unquoted(inner) : wireNamed(inner)]
    }),
  )
}

/** Metadata may be given as the JSON text of an object; where everything is JSON, it is that object. */
function unquoted(value: unknown): unknown {
  if (typeof value !== 'string') return value
  try {
    return JSON.parse(value)
  } catch {
    return value
  }
}
