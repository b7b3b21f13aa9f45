import type { CallOptions } from '../transport/abort.js'
import type { Request } from '../transport/request.js'
import type { CreateSMSMessageParams } from './params.js'
import type { SMSMessage } from './sms-message.js'

/** What can be done with text messages. Every method rejects with an `HttpError` when the API refuses or does not answer. */
export class SMSMessagesApi {
  readonly #request: Request

  /** @internal */
  constructor(request: Request) {
    this.#request = request
  }

  /** Sends a text message to one of a user's phone numbers. */
  createSMSMessage = (params: CreateSMSMessageParams, options?: CallOptions): Promise<SMSMessage> =>
    this.#request('POST /sms_messages', { body: params }, options)
}
