import type { CallOptions } from '../transport/abort.js'
import type { Request } from '../transport/request.js'
import type { JSONWebKeySet } from './json-web-key-set.js'

/** The public keys of the instance. Every method rejects with an `HttpError` when the API refuses or does not answer. */
export class JwksApi {
  readonly #request: Request

  /** @internal */
  constructor(request: Request) {
    this.#request = request
  }

  /** The keys as the API publishes them. `clerk.verifyToken` fetches and keeps them by itself. */
  getJwks = (options?: CallOptions): Promise<JSONWebKeySet> => this.#request('GET /jwks', {}, options)
}
