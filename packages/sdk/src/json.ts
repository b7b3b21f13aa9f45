/** An object as it came over the wire: its names are known, its values are not checked. */
export interface JSONObject {
  readonly [name: string]: unknown
}

/** `first_name` → `firstName`, as a type. */
type CamelCase<Name> = Name extends `${infer First}_${infer Rest}` ? `${First}${Capitalize<CamelCase<Rest>>}` : Name

/**
 * The JSON that a resource is made of: any field may be missing, because each version of the API sends others. `Others`
 * are the fields that only other versions send. It does not compile while `Class` has no attribute for a field of `JSON`,
 * which is the contract's type.
 */
export type Wire<
  Class,
  JSON extends {
    [Field in keyof JSON]: CamelCase<Field> extends keyof Class | 'object'
      ? unknown
      : 'the class has no attribute for it'
  },
  Others = unknown,
> = Partial<JSON> & Partial<Others>

/** What the answer to a deletion has besides the id. */
export interface Deletion {
  object: string
  deleted: boolean
}

export function isObject(value: unknown): value is JSONObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `first_name` → `firstName`. A name that is camelCase already stays as it is. */
function camelCase(name: string): string {
  return name.replace(/(?<=[^_])_+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/**
 * `emailAddress` → `email_address`. A run of capitals is one word, wherever it stands: `primaryEmailAddressID` →
 * `primary_email_address_id`, `parseHTMLNow` → `parse_html_now`, `userIDs` → `user_ids`.
 */
export function snakeCase(name: string): string {
  return name.replace(/(?<=[a-z\d])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])(?![A-Z]s(?![a-z]))/g, '_').toLowerCase()
}

/** The object with its own names in camelCase. Values are not touched: what is in them belongs to somebody else. */
export function camelCased(json: JSONObject): Record<string, unknown> {
  // `__proto__` is a plain key in JSON, but assigning it later would replace a prototype.
  const entries = Object.entries(json).filter(([name]) => name !== '__proto__')
  return Object.fromEntries(entries.map(([name, value]) => [camelCase(name), value]))
}

const snakeCased = (json: JSONObject): JSONObject =>
  Object.fromEntries(Object.entries(json).map(([name, value]) => [snakeCase(name), value]))

/**
 * The JSON with the names that the API has for its fields. A resource that a program has stored, and nested ones in old
 * versions, have those of the class instead. One field that the API always sends tells (`isWire`): to look at every name
 * would take longer than all the rest.
 */
export function asWire<JSON>(json: JSONObject, isWire: boolean): JSON {
  // The server's word is taken for the types of the values.
  return (isWire ? json : snakeCased(json)) as JSON
}

/** One resource for each object of a list; a list that is absent or null is empty. */
export function each<Item>(list: unknown, fromJSON: (json: JSONObject) => Item): Item[] {
  if (!Array.isArray(list) || list.length === 0) return []
  return (list.every(isObject) ? list : list.filter(isObject)).map(fromJSON)
}
