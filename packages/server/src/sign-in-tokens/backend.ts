import type { HandlersUnder } from '../http/mount.js'
import type { Tickets } from '../tokens/ticket.js'
import type { Served } from '../unserved.js'
import type { SignInTokenStore } from './store.js'
import { signInTokenView } from './view.js'

/** How long a sign-in token can be used unless its creation says otherwise, in seconds: 30 days. */
const lifetime = 30 * 24 * 60 * 60

export const signInTokensBackend = (
  signInTokens: SignInTokenStore,
  tickets: Tickets,
): HandlersUnder<Served, 'sign_in_tokens'> => ({
  'POST /sign_in_tokens': async ({ body }) => {
    const row = await signInTokens.create(body.user_id, (body.expires_in_seconds ?? lifetime) * 1000)
    const token = await tickets.issue(row)
    return { ...signInTokenView(row), token, url: tickets.link(token) }
  },

  'POST /sign_in_tokens/{sign_in_token_id}/revoke': async ({ params }) =>
    signInTokenView(await signInTokens.revoke(params.sign_in_token_id)),
})
