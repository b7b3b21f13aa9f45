import type { CallOptions } from '../transport/abort.js'
import { everyItem } from '../transport/pages.js'
import type { Request } from '../transport/request.js'
import type { Invitation } from './invitation.js'
import type { CreateInvitationParams, InvitationListParams } from './params.js'

/**
 * What can be done with invitations. Every method rejects with an `HttpError` when the API refuses or does not answer,
 * and with `Error('A valid ID is required.')`, before any request, when an id is none.
 */
export class InvitationsApi {
  readonly #request: Request

  /** @internal */
  constructor(request: Request) {
    this.#request = request
  }

  /** Invitations that were not revoked, the newest first, unless `status` and `orderBy` say otherwise. */
  getInvitationList = (params: InvitationListParams = {}, options?: CallOptions): Promise<Invitation[]> =>
    this.#request('GET /invitations', { query: params }, options)

  /** Every invitation that matches, for `for await`: {@link PageParams} says how. */
  list = (params: InvitationListParams = {}, options?: CallOptions): AsyncIterable<Invitation> =>
    everyItem(this.getInvitationList, params, options)

  /** Invites an e-mail address, and sends it the invitation unless `notify` is `false`. */
  createInvitation = (params: CreateInvitationParams, options?: CallOptions): Promise<Invitation> =>
    this.#request('POST /invitations', { body: params }, options)

  /** Invites many e-mail addresses with one request. */
  createInvitationBulk = (params: readonly CreateInvitationParams[], options?: CallOptions): Promise<Invitation[]> =>
    this.#request('POST /invitations/bulk', { body: params }, options)

  /** Revokes an invitation that is pending. */
  revokeInvitation = (invitationId: string, options?: CallOptions): Promise<Invitation> =>
    this.#request('POST /invitations/{invitation_id}/revoke', { params: { invitation_id: invitationId } }, options)
}
