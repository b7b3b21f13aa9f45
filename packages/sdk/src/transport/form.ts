import { escape as percentEncode } from 'node:querystring'
import { snakeCase } from '../json.js'
import { encodeJSON, metadata } from './json-text.js'

/**
 * Parameters as a query string or a form body, by the rules of `node:querystring` (a space is `%20`), and:
 * names in snake_case; arrays repeat their name; `undefined` is left out; `null` is empty; a `Date` is its ISO text;
 * an object is its JSON text. A name may end in `[]`, which says nothing here. Nothing that was passed is changed.
 *
 * @throws TypeError when it is no object that was passed.
 */
export function encodeForm(params: object): string {
  if (typeof params !== 'object') throw new TypeError(`The parameters must be an object, but are a ${typeof params}.`)
  // A map, because the later of two spellings of one name wins.
  const fields = new Map<string, readonly string[]>()
  for (const [name, value] of Object.entries(params)) {
    if (value === undefined) continue
    const field = snakeCase(name).replace(/\[\]$/, '')
    fields.set(field, metadata.has(field) && typeof value === 'object' ? [metadataText(value)] : fieldTexts(value))
  }
  const pairs: string[] = []
  for (const [field, texts] of fields) {
    for (const text of texts) pairs.push(`${percentEncode(field)}=${percentEncode(text)}`)
  }
  return pairs.join('&')
}

const metadataText = (value: object | null): string => (value === null ? '' : JSON.stringify(value))

const fieldTexts = (value: unknown): string[] => (Array.isArray(value) ? value : [value]).filter(isSendable).map(text)

const isSendable = (value: unknown): boolean =>
  value !== undefined && typeof value !== 'function' && typeof value !== 'symbol'

function text(value: unknown): string {
  if (value === null) return ''
  if (value instanceof Date) return value.toISOString()
  if (value instanceof URL) return value.href
  if (typeof value === 'object') return encodeJSON(value)
  if (typeof value === 'number' && !Number.isFinite(value)) return ''
  return String(value)
}
