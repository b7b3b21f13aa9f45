import { z } from 'zod'
import { browserTable } from '../route.js'

export const tickets = browserTable({
  'GET /tickets/accept': {
    summary: 'Take the ticket of an invitation, or a sign-in token, to where it is used',
    query: z.object({ ticket: z.string().max(4096) }),
    returns: z.string(),
    answers: 'redirect',
    errors: [
      'invitation_already_accepted',
      'revoked_invitation',
      'sign_in_token_already_used_code',
      'sign_in_token_revoked_code',
      'ticket_expired_code',
      'ticket_invalid_code',
    ],
  },
})
