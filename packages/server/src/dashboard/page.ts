import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { RecentRequest } from '../http/recent-requests.js'
import type { ApplicationKeys, Environment } from '../options.js'
import { commonScript } from '../ui/script.js'
import type { BackendCall } from './backend-calls.js'
import { style } from './style.js'

export type Html = HtmlEscapedString | Promise<HtmlEscapedString>

/** What a page is made from. */
export interface PageContext {
  call: BackendCall
  environment: Environment
  application: ApplicationKeys
  /** Where people reach the server, without a slash at the end. */
  publicUrl: string
  recentRequests: RecentRequest[]
  /** Which of the lists of identifiers have a say. */
  restrictions: { allowlist: boolean; blocklist: boolean }
  params: Record<string, string>
  query: Record<string, string>
}

export interface Page {
  path: string
  title: string
  /** Whether the menu has it. */
  inMenu: boolean
  content(context: PageContext): Promise<Html> | Html
}

/** Something a person does on a page, by a form that posts to it. */
export interface Action {
  path: string
  /** The page it is done on, which shows what was wrong with it. */
  page: Page
  /** What is said once it is done. */
  done: string
  run(call: BackendCall, params: Record<string, string>, form: URLSearchParams): Promise<unknown>
}

interface Frame {
  /** None where nobody is let in yet. */
  menu: readonly Pick<Page, 'path' | 'title'>[]
  current: Pick<Page, 'path' | 'title'>
  environment: Environment
  nonce: string
  /** What was done, or what was wrong. */
  notice?: { text: string; isProblem: boolean } | undefined
  content: Html
}

export const frame = ({ menu, current, environment, nonce, notice, content }: Frame) => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${current.title} – clerk-server</title>
    <link rel="icon" href="data:," />
    <style>${raw(style)}</style>
  </head>
  <body>
    <header>
      <strong>clerk-server <span class="soft">${environment}</span></strong>
      <nav aria-label="Pages">${menu.map((page) => link(page, current))}</nav>
    </header>
    <main>
      <h1>${current.title}</h1>
      ${notice ? html`<p role="${notice.isProblem ? 'alert' : 'status'}">${notice.text}</p>` : ''}
      ${content}
    </main>
    <script nonce="${nonce}">${raw(commonScript)}</script>
  </body>
</html>
`

const link = ({ path, title }: Pick<Page, 'path' | 'title'>, current: Pick<Page, 'path'>) =>
  html`<a href="${path}" ${path === current.path ? raw('aria-current="page"') : ''}>${title}</a>`

/** A table; a sentence where it has no rows. */
export const table = (heads: string[], rows: Html[], none: string) =>
  rows.length === 0
    ? html`<p class="soft">${none}</p>`
    : html`<div class="scroll"><table>
        <thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
        <tbody>${rows}</tbody>
      </table></div>`

/** A button that does something, at an action's path. */
export const button = (path: string, label: string) =>
  html`<form class="inline" method="post" action="${path}"><button>${label}</button></form>`
