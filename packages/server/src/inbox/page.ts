import { html, raw } from 'hono/html'
import { time } from '../ui/parts.js'
import type { InboxMessageJSON } from './routes.js'
import { script } from './script.js'
import { style } from './style.js'

export interface InboxPage {
  /** The newest first. */
  messages: InboxMessageJSON[]
  selected: InboxMessageJSON | undefined
  /** The recipient the list is of; of everybody where there is none. */
  to: string | undefined
  /** What the page's own script is known by. */
  nonce: string
}

/** The inbox for people. Without scripts it can do everything but copy at a click, delete, and notice new messages. */
export const inboxPage = ({ messages, selected, to, nonce }: InboxPage) => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="color-scheme" content="light dark" />
    <title>${selected ? `${titleOf(selected)} – ` : ''}Inbox</title>
    <link rel="icon" href="data:," />
    <style>${raw(style)}</style>
  </head>
  <body data-newest="${messages[0]?.id ?? ''}" class="${selected ? 'reading' : ''}">
    <header>
      <h1><a href="/inbox">Inbox</a></h1>
      <form role="search">
        <label for="to">Recipient</label>
        <input id="to" name="to" value="${to ?? ''}" placeholder="address or phone number" autocomplete="off" spellcheck="false" />
        <button>Filter</button>
        ${to === undefined ? '' : html`<a href="/inbox">Show all</a>`}
      </form>
      <button id="clear" hidden>${to === undefined ? 'Delete all' : 'Delete these'}</button>
    </header>
    <main>
      <nav aria-label="Messages">
        <p id="news" role="status" hidden><a href="">New messages have come in: show them</a></p>
        ${messages.length === 0 ? nothing(to) : html`<ol>${messages.map((one) => row(one, selected, to))}</ol>`}
      </nav>
      ${selected ? reader(selected, to) : html`<section class="empty"><p>Choose a message to read it.</p></section>`}
    </main>
    <script nonce="${nonce}">${raw(script)}</script>
  </body>
</html>
`

const titleOf = ({ subject, body }: InboxMessageJSON) => subject ?? body.slice(0, 80)

const nothing = (to: string | undefined) => html`<p class="nothing">
  ${to === undefined ? 'Nothing has been sent yet.' : html`Nothing has been sent to <b>${to}</b>.`}
  Mails and text messages of this development instance appear here.
</p>`

const hrefOf = (message: string | undefined, to: string | undefined) => {
  const query = new URLSearchParams({ ...(to !== undefined && { to }), ...(message !== undefined && { message }) })
  return query.size === 0 ? '/inbox' : `/inbox?${query}`
}

const channels = { email: 'Mail', sms: 'Text' } as const

const row = (message: InboxMessageJSON, selected: InboxMessageJSON | undefined, to: string | undefined) => html`<li>
  <a href="${hrefOf(message.id, to)}" ${message.id === selected?.id ? raw('aria-current="true"') : ''}>
    <span class="to">${message.to}</span>
    ${time(message.created_at)}
    <span class="title">${titleOf(message)}</span>
    <span class="tag">${channels[message.channel]}</span>
    ${message.status === 'submitted' ? '' : html`<span class="tag ${message.status}">${message.status}</span>`}
  </a>
  ${message.code === null ? '' : code(message.code)}
</li>`

const code = (text: string) =>
  html`<span class="code"><code>${text}</code><button data-copy="${text}" hidden aria-label="Copy the code ${text}">Copy</button></span>`

const reader = (message: InboxMessageJSON, to: string | undefined) => html`<section aria-label="Message">
  <p class="back"><a href="${hrefOf(undefined, to)}">← All messages</a></p>
  <h2>${message.channel === 'email' ? (message.subject ?? '') : 'Text message'}</h2>
  <dl>
    <dt>To</dt><dd>${message.to}</dd>
    ${message.from === null ? '' : html`<dt>From</dt><dd>${message.from}@…</dd>`}
    <dt>Sent</dt><dd>${time(message.created_at)}</dd>
    <dt>Status</dt><dd>${message.status}${message.last_error === null ? '' : `: ${message.last_error}`}</dd>
    ${message.code === null ? '' : html`<dt>Code</dt><dd>${code(message.code)}</dd>`}
    ${message.links.length === 0 ? '' : html`<dt>Links</dt><dd>${message.links.map(link)}</dd>`}
  </dl>
  ${message.channel === 'email' ? frame(message) : html`<p class="text">${message.body}</p>`}
</section>`

const link = (url: string) => html`<a class="link" href="${url}" target="_blank" rel="noopener noreferrer">${url}</a>`

/** What a mail is shown under, whatever it has inside: its styles and its own pictures, and nothing from anywhere else. */
const policy = `<!doctype html><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">`

const frame = ({
  body,
  body_plain,
}: InboxMessageJSON) => html`<iframe sandbox title="The mail" referrerpolicy="no-referrer" srcdoc="${policy + body}"></iframe>
  ${body_plain === null ? '' : html`<details><summary>Plain text</summary><p class="text">${body_plain}</p></details>`}`
