import type { CallOptions } from '../transport/abort.js'
import type { Request } from '../transport/request.js'
import type { CreatePhoneNumberParams, UpdatePhoneNumberParams } from './params.js'
import type { PhoneNumber } from './phone-number.js'

/**
 * What can be done with phone numbers of users. Every method rejects with an `HttpError` when the API refuses or does not
 * answer, and with `Error('A valid ID is required.')`, before any request, when an id is none.
 */
export class PhoneNumbersApi {
  readonly #request: Request

  /** @internal */
  constructor(request: Request) {
    this.#request = request
  }

  getPhoneNumber = (phoneNumberId: string, options?: CallOptions): Promise<PhoneNumber> =>
    this.#request('GET /phone_numbers/{phone_number_id}', { params: { phone_number_id: phoneNumberId } }, options)

  /** Gives a user one more. */
  createPhoneNumber = (params: CreatePhoneNumberParams, options?: CallOptions): Promise<PhoneNumber> =>
    this.#request('POST /phone_numbers', { body: params }, options)

  /** Changes what it counts as, and leaves what is not given. */
  updatePhoneNumber = (
    phoneNumberId: string,
    params: UpdatePhoneNumberParams = {},
    options?: CallOptions,
  ): Promise<PhoneNumber> =>
    this.#request(
      'PATCH /phone_numbers/{phone_number_id}',
      { params: { phone_number_id: phoneNumberId }, body: params },
      options,
    )

  /** Gives a `PhoneNumber` with the `id` and `deleted: true`. */
  deletePhoneNumber = (phoneNumberId: string, options?: CallOptions): Promise<PhoneNumber> =>
    this.#request('DELETE /phone_numbers/{phone_number_id}', { params: { phone_number_id: phoneNumberId } }, options)
}
