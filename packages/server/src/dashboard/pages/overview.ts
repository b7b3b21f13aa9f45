import { html } from 'hono/html'
import { copyable } from '../../ui/parts.js'
import type { Page, PageContext } from '../page.js'

export const overview: Page = {
  path: '/',
  title: 'Overview',
  inMenu: true,
  async content(context) {
    const { total_count: users } = await context.call('GET /users/count')
    return html`
      <p>${users === 1 ? '1 user' : `${users} users`}.
        <a href="/sign-up">Sign up</a>, <a href="/sign-in">sign in</a> or look after <a href="/user">an account</a>${
          context.environment === 'development'
            ? html`; what the server sends is in the <a href="/inbox">inbox</a>`
            : ''
        }.</p>
      <h2>Keys of an application</h2>
      <dl>${variables(context).map(
        ([name, value]) =>
          html`<dt><code>${name}</code></dt><dd>${
            value === undefined
              ? 'kept as a digest: clerk-server keys create makes another'
              : copyable(value, `Copy ${name}`)
          }</dd>`,
      )}</dl>
    `
  },
}

/** A live key is told once, where it is made, and not by a page. */
const variables = ({ environment, application, publicUrl }: PageContext): [string, string | undefined][] => [
  ['CLERK_API_URL', publicUrl],
  ['CLERK_API_KEY', environment === 'development' ? application.apiKey : undefined],
  ['CLERK_SECRET_KEY', environment === 'development' ? application.secretKey : undefined],
  ['CLERK_PUBLISHABLE_KEY', application.publishableKey],
  ['CLERK_PROXY_URL', `${publicUrl}/__clerk`],
]
