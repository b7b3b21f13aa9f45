import { html } from 'hono/html'
import { time } from '../../ui/parts.js'
import { type Action, button, type Page, table } from '../page.js'

export const allowlist: Page = {
  path: '/dashboard/allowlist',
  title: 'Allowlist',
  inMenu: true,
  async content({ call, restrictions }) {
    const found = await call('GET /allowlist_identifiers', { query: { limit: 500 } })
    const rows = (Array.isArray(found) ? found : found.data).map(
      ({ id, identifier, created_at }) => html`<tr>
        <td>${identifier}</td>
        <td>${time(created_at)}</td>
        <td class="actions">${button(`/dashboard/allowlist/${id}/delete`, 'Take off')}</td>
      </tr>`,
    )
    return html`
      <p>${
        restrictions.allowlist
          ? 'Only who is on the list or was invited may sign up.'
          : 'The list is switched off: it keeps nobody out.'
      }
        ${button(`/dashboard/allowlist/${restrictions.allowlist ? 'off' : 'on'}`, restrictions.allowlist ? 'Switch off' : 'Switch on')}</p>
      <form class="line" method="post" action="/dashboard/allowlist">
        <label>Address, number or *@domain <input name="identifier" required autocomplete="off" /></label>
        <button>Add</button>
      </form>
      ${table(['Identifier', 'Added', ''], rows, 'The list is empty.')}
    `
  },
}

export const allowlistActions: Action[] = [
  {
    path: '/dashboard/allowlist',
    page: allowlist,
    done: 'It is on the list.',
    run: (call, _, form) => call('POST /allowlist_identifiers', { form }),
  },
  {
    path: '/dashboard/allowlist/:identifier_id/delete',
    page: allowlist,
    done: 'It is off the list.',
    run: (call, params) => call('DELETE /allowlist_identifiers/{identifier_id}', { params }),
  },
  ...(['on', 'off'] as const).map((state) => ({
    path: `/dashboard/allowlist/${state}`,
    page: allowlist,
    done: `The list is switched ${state}.`,
    run: (call: Parameters<Action['run']>[0]) =>
      call('PATCH /instance/restrictions', { form: new URLSearchParams({ allowlist: String(state === 'on') }) }),
  })),
]
