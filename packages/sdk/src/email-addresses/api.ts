import type { CallOptions } from '../transport/abort.js'
import type { Request } from '../transport/request.js'
import type { EmailAddress } from './email-address.js'
import type { CreateEmailAddressParams, UpdateEmailAddressParams } from './params.js'

/**
 * What can be done with e-mail addresses of users. Every method rejects with an `HttpError` when the API refuses or does not
 * answer, and with `Error('A valid ID is required.')`, before any request, when an id is none.
 */
export class EmailAddressesApi {
  readonly #request: Request

  /** @internal */
  constructor(request: Request) {
    this.#request = request
  }

  getEmailAddress = (emailAddressId: string, options?: CallOptions): Promise<EmailAddress> =>
    this.#request('GET /email_addresses/{email_address_id}', { params: { email_address_id: emailAddressId } }, options)

  /** Gives a user one more. */
  createEmailAddress = (params: CreateEmailAddressParams, options?: CallOptions): Promise<EmailAddress> =>
    this.#request('POST /email_addresses', { body: params }, options)

  /** Changes what it counts as, and leaves what is not given. */
  updateEmailAddress = (
    emailAddressId: string,
    params: UpdateEmailAddressParams = {},
    options?: CallOptions,
  ): Promise<EmailAddress> =>
    this.#request(
      'PATCH /email_addresses/{email_address_id}',
      { params: { email_address_id: emailAddressId }, body: params },
      options,
    )

  /** Gives an `EmailAddress` with the `id` and `deleted: true`. */
  deleteEmailAddress = (emailAddressId: string, options?: CallOptions): Promise<EmailAddress> =>
    this.#request(
      'DELETE /email_addresses/{email_address_id}',
      { params: { email_address_id: emailAddressId } },
      options,
    )
}
