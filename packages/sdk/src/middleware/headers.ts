/** Headers of a request, by name. */
export interface RequestHeaders {
  [name: string]: string | readonly string[] | undefined
}

/**
 * A header as one text; `undefined` when there is none. Several are put together as Node does it, so that where one is
 * needed, two are no valid one.
 */
export function headerText(headers: RequestHeaders, name: string, separator = ', '): string | undefined {
  const value: unknown = headers[name]
  if (value === undefined || typeof value === 'string') return value
  // What is no text at all is a header that is there and means nothing.
  return Array.isArray(value) ? value.join(separator) : ''
}
