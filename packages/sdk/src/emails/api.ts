import type { CallOptions } from '../transport/abort.js'
import type { Request } from '../transport/request.js'
import type { Email } from './email.js'
import type { CreateEmailParams } from './params.js'

/** What can be done with e-mails. Every method rejects with an `HttpError` when the API refuses or does not answer. */
export class EmailsApi {
  readonly #request: Request

  /** @internal */
  constructor(request: Request) {
    this.#request = request
  }

  /** Sends an e-mail to one of a user's addresses. */
  createEmail = (params: CreateEmailParams, options?: CallOptions): Promise<Email> =>
    this.#request('POST /emails', { body: params }, options)
}
