import type { CallOptions } from '../transport/abort.js'
import type { Request } from '../transport/request.js'
import type { TestingToken } from './testing-token.js'

/** Tokens for automated tests. Every method rejects with an `HttpError` when the API refuses or does not answer. */
export class TestingTokensApi {
  readonly #request: Request

  /** @internal */
  constructor(request: Request) {
    this.#request = request
  }

  /** Makes a token that lets an automated test pass bot protection for a short time. */
  createTestingToken = (options?: CallOptions): Promise<TestingToken> =>
    this.#request('POST /testing_tokens', {}, options)
}
