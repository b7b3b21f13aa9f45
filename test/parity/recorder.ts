import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type ParsedUrlQuery, parse } from 'node:querystring'
import { afterAll } from 'vitest'

/** A request by its meaning: what can be written in several ways is decoded. */
export interface Sent {
  method: string
  path: string
  query: ParsedUrlQuery
  body: ParsedUrlQuery
  headers: IncomingHttpHeaders
}

/** A whole answer. */
export interface Reply {
  status?: number
  headers?: Record<string, string>
  /** Sent as `application/json`. */
  json?: unknown
  /** Sent as it is when there is no `json`. */
  text?: string
}

/** What the server does when it is asked: it answers, or something worse. `count` is 1 for the first request. */
export type Answer = Reply | ((response: ServerResponse, sent: Sent, count: number) => void)

export interface Recorder {
  url: string
  /** Forgets what it was sent so far, and answers like this from now on. */
  answerWith(answer: Answer): void
  sent(): Sent[]
}

/** A real server on a free port, which keeps what it is sent and is gone when the tests of the file are over. */
export async function startRecorder(): Promise<Recorder> {
  let requests: Sent[] = []
  let answer: Answer = {}
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming
      const [path = '', query = ''] = url.split('?')
      const body = Buffer.concat(chunks).toString()
      const sent = { method, path: normalized(path), query: { ...parse(query) }, body: { ...parse(body) }, headers }
      requests.push(sent)
      if (typeof answer === 'function') answer(response, sent, requests.length)
      else reply(response, answer)
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  afterAll(() => {
    server.close()
    server.closeAllConnections()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    answerWith(next) {
      requests = []
      answer = next
    },
    sent: () => requests,
  }
}

export function reply(response: ServerResponse, { status = 200, headers = {}, json, text = '' }: Reply): void {
  const type = json === undefined ? {} : { 'content-type': 'application/json' }
  response.writeHead(status, { ...type, ...headers }).end(json === undefined ? text : JSON.stringify(json))
}

/** Some characters may be percent-encoded in a segment or not, which makes no difference. */
const normalized = (path: string): string =>
  path
    .split('/')
    .map((segment) => encodeURIComponent(decoded(segment)))
    .join('/')

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
