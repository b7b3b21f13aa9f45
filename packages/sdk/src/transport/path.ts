/**
 * Puts ids into the path of a route: `/users/{user_id}` → `/users/user_1`. Each is percent-encoded as one segment.
 *
 * @throws Error when an id is empty, is not a text, or would lead out of its segment.
 */
export function fillPath(template: string, params: Readonly<Record<string, unknown>>): string {
  return template.replace(/\{(\w+)\}/g, (_, name: string) => segment(params[name]))
}

function segment(id: unknown): string {
  // A lone half of a surrogate pair (\p{Cs}) has no encoding.
  if (typeof id !== 'string' || id === '' || id === '.' || id === '..' || /\p{Cs}/u.test(id)) {
    throw new Error('A valid ID is required.')
  }
  return encodeURIComponent(id)
}
