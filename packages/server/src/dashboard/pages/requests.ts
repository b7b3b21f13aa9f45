import { html } from 'hono/html'
import { time } from '../../ui/parts.js'
import { type Page, table } from '../page.js'

export const requests: Page = {
  path: '/dashboard/requests',
  title: 'Requests',
  inMenu: true,
  content({ recentRequests }) {
    const rows = recentRequests.map(
      ({ at, route, status, milliseconds, traceId }) => html`<tr>
        <td>${time(at)}</td>
        <td><code>${route}</code></td>
        <td class="${status >= 400 ? 'bad' : ''}">${status}</td>
        <td>${milliseconds} ms</td>
        <td><code>${traceId}</code></td>
      </tr>`,
    )
    return html`<p class="soft">The last hundred that this process answered, without probes, files of pages and looks for
        new mail; the log knows them by their trace id.</p>
      ${table(['Time', 'Route', 'Status', 'Took', 'Trace id'], rows, 'There were none.')}`
  },
}
