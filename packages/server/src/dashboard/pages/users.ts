import type { UserJSON } from '@clerk-server/contract'
import { html } from 'hono/html'
import { time } from '../../ui/parts.js'
import { type Action, button, type Page, table } from '../page.js'

const pageLength = 50

export const users: Page = {
  path: '/dashboard/users',
  title: 'Users',
  inMenu: true,
  async content({ call, query }) {
    const search = query['query']?.trim() ?? ''
    const offset = Math.max(Number.parseInt(query['offset'] ?? '', 10) || 0, 0)
    const filter = search === '' ? {} : { query: search }
    const found = await call('GET /users', { query: { ...filter, limit: pageLength, offset } })
    const further = new URLSearchParams({ ...filter, offset: String(offset + pageLength) })
    return html`
      <form class="line" role="search">
        <label>Address, number, name or id <input name="query" value="${search}" autocomplete="off" /></label>
        <button>Search</button>
        ${search === '' ? '' : html`<a href="/dashboard/users">Show all</a>`}
      </form>
      ${table(['Name', 'Address', 'Made', 'Signed in', ''], found.map(row), 'There is nobody here.')}
      ${found.length === pageLength ? html`<p><a href="/dashboard/users?${further}">Further users</a></p>` : ''}
    `
  },
}

const row = (user: UserJSON) => html`<tr>
  <td><a href="/dashboard/users/${user.id}">${nameOf(user)}</a></td>
  <td>${addressesOf(user)[0] ?? ''}</td>
  <td>${time(user.created_at)}</td>
  <td>${user.last_sign_in_at === null ? '' : time(user.last_sign_in_at)}</td>
  <td>${standing(user)}</td>
</tr>`

const addressesOf = ({ email_addresses, phone_numbers }: UserJSON) => [
  ...email_addresses.map(({ email_address }) => email_address),
  ...phone_numbers.map(({ phone_number }) => phone_number),
]

const nameOf = (user: UserJSON) =>
  [user.first_name, user.last_name].filter(Boolean).join(' ') || (user.username ?? addressesOf(user)[0] ?? user.id)

const standing = ({ banned, locked }: UserJSON) =>
  html`<span class="bad">${[banned && 'banned', locked && 'locked'].filter(Boolean).join(', ')}</span>`

export const user: Page = {
  path: '/dashboard/users/:user_id',
  title: 'User',
  inMenu: false,
  async content({ call, params }) {
    const shown = await call('GET /users/{user_id}', { params })
    const found = await call('GET /sessions', { query: { user_id: shown.id, status: 'active', limit: pageLength } })
    const sessions = Array.isArray(found) ? found : found.data
    const path = `/dashboard/users/${shown.id}`
    return html`
      <p><strong>${nameOf(shown)}</strong> ${standing(shown)}</p>
      <p>${button(`${path}/${shown.banned ? 'unban' : 'ban'}`, shown.banned ? 'Lift the ban' : 'Ban')}
        ${shown.locked ? button(`${path}/unlock`, 'Unlock') : ''}</p>
      <dl>
        <dt>Id</dt><dd><code>${shown.id}</code></dd>
        ${shown.external_id === null ? '' : html`<dt>External id</dt><dd>${shown.external_id}</dd>`}
        ${shown.username === null ? '' : html`<dt>Username</dt><dd>${shown.username}</dd>`}
        <dt>Addresses</dt><dd>${addressesOf(shown).map((address) => html`${address}<br />`)}</dd>
        <dt>Password</dt><dd>${shown.password_enabled ? 'yes' : 'none'}</dd>
        <dt>Second factor</dt><dd>${shown.two_factor_enabled ? 'yes' : 'none'}</dd>
        <dt>Made</dt><dd>${time(shown.created_at)}</dd>
        <dt>Last signed in</dt><dd>${shown.last_sign_in_at === null ? 'never' : time(shown.last_sign_in_at)}</dd>
      </dl>
      ${(['public_metadata', 'private_metadata', 'unsafe_metadata'] as const).map(
        (name) => html`<h2>${name}</h2><pre>${JSON.stringify(shown[name], null, 2)}</pre>`,
      )}
      <h2>Sessions</h2>
      ${table(
        ['Id', 'Begun', 'Last active', ''],
        sessions.map(
          ({ id, created_at, last_active_at }) => html`<tr>
            <td><code>${id}</code></td><td>${time(created_at)}</td><td>${time(last_active_at)}</td>
            <td class="actions">${button(`${path}/sessions/${id}/revoke`, 'Revoke')}</td>
          </tr>`,
        ),
        'Signed in nowhere.',
      )}
    `
  },
}

export const userActions: Action[] = [
  {
    path: '/dashboard/users/:user_id/ban',
    page: user,
    done: 'The user is banned, and signed out everywhere.',
    run: (call, params) => call('POST /users/{user_id}/ban', { params }),
  },
  {
    path: '/dashboard/users/:user_id/unban',
    page: user,
    done: 'The ban is lifted.',
    run: (call, params) => call('POST /users/{user_id}/unban', { params }),
  },
  {
    path: '/dashboard/users/:user_id/unlock',
    page: user,
    done: 'The user may try again.',
    run: (call, params) => call('POST /users/{user_id}/unlock', { params }),
  },
  {
    path: '/dashboard/users/:user_id/sessions/:session_id/revoke',
    page: user,
    done: 'The session is revoked.',
    run: (call, params) => call('POST /sessions/{session_id}/revoke', { params }),
  },
]
