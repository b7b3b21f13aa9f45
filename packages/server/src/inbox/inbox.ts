import { randomBytes } from 'node:crypto'
import type { App } from '../http/app.js'
import { type Handlers, listenTo, mount } from '../http/mount.js'
import type { ServerOptions } from '../options.js'
import { pagePolicy } from '../ui/policy.js'
import { readableAddress } from '../ui/readable-address.js'
import { knownHosts, sameSiteOnly } from '../ui/same-site.js'
import { inboxPage } from './page.js'
import { inboxRoutes } from './routes.js'
import type { InboxStore } from './store.js'
import { inboxMessageView } from './view.js'

/** Messages that the page shows. */
const pageLength = 100

/** Serves what a development instance has sent: a page for people, and JSON for tests. */
export function serveInbox(
  app: App,
  store: InboxStore,
  { publicUrl, inboxHosts }: Required<Pick<ServerOptions, 'publicUrl' | 'inboxHosts'>>,
): void {
  app.use('/inbox/*', readableAddress, sameSiteOnly(publicUrl, knownHosts(publicUrl, inboxHosts ?? [])))

  listenTo(app, 'GET /inbox', async (c) => {
    const to = c.req.query('to')?.trim().toLowerCase() || undefined
    const messages = (await store.list({ to, limit: pageLength })).map(inboxMessageView)
    const selected = messages.find(({ id }) => id === c.req.query('message'))
    const nonce = randomBytes(16).toString('base64')
    c.header('Content-Security-Policy', pagePolicy(nonce))
    c.header('X-Frame-Options', 'DENY')
    return c.html(inboxPage({ messages, selected, to, nonce }))
  })

  mount(app, inboxRoutes, handlers(store), 'public')
}

const handlers = (store: InboxStore): Handlers<typeof inboxRoutes> => ({
  'GET /inbox/messages': async ({ query }) => (await store.list(query)).map(inboxMessageView),
  'GET /inbox/messages/{message_id}': async ({ params }) => inboxMessageView(await store.get(params.message_id)),
  'DELETE /inbox/messages': async ({ query }) => ({ deleted: await store.clear(query.to) }),
})
