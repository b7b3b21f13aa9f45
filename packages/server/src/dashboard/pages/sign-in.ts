import { html } from 'hono/html'
import type { Page } from '../page.js'

/** What stands before the dashboard of a production instance. */
export const signIn: Pick<Page, 'path' | 'title'> = { path: '/dashboard/sign-in', title: 'Who runs this server' }

export const signInForm = (next: string) => html`
  <p>Show a secret key of the instance to see its dashboard. <a href="/sign-in">Everybody else signs in here.</a></p>
  <form class="line" method="post" action="${signIn.path}">
    <input type="hidden" name="next" value="${next}" />
    <label>Secret key <input name="secret_key" type="password" required autocomplete="off" /></label>
    <button>Continue</button>
  </form>
`
