import { TimeoutError } from '../errors.js'
import { Logger } from '../logger.js'
import type { ReadySettings } from '../options.js'
import { failure } from '../transport/answer.js'
import { call } from '../transport/call.js'
import { systemClock } from '../transport/clock.js'
import { compose } from '../transport/request.js'
import { isSuccess } from '../transport/retry.js'
import type { Guard } from './guard.js'
import { asError } from './reasons.js'
import type { MiddlewareRequest } from './request.js'

const route = 'GET /internal/interstitial'

/** Milliseconds in which the page must be here, repetitions included: a person waits for it. */
const deadline = 5000

/** What is needed of a response that the page is sent with: that of `node:http`, and whatever is made out of it. */
interface PageResponse {
  readonly headersSent?: boolean
  readonly writableEnded?: boolean
  writeHead(status: number, headers: Readonly<Record<string, string>>): unknown
  end(body?: string): unknown
}

/**
 * Answers a request with the page that lets a browser bring its cookies up to date. Gives the Error when there is none
 * to be had. A response that has been sent by somebody else in the meantime is left alone.
 */
export async function sendInterstitial(guard: Guard, req: MiddlewareRequest, res: unknown): Promise<Error | undefined> {
  try {
    const page = await sharedPage(guard.settings())
    send(req, res as PageResponse, page)
    return undefined
  } catch (thrown) {
    return asError(thrown)
  }
}

function send({ method }: MiddlewareRequest, res: PageResponse, page: string): void {
  if (res.headersSent || res.writableEnded) return
  // Kept by nobody: the next answer to the same request may be the real one.
  res.writeHead(401, { 'Content-Type': 'text/html', 'Cache-Control': 'no-store' })
  res.end(method === 'HEAD' ? undefined : page)
}

/** The page that is being fetched with these settings: whoever needs it at the same time gets the same one. */
const fetching = new WeakMap<ReadySettings, Promise<string>>()

function sharedPage(settings: ReadySettings): Promise<string> {
  const page = fetching.get(settings) ?? fetchPage(settings).finally(() => fetching.delete(settings))
  fetching.set(settings, page)
  return page
}

async function fetchPage(settings: ReadySettings): Promise<string> {
  const sending = compose(settings, route)
  const asText = { ...sending, headers: { ...sending.headers, accept: 'text/html' } }
  const late = new AbortController()
  const timer = setTimeout(() => late.abort(timedOut()), deadline)
  try {
    return await call(asText, systemClock, { signal: late.signal }, (reply) => {
      Logger.debug(`${route}: ${reply.status}`)
      if (!isSuccess(reply)) throw failure(reply, route, Date.now())
      return reply.text
    })
  } finally {
    clearTimeout(timer)
  }
}

const timedOut = (): TimeoutError =>
  new TimeoutError(500, `Timeout awaiting 'request' for ${deadline}ms`, undefined, { code: 'ETIMEDOUT', route })
