import { html, raw } from 'hono/html'

/** A mail as the outbox takes it. */
export interface Mail {
  subject: string
  /** HTML. */
  body: string
  body_plain: string
}

export interface MailText {
  subject: string
  paragraphs: string[]
  /** What the reader is asked to do: a link, or a code to type. */
  action?: { label: string; url: string } | { code: string }
}

/** Writes a mail of ours, once in HTML and once in plain text. Whatever is put into it stays text. */
export function mail({ subject, paragraphs, action }: MailText): Mail {
  const lines = paragraphs.map((paragraph) => html`<p>${paragraph}</p>`)
  return {
    subject,
    body: html`<!doctype html>
<html>
  <head><meta charset="utf-8" /><title>${subject}</title></head>
  <body style="font-family: sans-serif; line-height: 1.5; max-width: 36rem; margin: 2rem auto; padding: 0 1rem">
    ${raw(lines.join('\n    '))}
    ${action ? actionHtml(action) : ''}
  </body>
</html>
`.toString(),
    body_plain: [...paragraphs, ...(action ? [actionText(action)] : [])].join('\n\n'),
  }
}

type Action = NonNullable<MailText['action']>

const actionHtml = (action: Action) =>
  'code' in action
    ? html`<p style="font-size: 2rem; letter-spacing: 0.3rem"><strong>${action.code}</strong></p>`
    : html`<p><a href="${action.url}">${action.label}</a></p>`

const actionText = (action: Action) => ('code' in action ? action.code : `${action.label}: ${action.url}`)
