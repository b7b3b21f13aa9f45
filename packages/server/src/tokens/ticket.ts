import { LRUCache } from 'lru-cache'
import type { Clock } from '../clock.js'
import { ApiError } from '../errors.js'
import type { Jwts } from './jwt.js'

/** What a ticket is of: its row says whether it still lets anybody in. Times are milliseconds since 1970. */
export interface TicketSubject {
  id: string
  created_at: number
  expires_at: number
}

/** How many tickets are remembered, some 5 MB: ten of the longest pages of invitations. */
const remembered = 5_000

/**
 * Tickets let whoever has one in, once: an invitation to sign up, a sign-in token to sign in. Each is a JWT that names
 * its row by `jti` and ends with it. One row has one ticket, however often it is asked for, as long as one key signs; so that
 * it is remembered, and a list of invitations is not signed anew each time it is looked at.
 */
export interface Tickets {
  issue(subject: TicketSubject): Promise<string>
  /** Where a browser takes a ticket to. */
  link(ticket: string): string
  /**
   * The id of the row that a ticket is of, which says whether it still lets anybody in.
   *
   * @throws ApiError `ticket_invalid_code` for what is no ticket of this instance, `ticket_expired_code`
   */
  read(ticket: string): string
}

export function createTickets(jwts: Jwts, instanceId: string, publicUrl: () => string, clock: Clock): Tickets {
  // Signed by the keys of session tokens, and never taken for one: no `sid`, no `sub`, and another issuer
  // (RFC 8725 §3.12).
  const sign = ({ id, created_at, expires_at }: TicketSubject) =>
    jwts.sign({ aud: 'ticket', exp: seconds(expires_at), iat: seconds(created_at), iss: instanceId, jti: id })

  const tickets = new LRUCache<string, string, TicketSubject>({
    max: remembered,
    fetchMethod: (_key, _stale, { context }) => sign(context),
  })

  return {
    issue: (subject) => tickets.forceFetch(`${jwts.kid()} ${subject.id}`, { context: subject }),

    link: (ticket) => `${publicUrl()}/__clerk/v1/tickets/accept?ticket=${ticket}`,

    read(ticket) {
      const { aud, exp, iss, jti } = jwts.read(ticket) ?? {}
      if (aud !== 'ticket' || iss !== instanceId || typeof exp !== 'number' || typeof jti !== 'string') {
        throw new ApiError('ticket_invalid_code')
      }
      if (exp * 1000 <= clock()) throw new ApiError('ticket_expired_code')
      return jti
    },
  }
}

const seconds = (milliseconds: number) => Math.floor(milliseconds / 1000)
