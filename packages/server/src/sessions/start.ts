import type { BrowserClients } from '../clients/browser-clients.js'
import type { Clock } from '../clock.js'
import type { TransactionQueries } from '../database/database.js'
import type { SessionsTable } from '../database/tables/index.js'
import type { Ids } from '../ids.js'
import { requireAllowed } from '../users/attempts.js'
import { lockUser } from '../users/lock.js'
import type { Visitor } from '../visitors/visitor.js'
import { newSession } from './row.js'
import { isOpen } from './status.js'

/** What somebody has shown who is let in. */
export interface Proven {
  userId: string
  clientId: string
  /** How it was shown: what becomes the client's `last_authentication_strategy`. */
  strategy: string
  secondFactor: boolean
}

export interface SessionStart {
  /**
   * Lets a user in, in the transaction of the last step they had to take: a new session, a new token of the browser, and
   * the end of those sessions that may not be beside it.
   *
   * @returns the session, and the token that the visitor is to be given once the transaction has been carried out
   * @throws ApiError `user_banned`, `user_locked`, `resource_not_found`
   */
  begin(
    transaction: TransactionQueries,
    proven: Proven,
    from: Pick<Visitor, 'userAgent' | 'ipAddress' | 'settings'>,
  ): Promise<{ session: SessionsTable; token: string }>
}

export function createSessionStart(clients: BrowserClients, clock: Clock, ids: Ids): SessionStart {
  return {
    async begin(transaction, { userId, clientId, strategy, secondFactor }, { userAgent, ipAddress, settings }) {
      const now = clock()
      const user = await lockUser(transaction, userId)
      requireAllowed(user, now)

      const others = transaction
        .updateTable('sessions')
        .set({ status: 'replaced', updated_at: now })
        .where('client_id', '=', clientId)
        .where((sessions) => isOpen(sessions, now))
      await (settings.session_mode === 'single' ? others : others.where('user_id', '=', userId)).execute()

      const session = newSession(
        {
          id: ids('session'),
          client_id: clientId,
          user_id: userId,
          first_factor_at: now,
          second_factor_at: secondFactor ? now : null,
          user_agent: userAgent?.slice(0, 512) ?? null,
          ip_address: ipAddress ?? null,
        },
        now,
        settings,
      )
      await transaction.insertInto('sessions').values(session).execute()
      await transaction
        .updateTable('users')
        .set({ last_sign_in_at: now, last_active_at: now, failed_verifications: 0 })
        .where('id', '=', userId)
        .execute()
      await transaction
        .updateTable('clients')
        .set({
          last_active_session_id: session.id,
          last_authentication_strategy: strategy,
          signed_at: now,
          updated_at: now,
        })
        .where('id', '=', clientId)
        .execute()
      return { session, token: await clients.rotate(transaction, clientId) }
    },
  }
}
