import type { Frontend } from '@clerk-server/contract'
import type { SessionsTable } from '../database/tables/index.js'
import type { HandlersUnder } from '../http/mount.js'
import type { TemplateTokens } from '../jwt-templates/tokens.js'
import { requireClient, type Visitor } from '../visitors/visitor.js'
import type { BrowserSessionStore } from './browser-store.js'
import type { BrowserSessions } from './browser-view.js'

type SessionHandlers = Pick<
  HandlersUnder<Frontend, 'client', Visitor>,
  Extract<keyof Frontend, `${string} /client/sessions/${string}`>
>

export function sessionsFrontend(
  sessions: BrowserSessionStore,
  { view, viewNamed, token }: BrowserSessions,
  templateTokens: TemplateTokens,
): SessionHandlers {
  type Input = { params: { session_id: string } }

  /** The session that is named, as something was done with it. */
  const after =
    <Shown>(
      work: (clientId: string, sessionId: string) => Promise<SessionsTable>,
      show: (row: SessionsTable, visitor: Visitor) => Promise<Shown>,
    ) =>
    async ({ params }: Input, visitor: Visitor) =>
      show(await work(requireClient(visitor).id, params.session_id), visitor)

  return {
    'GET /client/sessions/{session_id}': after(sessions.get, viewNamed),

    'POST /client/sessions/{session_id}/touch': after(sessions.touch, view),

    'POST /client/sessions/{session_id}/tokens': async ({ params }, visitor) => {
      const session = await sessions.used(requireClient(visitor).id, params.session_id)
      return { object: 'token', jwt: await token(session, visitor) }
    },

    'POST /client/sessions/{session_id}/tokens/{template_name}': async ({ params }, visitor) => {
      const { user_id } = await sessions.used(requireClient(visitor).id, params.session_id)
      return { object: 'token', jwt: await templateTokens.issue(params.template_name, user_id) }
    },

    'POST /client/sessions/{session_id}/end': after((clientId, id) => sessions.end(clientId, id, 'ended'), viewNamed),

    'POST /client/sessions/{session_id}/remove': after(
      (clientId, id) => sessions.end(clientId, id, 'removed'),
      viewNamed,
    ),
  }
}
