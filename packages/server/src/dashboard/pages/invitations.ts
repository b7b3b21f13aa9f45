import { html } from 'hono/html'
import { copyable, time } from '../../ui/parts.js'
import { type Action, button, type Page, table } from '../page.js'

export const invitations: Page = {
  path: '/dashboard/invitations',
  title: 'Invitations',
  inMenu: true,
  async content({ call }) {
    const found = await call('GET /invitations', { query: { limit: 100 } })
    const rows = (Array.isArray(found) ? found : found.data).map(
      ({ id, email_address, status, url, created_at }) => html`<tr>
        <td>${email_address}</td>
        <td>${status}</td>
        <td>${time(created_at)}</td>
        <td class="actions">${
          url === undefined
            ? ''
            : html`${copyable(url, `Copy the link for ${email_address}`)}
          ${button(`/dashboard/invitations/${id}/revoke`, 'Revoke')}`
        }</td>
      </tr>`,
    )
    return html`
      <form class="line" method="post" action="/dashboard/invitations">
        <label>E-mail address <input name="email_address" type="email" required autocomplete="off" /></label>
        <button>Invite</button>
      </form>
      ${table(['Address', 'Status', 'Made', ''], rows, 'Nobody is invited.')}
    `
  },
}

export const invitationActions: Action[] = [
  {
    path: '/dashboard/invitations',
    page: invitations,
    done: 'The invitation is on its way.',
    run: (call, _, form) => call('POST /invitations', { form }),
  },
  {
    path: '/dashboard/invitations/:invitation_id/revoke',
    page: invitations,
    done: 'The invitation is revoked.',
    run: (call, params) => call('POST /invitations/{invitation_id}/revoke', { params }),
  },
]
