import type { CallOptions } from '../transport/abort.js'
import { everyItem, type PageParams } from '../transport/pages.js'
import type { Request } from '../transport/request.js'
import type { BlocklistIdentifier } from './blocklist-identifier.js'
import type { CreateBlocklistIdentifierParams } from './params.js'

/**
 * What can be done with the blocklist, which says who may not sign up. Every method rejects with an `HttpError` when the API
 * refuses or does not answer, and with `Error('A valid ID is required.')`, before any request, when an id is none.
 */
export class BlocklistIdentifiersApi {
  readonly #request: Request

  /** @internal */
  constructor(request: Request) {
    this.#request = request
  }

  /** Identifiers, the newest first. */
  getBlocklistIdentifierList = (params: PageParams = {}, options?: CallOptions): Promise<BlocklistIdentifier[]> =>
    this.#request('GET /blocklist_identifiers', { query: params }, options)

  /** Every identifier, for `for await`: {@link PageParams} says how. */
  list = (params: PageParams = {}, options?: CallOptions): AsyncIterable<BlocklistIdentifier> =>
    everyItem(this.getBlocklistIdentifierList, params, options)

  /** Keeps an address, a number, or everybody of a domain from signing up. */
  createBlocklistIdentifier = (
    params: CreateBlocklistIdentifierParams,
    options?: CallOptions,
  ): Promise<BlocklistIdentifier> => this.#request('POST /blocklist_identifiers', { body: params }, options)

  /** Gives a `BlocklistIdentifier` with the `id` and `deleted: true`. */
  deleteBlocklistIdentifier = (blocklistIdentifierId: string, options?: CallOptions): Promise<BlocklistIdentifier> =>
    this.#request(
      'DELETE /blocklist_identifiers/{identifier_id}',
      { params: { identifier_id: blocklistIdentifierId } },
      options,
    )
}
