/** Stands for something that is not there at all. */
export const absent = Symbol('absent')

/** Where two values differ: the path of a property, what the original has there, and what ours has. */
export type Differences = Record<string, readonly [original: unknown, ours: unknown]>

/** The smallest parts in which two plain values differ. A property that is `undefined` is not the same as none. */
export function differences(original: unknown, ours: unknown, path = ''): Differences {
  if (!isContainer(original) || !isContainer(ours) || Array.isArray(original) !== Array.isArray(ours)) {
    return Object.is(original, ours) ? {} : { [path]: [original, ours] }
  }
  const names = new Set([...Object.keys(original), ...Object.keys(ours)])
  const parts = [...names].map((name) =>
    differences(property(original, name), property(ours, name), path === '' ? name : `${path}.${name}`),
  )
  return Object.assign({}, ...parts)
}

const isContainer = (value: unknown): value is object => typeof value === 'object' && value !== null

const property = (container: object, name: string): unknown =>
  Object.hasOwn(container, name) ? Reflect.get(container, name) : absent
