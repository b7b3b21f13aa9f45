/** What every sub-API has of its base class, and no application calls; and telemetry, which is for another server. */
const leftOut = new Set(['constructor', 'request', 'requireId', 'telemetry'])

type Callable = (...given: unknown[]) => unknown
type Holder = Record<string, Callable>

/** Where a method is found, and what its name is there. */
interface Place {
  holder: Holder
  method: string
}

/** Every method of a client, by `api.method` (or its bare name where it hangs on the client itself). */
export function surfaceOf(client: object): Map<string, Place> {
  const surface = new Map<string, Place>()
  for (const name of namesOf(client)) {
    const value = (client as Record<string, unknown>)[name]
    if (typeof value === 'function') surface.set(name, { holder: client as Holder, method: name })
    if (typeof value !== 'object' || value === null || Array.isArray(value)) continue
    for (const method of namesOf(value)) {
      const holder = value as Holder
      if (typeof holder[method] === 'function') surface.set(`${name}.${method}`, { holder, method })
    }
  }
  return surface
}

/** Own and inherited names, but for those that the language gives and those that a package marks as its own affair. */
function namesOf(value: object): string[] {
  const names = new Set<string>()
  for (let one: unknown = value; one && one !== Object.prototype; one = Object.getPrototypeOf(one)) {
    for (const name of Object.getOwnPropertyNames(one)) names.add(name)
  }
  return [...names].filter((name) => !leftOut.has(name) && !/^_[^_]/.test(name))
}

/** Notes of every call of a method what the server was asked for while it ran; `routes` grows with each request. */
export function observe(client: object, routes: readonly string[]): (method: string) => string[] {
  const asked = new Map<string, Set<string>>()
  for (const [name, { holder, method }] of surfaceOf(client)) {
    const original = holder[method] as Callable
    const seen = new Set<string>()
    asked.set(name, seen)
    const observed: Callable = function (this: unknown, ...given) {
      const before = routes.length
      const note = () => {
        for (const route of routes.slice(before)) seen.add(route)
      }
      const answer = original.apply(this, given)
      return answer instanceof Promise ? answer.finally(note) : answer
    }
    Object.defineProperty(holder, method, { value: observed, configurable: true, writable: true })
  }
  return (method) => [...(asked.get(method) ?? [])].sort()
}
