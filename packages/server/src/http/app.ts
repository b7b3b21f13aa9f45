import { randomBytes } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { Logger } from 'pino'
import { ApiError } from '../errors.js'

export interface AppEnv {
  Variables: {
    /** Names one request in its answer and in the log. */
    traceId: string
    /** The route's name in the contract, once it is known. */
    route?: string
  }
}

export type App = Hono<AppEnv>

/**
 * An application without routes: it gives every request a trace id and a line in the log, and answers every failure
 * with the error envelope.
 *
 * @param unavailable tells an error of the database that may pass from one that will not
 */
export function createApp(logger: Logger, unavailable: (error: unknown) => boolean): App {
  const app: App = new Hono()

  app.use(async (c, next) => {
    const started = performance.now()
    c.set('traceId', randomBytes(16).toString('hex'))
    await next()
    c.header('X-Content-Type-Options', 'nosniff')
    const ms = Math.round(performance.now() - started)
    // The route and not the path: paths hold ids, and what is not a route can hold anything.
    logger.info(
      { route: c.get('route') ?? c.req.method, status: c.res.status, ms, traceId: c.get('traceId') },
      'request',
    )
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

const envelope = (c: Context<AppEnv>, error: ApiError) => c.json(error.toBody(c.get('traceId')), error.status)
