import { html } from 'hono/html'

/** A moment, in milliseconds: in UTC until the page's script tells it as it is where the reader is. */
export function time(milliseconds: number) {
  const iso = new Date(milliseconds).toISOString()
  return html`<time datetime="${iso}">${iso.slice(0, 16).replace('T', ' ')} UTC</time>`
}

/** A text to be copied at a click. @param label what a screen reader calls the button */
export const copyable = (text: string, label: string) =>
  html`<span class="copyable"><code>${text}</code><button type="button" data-copy="${text}" hidden aria-label="${label}">Copy</button></span>`
