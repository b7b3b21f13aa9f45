import type { CallOptions } from '../transport/abort.js'
import type { Request } from '../transport/request.js'
import type { CreateSignInTokenParams } from './params.js'
import type { SignInToken } from './sign-in-token.js'

/**
 * What can be done with tickets that sign a user in. Every method rejects with an `HttpError` when the API refuses or
 * does not answer, and with `Error('A valid ID is required.')`, before any request, when an id is none.
 */
export class SignInTokensApi {
  readonly #request: Request

  /** @internal */
  constructor(request: Request) {
    this.#request = request
  }

  /** Makes a ticket. Whoever has its `token` can sign in as the user, once. */
  createSignInToken = (params: CreateSignInTokenParams, options?: CallOptions): Promise<SignInToken> =>
    this.#request('POST /sign_in_tokens', { body: params }, options)

  /** Revokes a ticket that was not used yet. */
  revokeSignInToken = (signInTokenId: string, options?: CallOptions): Promise<SignInToken> =>
    this.#request(
      'POST /sign_in_tokens/{sign_in_token_id}/revoke',
      { params: { sign_in_token_id: signInTokenId } },
      options,
    )
}
