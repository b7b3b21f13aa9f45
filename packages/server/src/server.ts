import { randomInt } from 'node:crypto'
import { openapi } from '@clerk-server/contract'
import { backendHandlers } from './backend.js'
import { serveClerkJS } from './clerk-js/clerk-js.js'
import { backendCalls } from './dashboard/backend-calls.js'
import { serveDashboard } from './dashboard/dashboard.js'
import { createOperators } from './dashboard/operators.js'
import { type Delivery, startDelivery } from './delivery/delivery.js'
import { createOutbox } from './delivery/outbox.js'
import { inTestMode } from './delivery/test-mode.js'
import { transports } from './delivery/transports.js'
import { serveFrontend } from './frontend.js'
import { type Housekeeping, startHousekeeping } from './housekeeping.js'
import { createApp } from './http/app.js'
import { clientAddress } from './http/client-address.js'
import { serveHealth } from './http/health.js'
import { createMetrics, isShown, serveMetrics } from './http/metrics.js'
import { mount } from './http/mount.js'
import { rateLimitsOf } from './http/rate-limit-settings.js'
import { createRateLimiters } from './http/rate-limits.js'
import { createRecentRequests } from './http/recent-requests.js'
import { requireSecretKey } from './http/secret-key.js'
import { createIds } from './ids.js'
import { serveInbox } from './inbox/inbox.js'
import { createInboxStore } from './inbox/store.js'
import { takeInstance } from './instance/taken.js'
import { createLogger } from './logger.js'
import type { ClerkServer, ServerOptions } from './options.js'
import { servePages } from './pages/pages.js'
import { createPasswords } from './passwords/passwords.js'
import { createResources } from './resources.js'
import { seed } from './seed.js'
import { asGiven, checkedSettings } from './settings/given.js'
import { createSettingsStore } from './settings/store.js'
import { knownHosts } from './ui/same-site.js'
import { pathsWithoutVersion, refuseUnserved, served } from './unserved.js'
import { createUserStore } from './users/store.js'

let kept: object | undefined

/** The description of the API, made when it is first asked for. */
function description(): object {
  kept ??= openapi(served, { title: 'Backend API', version: 'v1', path: '/v1' })
  return kept
}

/**
 * Opens an instance: takes its storage, brings the schema up to date, makes or reads its keys, and begins to send what
 * waits to be sent.
 *
 * @throws StartupError when the storage is in use, unreadable or of a newer version, the instance is another one than was
 *   asked for, the encryption key is missing or wrong, an option makes no sense, or the seed is wrong
 */
export async function createServer(options: ServerOptions): Promise<ClerkServer> {
  const { clock = Date.now, random = randomInt, publicUrl = () => 'http://127.0.0.1:4010' } = options
  const address = clientAddress(options.trustedProxies ?? [])
  const logger = createLogger(options)
  const ids = createIds(clock)
  const given = checkedSettings(options.settings ?? {})
  const taken = await takeInstance(options, { clock, ids, logger })
  const { instance, application, keys, database, release } = taken
  const { environment } = instance
  let delivery: Delivery | undefined
  let housekeeping: Housekeeping | undefined
  const close = async () => {
    await Promise.all([delivery?.close(), housekeeping?.close()])
    await release()
  }
  try {
    const users = createUserStore(database, clock, ids)
    const passwords = createPasswords()
    const settings = createSettingsStore(database.queries, environment, clock)
    await asGiven(settings.change(given))
    if (options.seedFile !== undefined) await seed(options.seedFile, database, users, passwords, clock)

    const ways = transports({ environment, mail: options.mail, sms: options.sms, clock, instanceId: instance.id })
    delivery = startDelivery({ database, environment, transports: ways, logger, clock })
    const isTest = inTestMode(environment, settings)
    const outbox = createOutbox(clock, ids, isTest, delivery.wake)
    const resources = createResources({
      ...taken,
      users,
      passwords,
      settings,
      outbox,
      isTest,
      publicUrl,
      clock,
      ids,
      random,
    })

    housekeeping = startHousekeeping(
      {
        'old messages': delivery.prune,
        'old browsers': resources.browserClients.prune,
        'old refresh tokens': resources.refreshTokens.prune,
      },
      logger,
    )

    const backend = backendHandlers(resources)

    const metrics = isShown(options.metrics, environment) ? createMetrics() : undefined
    const recentRequests = createRecentRequests(clock)
    const app = createApp({
      logger,
      clientAddress: address,
      unavailable: database.unavailable,
      metrics,
      recentRequests,
    })
    serveHealth(app, database.queries)
    if (metrics) serveMetrics(app, metrics, options.metrics)
    if (environment === 'development') {
      serveInbox(app, createInboxStore(database), { publicUrl, inboxHosts: options.inboxHosts ?? [] })
    }

    const limiters = createRateLimiters(rateLimitsOf(environment, options.rateLimits), database)
    serveFrontend(app, resources, { clientAddress: address, guard: limiters.guard })
    serveDashboard(app, {
      ...resources,
      call: backendCalls(backend),
      operators: createOperators(resources.jwts, instance.id, keys, clock),
      recentRequests,
      isKnownHost: knownHosts(publicUrl, options.inboxHosts ?? []),
    })
    serveClerkJS(app)
    servePages(app, {
      publishableKey: application.publishableKey,
      publicUrl,
      destinations: resources.pageDestinations,
      settings: resources.settings,
    })

    app.get('/openapi.json', (c) => c.json(description()))
    const guarded = limiters.guard(backend)
    const api = app.basePath('/v1')
    mount(api, served, guarded, 'public')
    const ofKey = [requireSecretKey(keys.accepts), ...limiters.perKey]
    for (const path of ['/v1/*', ...pathsWithoutVersion]) app.use(path, ...ofKey)
    mount(api, served, guarded, 'guarded')
    refuseUnserved(app)
    return {
      ...application,
      environment,
      fetch: app.fetch,
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}
