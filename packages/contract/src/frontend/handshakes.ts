import { z } from 'zod'
import { browserTable } from '../route.js'
import { PageUrl } from '../urls.js'

export const handshakes = browserTable({
  'GET /client/handshake': {
    summary: "Send a browser back to an application's page, with cookies that say who is signed in",
    query: z.object({
      redirect_url: PageUrl,
      /** `token`: the cookies travel in a signed token. `nonce`: the application fetches them, once. */
      format: z.enum(['token', 'nonce']).default('token'),
      /** Whether the application knows cookies whose names end with that of the instance. */
      suffixed_cookies: z.boolean().default(false),
      /** The token of a dev browser, of development instances. */
      __clerk_db_jwt: z.string().optional(),
    }),
    returns: z.string(),
    answers: 'redirect',
  },
})
