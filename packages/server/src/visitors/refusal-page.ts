import { html, raw } from 'hono/html'
import { ApiError } from '../errors.js'
import { commonStyle } from '../ui/style.js'
import type { Answer } from './mount.js'

/** A page without a script, which nobody frames. */
const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; frame-ancestors 'none'"

/** Tells a person on a page why the link they followed leads nowhere. Whatever is no browser gets the error as it is. */
export const refusingOnPage =
  (answer: Answer): Answer =>
  async (c, method) => {
    try {
      return await answer(c, method)
    } catch (error) {
      if (!(error instanceof ApiError) || !c.req.header('accept')?.startsWith('text/html')) throw error
      c.header('Content-Security-Policy', policy)
      return c.html(refusalPage(error), error.status)
    }
  }

/** Links are relative to a path such as `/__clerk/v1/tickets/accept`, under whichever path the server is reached. */
const refusalPage = ({ message }: ApiError) => html`<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <meta name="robots" content="noindex" />
    <title>This link does not work</title>
    <link rel="icon" href="data:," />
    <style>
      ${raw(commonStyle)} main { max-width: 36rem; margin: 15vh auto; padding: 0 1rem }
    </style>
  </head>
  <body>
    <main>
      <h1>This link does not work</h1>
      <p>${message.charAt(0).toUpperCase() + message.slice(1)}.</p>
      <p>Ask whoever sent it for another one, or <a href="../../../sign-in">sign in</a> if you have an account.</p>
    </main>
  </body>
</html>
`
