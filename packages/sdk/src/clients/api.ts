import type { CallOptions } from '../transport/abort.js'
import { everyItem, type PageParams } from '../transport/pages.js'
import type { Request } from '../transport/request.js'
import type { Client } from './client.js'

/**
 * What can be done with clients. Every method rejects with an `HttpError` when the API refuses or does not answer, and
 * with `Error('A valid ID is required.')`, before any request, when an id is none.
 */
export class ClientsApi {
  readonly #request: Request

  /** @internal */
  constructor(request: Request) {
    this.#request = request
  }

  /** Clients, the newest first. */
  getClientList = (params: PageParams = {}, options?: CallOptions): Promise<Client[]> =>
    this.#request('GET /clients', { query: params }, options)

  /** Every client, for `for await`: {@link PageParams} says how. */
  list = (params: PageParams = {}, options?: CallOptions): AsyncIterable<Client> =>
    everyItem(this.getClientList, params, options)

  getClient = (clientId: string, options?: CallOptions): Promise<Client> =>
    this.#request('GET /clients/{client_id}', { params: { client_id: clientId } }, options)

  /** The client that a session token is of. The server refuses it when the session is not active. */
  verifyClient = (sessionToken: string, options?: CallOptions): Promise<Client> =>
    this.#request('POST /clients/verify', { body: { token: sessionToken } }, options)
}
