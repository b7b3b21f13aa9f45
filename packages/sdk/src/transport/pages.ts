import { type CallOptions, throwIfAborted } from './abort.js'

/**
 * Which part of a list a call gives.
 *
 * `list` gives everything from `offset` on, in pages of `limit`. The next page is asked for when the one before is used
 * up; leaving the loop sends nothing more, and another loop begins anew. No item is given twice. Some can be missed when
 * others are created or deleted meanwhile, because pages are counted from the beginning of the list as it is then.
 *
 * A loop rejects as the call for a page does, with the reason of its signal also between two items, and with an Error,
 * before any request, when `limit` is not a whole number from 1 to 500, or `offset` not one from 0 on.
 */
export interface PageParams {
  /** How many at most: 1 to 500. The server's default is 10; `list` asks for 100 at a time. */
  limit?: number | undefined
  /** How many to skip. */
  offset?: number | undefined
}

/** Everything that `getPage` has, by the rules that {@link PageParams} tells. */
export function everyItem<Params extends PageParams, Item extends { id: string }>(
  getPage: (params: Params, options?: CallOptions) => Promise<Item[]>,
  params: Params,
  options?: CallOptions,
): AsyncIterable<Item> {
  const asked = { ...params }
  return { [Symbol.asyncIterator]: () => walk(getPage, asked, options) }
}

async function* walk<Params extends PageParams, Item extends { id: string }>(
  getPage: (params: Params, options?: CallOptions) => Promise<Item[]>,
  params: Params,
  options: CallOptions | undefined,
): AsyncGenerator<Item, void, undefined> {
  const { limit = 100, offset: begin = 0 } = params
  // A server that cuts a larger number down would answer with a page that looks like the last one.
  if (!Number.isInteger(limit) || limit < 1 || limit > 500) {
    throw new Error('list: limit must be a whole number from 1 to 500.')
  }
  if (!Number.isInteger(begin) || begin < 0) throw new Error('list: offset must be a whole number, 0 or more.')
  const given = new Set<string>()
  let repeated = 0
  for (let offset = begin; ; ) {
    const page = await getPage({ ...params, limit, offset }, options)
    // With `throwHttpErrors: false` a call that failed gives nothing, which must not pass for the end.
    if (!Array.isArray(page)) throw new Error('list: the API did not answer with a list.')
    const before = given.size
    for (const item of page) {
      if (given.has(item.id)) continue
      given.add(item.id)
      throwIfAborted(options?.signal)
      yield item
    }
    // Items that are created meanwhile push known ones onto the next pages, at most as many as were given. If more of
    // them come in a row, it is the server that repeats itself: it knows no `offset`.
    repeated = given.size > before ? 0 : repeated + page.length
    if (page.length < limit || repeated > given.size) return
    offset += page.length
  }
}
