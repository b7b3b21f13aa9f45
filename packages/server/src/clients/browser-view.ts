import type { BrowserClientJSON, SignInJSON, SignUpJSON } from '@clerk-server/contract'
import type { ClientsTable } from '../database/tables/index.js'
import type { BrowserSessionStore } from '../sessions/browser-store.js'
import type { BrowserSessions } from '../sessions/browser-view.js'
import { clientCookieLifetime } from '../visitors/cookies.js'
import type { Visitor } from '../visitors/visitor.js'

/** What is under way in a browser: the attempts its client names, as long as they are open. */
export interface UnderWay {
  signIn(client: ClientsTable, visitor: Visitor): Promise<SignInJSON | null>
  signUp(client: ClientsTable, visitor: Visitor): Promise<SignUpJSON | null>
}

/** A client as its own browser sees it. */
export type ViewClient = (row: ClientsTable, visitor: Visitor) => Promise<BrowserClientJSON>

export const browserClientView =
  (sessions: BrowserSessionStore, { view }: BrowserSessions, underWay: UnderWay): ViewClient =>
  async (row, visitor) => {
    const open = await sessions.open(row.id)
    const last = open.find(({ id }) => id === row.last_active_session_id) ?? open[0]
    return {
      object: 'client',
      id: row.id,
      sessions: await Promise.all(open.map((session) => view(session, visitor))),
      sign_in: await underWay.signIn(row, visitor),
      sign_up: await underWay.signUp(row, visitor),
      last_active_session_id: last?.id ?? null,
      last_authentication_strategy: row.last_authentication_strategy,
      cookie_expires_at: (row.token_rotated_at ?? row.created_at) + clientCookieLifetime,
      captcha_bypass: false,
      created_at: row.created_at,
      // In development clerk-js puts it into `__client_uat`, and a token that is older counts as that of a session before.
      updated_at: row.signed_at ?? row.updated_at,
    }
  }
