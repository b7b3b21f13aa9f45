import type { CallOptions } from '../transport/abort.js'
import { everyItem, type PageParams } from '../transport/pages.js'
import type { Request } from '../transport/request.js'
import type { AllowlistIdentifier } from './allowlist-identifier.js'
import type { CreateAllowlistIdentifierParams } from './params.js'

/**
 * What can be done with the allowlist, which says who may sign up. Every method rejects with an `HttpError` when the API
 * refuses or does not answer, and with `Error('A valid ID is required.')`, before any request, when an id is none.
 */
export class AllowlistIdentifiersApi {
  readonly #request: Request

  /** @internal */
  constructor(request: Request) {
    this.#request = request
  }

  /** Identifiers, the newest first. */
  getAllowlistIdentifierList = (params: PageParams = {}, options?: CallOptions): Promise<AllowlistIdentifier[]> =>
    this.#request('GET /allowlist_identifiers', { query: params }, options)

  /** Every identifier, for `for await`: {@link PageParams} says how. */
  list = (params: PageParams = {}, options?: CallOptions): AsyncIterable<AllowlistIdentifier> =>
    everyItem(this.getAllowlistIdentifierList, params, options)

  /** Lets an address, a number, or everybody of a domain sign up. */
  createAllowlistIdentifier = (
    params: CreateAllowlistIdentifierParams,
    options?: CallOptions,
  ): Promise<AllowlistIdentifier> => this.#request('POST /allowlist_identifiers', { body: params }, options)

  /** Gives an `AllowlistIdentifier` with the `id` and `deleted: true`. */
  deleteAllowlistIdentifier = (allowlistIdentifierId: string, options?: CallOptions): Promise<AllowlistIdentifier> =>
    this.#request(
      'DELETE /allowlist_identifiers/{identifier_id}',
      { params: { identifier_id: allowlistIdentifierId } },
      options,
    )
}
