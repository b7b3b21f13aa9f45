/** Sets properties that can be read but are not listed: `Object.keys`, `JSON.stringify` and deep equality pass them over. */
export function hide(target: object, values: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(values)) {
    Object.defineProperty(target, name, { value, enumerable: false, writable: true, configurable: true })
  }
}
