import type { CallOptions } from '../transport/abort.js'
import { everyItem } from '../transport/pages.js'
import type { Request } from '../transport/request.js'
import type { CreateSessionParams, SessionListParams, TokenParams } from './params.js'
import type { Session } from './session.js'
import type { Token } from './token.js'

/**
 * What can be done with sessions. Every method rejects with an `HttpError` when the API refuses or does not answer, and
 * with `Error('A valid ID is required.')`, before any request, when an id is none.
 */
export class SessionsApi {
  readonly #request: Request

  /** @internal */
  constructor(request: Request) {
    this.#request = request
  }

  /** Sessions, the newest first. */
  getSessionList = (params: SessionListParams = {}, options?: CallOptions): Promise<Session[]> =>
    this.#request('GET /sessions', { query: params }, options)

  /** Every session that matches, for `for await`: {@link PageParams} says how. */
  list = (params: SessionListParams = {}, options?: CallOptions): AsyncIterable<Session> =>
    everyItem(this.getSessionList, params, options)

  getSession = (sessionId: string, options?: CallOptions): Promise<Session> =>
    this.#request('GET /sessions/{session_id}', { params: { session_id: sessionId } }, options)

  /** Signs a user in without a browser. Servers allow it for test instances only. */
  createSession = (params: CreateSessionParams, options?: CallOptions): Promise<Session> =>
    this.#request('POST /sessions', { body: params }, options)

  /** Signs the user out of the session. One that is over already stays as it ended. */
  revokeSession = (sessionId: string, options?: CallOptions): Promise<Session> =>
    this.#request('POST /sessions/{session_id}/revoke', { params: { session_id: sessionId } }, options)

  /** Asks the server whether a token is one of this session. `clerk.verifyToken` knows without asking. */
  verifySession = (sessionId: string, token: string, options?: CallOptions): Promise<Session> =>
    this.#request('POST /sessions/{session_id}/verify', { params: { session_id: sessionId }, body: { token } }, options)

  /** Mints a token for an active session. */
  getToken = (sessionId: string, params: TokenParams = {}, options?: CallOptions): Promise<Token> =>
    this.#request('POST /sessions/{session_id}/tokens', { params: { session_id: sessionId }, body: params }, options)
}
