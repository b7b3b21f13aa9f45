/**
 * The fields of an option that is an object.
 *
 * @throws Error that names a field which is not one of `names`, or says that there is no object at all.
 */
export function fieldsOf<Name extends string>(
  option: string,
  value: unknown,
  names: readonly Name[],
): { readonly [Field in Name]?: unknown } {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error(`httpOptions.${option} must be an object.`)
  }
  const fields = Object.entries(value).filter(([, content]) => content !== undefined)
  const stranger = fields.find(([name]) => !(names as readonly string[]).includes(name))
  if (stranger) throw new Error(`httpOptions.${option}.${stranger[0]} is not supported.`)
  return Object.fromEntries(fields) as { [Field in Name]?: unknown }
}

/** @throws Error when it is neither left out nor what `isRight` recognises. */
export function expectField<Value>(
  option: string,
  value: unknown,
  isRight: (value: unknown) => value is Value,
  what: string,
): Value | undefined {
  if (value === undefined || isRight(value)) return value
  throw new Error(`httpOptions.${option} must be ${what}.`)
}

export const isBoolean = (value: unknown): value is boolean => typeof value === 'boolean'

export const isFunction = (value: unknown): value is (...given: never[]) => unknown => typeof value === 'function'

export const isCount = (value: unknown): value is number => Number.isInteger(value) && Number(value) >= 0
