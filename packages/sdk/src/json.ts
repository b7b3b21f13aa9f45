/** An object as it came over the wire: its names are known, its values are not checked. */
export interface JSONObject {
  readonly [name: string]: unknown
}

export function isObject(value: unknown): value is JSONObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `first_name` → `firstName`. A name that is camelCase already stays as it is. */
function camelCase(name: string): string {
  return name.replace(/(?<=[^_])_+([a-zA-Z0-9])/g, (_, letter: string) => letter.toUpperCase())
}

/** The object with its own names in camelCase. Values are not touched: what is in them belongs to somebody else. */
export function camelCased(json: JSONObject): Record<string, unknown> {
  // `__proto__` is a plain key in JSON, but assigning it later would replace a prototype.
  const entries = Object.entries(json).filter(([name]) => name !== '__proto__')
  return Object.fromEntries(entries.map(([name, value]) => [camelCase(name), value]))
}

/**
 * The attributes that the JSON has, under the names of the class; an attribute that is absent stays absent.
 * `names` is a resource's table of wire name → attribute. JSON in camelCase is understood too.
 */
export function take<Attribute extends string>(
  json: JSONObject,
  names: Readonly<Record<string, Attribute>>,
): Partial<Record<Attribute, never>> {
  const taken: Partial<Record<Attribute, unknown>> = {}
  for (const [wire, attribute] of Object.entries(names)) {
    const value = Object.hasOwn(json, wire) ? json[wire] : json[attribute]
    if (value !== undefined) taken[attribute] = value
  }
  // The server's word is taken for the types of the values: `never` lets them be any attribute's.
  return taken as Partial<Record<Attribute, never>>
}

/** One resource for each object of a list; a list that is absent or null is empty. */
export function each<Item>(list: unknown, fromJSON: (json: JSONObject) => Item): Item[] {
  return Array.isArray(list) ? list.filter(isObject).map((json) => fromJSON(json)) : []
}
