import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import express, { type ErrorRequestHandler, type RequestHandler } from 'express'
import { type Answer, type Recorder, type Reply, reply } from './recorder.js'
import type { Subject } from './subjects.js'

/** What an instance makes handlers of. */
export interface Guard {
  expressWithSession(options?: unknown): RequestHandler
  expressRequireSession(options?: unknown): RequestHandler
  withSession(handler: unknown, options?: unknown): RequestHandler
  requireSession(handler: unknown, options?: unknown): RequestHandler
}

export interface Visit {
  /** The handler that is visited. */
  guard: (clerk: Guard) => RequestHandler
  headers?: Record<string, string | string[]>
  apiKey?: string
  keys?: Reply
  interstitial?: Reply
}

const page: Reply = { text: '<html>one moment</html>' }

/** An application asks the API for the key set and for the page that is shown between. */
function api(keys: Reply, interstitial: Reply): Answer {
  return (response, { path }) => {
    if (path === '/v1/jwks') reply(response, keys)
    else reply(response, path === '/v1/internal/interstitial' ? interstitial : { status: 404 })
  }
}

export function guardOf(
  subject: Subject,
  recorder: Recorder,
  { apiKey = 'live_key', keys = {}, interstitial = page }: Partial<Visit>,
): Guard {
  recorder.answerWith(api(keys, interstitial))
  const options = { apiKey, serverApiUrl: recorder.url, httpOptions: { retry: 0 } }
  return new subject.Clerk(options) as unknown as Guard
}

/** What somebody gets who visits an Express application behind the guard, and what the API was asked meanwhile. */
export async function visit(subject: Subject, recorder: Recorder, given: Visit): Promise<object> {
  const app = express()
  app.use(given.guard(guardOf(subject, recorder, given)))
  app.use((req, res) => {
    const { session, sessionClaims } = req as { session?: unknown; sessionClaims?: unknown }
    res.json({ session: session ?? null, claims: sessionClaims ?? null })
  })
  app.use(onFailure)
  const server = app.listen(0, '127.0.0.1')
  await once(server, 'listening')
  try {
    const { port } = server.address() as AddressInfo
    const outgoing = request({ port, host: '127.0.0.1', headers: { host: 'app.example.com', ...given.headers } })
    const [answer] = (await once(outgoing.end(), 'response')) as [IncomingMessage]
    const text = Buffer.concat(await answer.toArray()).toString()
    const type = answer.headers['content-type']?.split(';')[0]
    const body: unknown = type === 'application/json' ? JSON.parse(text) : text
    return { status: answer.statusCode, type, body, asked: recorder.sent().map(({ path }) => path) }
  } finally {
    server.close()
    server.closeAllConnections()
  }
}

/** As the documentation has it, with the name of the error. */
const onFailure: ErrorRequestHandler = (error: Error & { statusCode?: number; data?: unknown }, _req, res, _next) => {
  res.status(error.statusCode ?? 500).json({ failed: error.name, error: error.data ?? error.message })
}
