import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { ApiError } from '../errors.js'
import type { Logger } from '../logger.js'
import type { ClientAddress } from './client-address.js'
import type { Metrics } from './metrics.js'
import type { RecentRequests } from './recent-requests.js'

export interface AppEnv {
  Variables: {
    /** Names one request in its answer and in the log. */
    traceId: string
    /** The route's name in the contract, once it is known. */
    route?: string
    /** What goes beside the errors of a failure. */
    meta?: object
  }
}

export type App = Hono<AppEnv>

/** What an application tells of its requests, and to whom. */
interface AppOptions {
  logger: Logger
  clientAddress: ClientAddress
  /** Tells an error of the database that may pass from one that will not. */
  unavailable: (error: unknown) => boolean
  metrics: Metrics | undefined
  recentRequests: RecentRequests
}

/**
 * An application without routes: it gives every request a trace id and a line in the log, and answers every failure
 * with the error envelope.
 */
export function createApp({ logger, clientAddress, unavailable, metrics, recentRequests }: AppOptions): App {
  const app: App = new Hono()

  app.use(async (c, next) => {
    const started = performance.now()
    // Node draws the random bits of many of them at once.
    c.set('traceId', randomUUID().replaceAll('-', ''))
    // Before there is an answer: to add to one that is made means to make another.
    c.header('X-Content-Type-Options', 'nosniff')
    await next()
    // The route and not the path: paths hold ids, and what is not a route can hold anything.
    const route = c.get('route') ?? c.req.method
    const { status } = c.res
    const ms = performance.now() - started
    const level = probes.has(c.req.path) ? 'debug' : 'info'
    if (logger.isLevelEnabled(level)) {
      const line = { route, status, ms: Math.round(ms), ip: clientAddress(c), traceId: c.get('traceId') }
      logger[level](line, 'request')
    }
    metrics?.observe({ route, status, seconds: ms / 1000 })
    if (!isRoutine(c.req.path))
      recentRequests.add({ route, status, milliseconds: Math.round(ms), traceId: c.get('traceId') })
  })

  app.notFound((c) =>
    envelope(c, new ApiError('resource_not_found', { message: `there is no ${c.req.method} ${c.req.path}` })),
  )

  app.onError((error, c) => {
    if (error instanceof ApiError) return envelope(c, error)
    logger.error({ err: error, traceId: c.get('traceId') }, 'a request failed')
    return envelope(c, new ApiError(unavailable(error) ? 'service_unavailable' : 'internal_clerk_error'))
  })

  return app
}

/** What asks so often that its lines would hide the others. */
const probes = new Set(['/health/live', '/health/ready', '/metrics'])

/** The same for the short list of recent requests: an open inbox, and the dozens of files that a page is made of, too. */
const isRoutine = (path: string) => probes.has(path) || path === '/inbox/messages' || path.startsWith('/__clerk/npm/')

function envelope(c: Context<AppEnv>, error: ApiError) {
  if (error.retryAfter !== undefined) c.header('Retry-After', String(error.retryAfter))
  const body = error.toBody(c.get('traceId'))
  const meta = c.get('meta')
  return c.json(meta ? { ...body, meta } : body, error.status)
}
