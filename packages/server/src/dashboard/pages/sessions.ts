import { html } from 'hono/html'
import { time } from '../../ui/parts.js'
import { type Action, button, type Page, table } from '../page.js'

export const sessions: Page = {
  path: '/dashboard/sessions',
  title: 'Sessions',
  inMenu: true,
  async content({ call }) {
    const found = await call('GET /sessions', { query: { status: 'active', limit: 100 } })
    const rows = (Array.isArray(found) ? found : found.data).map(
      ({ id, user_id, created_at, last_active_at }) => html`<tr>
        <td><code>${id}</code></td>
        <td><a href="/dashboard/users/${user_id}"><code>${user_id}</code></a></td>
        <td>${time(created_at)}</td>
        <td>${time(last_active_at)}</td>
        <td class="actions">${button(`/dashboard/sessions/${id}/revoke`, 'Revoke')}</td>
      </tr>`,
    )
    return html`<p class="soft">The newest hundred that are active.</p>
      ${table(['Id', 'User', 'Begun', 'Last active', ''], rows, 'Nobody is signed in.')}`
  },
}

export const sessionActions: Action[] = [
  {
    path: '/dashboard/sessions/:session_id/revoke',
    page: sessions,
    done: 'The session is revoked.',
    run: (call, params) => call('POST /sessions/{session_id}/revoke', { params }),
  },
]
