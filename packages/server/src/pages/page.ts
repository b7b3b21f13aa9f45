import { html, raw } from 'hono/html'
import { script } from './script.js'
import { style } from './style.js'

/** A component of clerk-js that fills a page. */
export type Component = 'SignIn' | 'SignUp' | 'UserProfile'

/** What the script of a page reads. */
export interface PageSettings {
  component: Component
  /** Of the script that brings clerk-js. */
  source: string
  attributes: Record<string, string>
  /** What `Clerk.load` is called with. */
  options: Record<string, unknown>
  /** Origins, beside that of the page, that a person may be sent to from it. */
  destinations: string[]
  /** What the component is mounted with. */
  props: Record<string, unknown>
  /** Where whoever is not signed in goes from a page that is for those who are. */
  signInUrl: string
}

interface Shell {
  title: string
  /** What the page's own script and styles are known by. */
  nonce: string
  settings: PageSettings
}

/** A page around one component. It says how far it is until the component is there, and what is wrong if it never is. */
export const page = ({ title, nonce, settings }: Shell) => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>${title}</title>
    <link rel="icon" href="data:," />
    <style nonce="${nonce}">${raw(style)}</style>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <p id="status" role="status">One moment: the page is being loaded.</p>
      <noscript><p>This needs JavaScript, which is switched off in this browser.</p></noscript>
      <p><a id="again" href="" hidden>Try again</a></p>
      <div id="component"></div>
    </main>
    <script id="settings" type="application/json">${raw(inScript(settings))}</script>
    <script nonce="${nonce}">${raw(script)}</script>
  </body>
</html>
`

/** JSON that cannot end the script it stands in. */
const inScript = (value: object) => JSON.stringify(value).replaceAll('<', '\\u003c')
