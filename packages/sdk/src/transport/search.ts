/** Reads `httpOptions.searchParams`: the query that every URL gets in place of its own. */
export function readSearchParams(value: unknown): { search: string } {
  if (typeof value === 'string' || value instanceof URLSearchParams) {
    return { search: new URLSearchParams(value).toString() }
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new Error('httpOptions.searchParams must be a text, an object or URLSearchParams.')
  }
  const search = new URLSearchParams()
  for (const [name, content] of Object.entries(value)) {
    if (content === undefined) continue
    if (content !== null && !['string', 'number', 'boolean'].includes(typeof content)) {
      throw new Error(`httpOptions.searchParams.${name} must be a text, a number, true, false or null.`)
    }
    search.set(name, content === null ? '' : String(content))
  }
  return { search: search.toString() }
}
