import { createHash, timingSafeEqual } from 'node:crypto'
import type { Context } from 'hono'
import { ApiError } from '../errors.js'
import { madeOnce } from '../made-once.js'
import type { Environment } from '../options.js'
import type { App } from './app.js'

/** One request that was answered. */
export interface Observation {
  /** The route's name in the contract, or the method alone where there is no such route. */
  route: string
  status: number
  /** How long the answer took. */
  seconds: number
}

export interface Metrics {
  observe(observation: Observation): void
  /** The text format of Prometheus. */
  render(): Promise<{ contentType: string; text: string }>
}

export interface MetricsOptions {
  /**
   * What has to be sent as `Authorization: Bearer …` to be shown the metrics. Without it a development instance shows
   * them to everybody, and a production instance to nobody.
   */
  token?: string | undefined
}

/** Counts what is answered, where somebody may see it. The library is loaded at the first request, so that no start waits for it. */
export function createMetrics(): Metrics {
  const registered = madeOnce(register)
  return {
    observe({ route, status, seconds }) {
      const count = ({ durations }: Registered) => durations.observe({ route, status }, seconds)
      // A request that cannot be counted was answered all the same; whoever asks for the metrics is told what is wrong.
      registered().then(count, () => {})
    },
    async render() {
      const { registry } = await registered()
      return { contentType: registry.contentType, text: await registry.metrics() }
    },
  }
}

type Registered = Awaited<ReturnType<typeof register>>

async function register() {
  const { collectDefaultMetrics, Histogram, Registry } = await import('prom-client')
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'clerk_http_request_duration_seconds',
    help: 'Time to answer a request, by route and status',
    labelNames: ['route', 'status'] as const,
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10],
    registers: [registry],
  })
  return { registry, durations }
}

/** Whether anybody may see them. */
export const isShown = (options: MetricsOptions | undefined, environment: Environment): boolean =>
  options !== undefined && (options.token !== undefined || environment === 'development')

/** Serves them at `GET /metrics`. */
export function serveMetrics(app: App, metrics: Metrics, { token }: MetricsOptions = {}): void {
  app.get('/metrics', async (c) => {
    if (token !== undefined && !isSent(c, token)) {
      throw new ApiError('authentication_invalid', { message: 'the metrics ask for their token, as a bearer' })
    }
    const { contentType, text } = await metrics.render()
    return c.body(text, 200, { 'content-type': contentType })
  })
}

function isSent(c: Context, token: string): boolean {
  const sent = /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1] ?? ''
  return timingSafeEqual(digest(sent), digest(token))
}

const digest = (text: string) => createHash('sha256').update(text).digest()
