import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { certificate } from '../support/certificates.js'

/** The hosts of a site in production. A browser of the tests finds both on this machine. */
export const hosts = { app: 'app.example.com', server: 'clerk.example.com' } as const

/** What stands before an application and a server where people reach them: it speaks https, and they do not. */
export interface Front {
  /** `https://app.example.com:port` and `https://clerk.example.com:port`. */
  urls: Record<keyof typeof hosts, string>
  /** Where requests for a host go. */
  send(host: keyof typeof hosts, url: string): void
}

/** Opens one until the test is over. It tells those behind it what it was asked for, as proxies do. */
export async function openFront(): Promise<Front> {
  const behind = new Map<string, string>()
  const server = createServer(await certificate('*.example.com'), (asked, answer) => {
    const url = behind.get(asked.headers.host?.split(':')[0] ?? '')
    if (url === undefined) answer.writeHead(502).end()
    else pass(asked, answer, url)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return {
    urls: { app: `https://${hosts.app}:${port}`, server: `https://${hosts.server}:${port}` },
    send: (host, url) => void behind.set(hosts[host], url),
  }
}

function pass(asked: IncomingMessage, answer: ServerResponse, to: string): void {
  const { method, url, headers } = asked
  const forwarded = { 'x-forwarded-proto': 'https', 'x-forwarded-host': headers.host, 'x-forwarded-for': '203.0.113.7' }
  const onward = request(new URL(url ?? '/', to), { method, headers: { ...headers, ...forwarded } }, (answered) => {
    answer.writeHead(answered.statusCode ?? 502, answered.headers)
    answered.pipe(answer)
  })
  onward.on('error', () => answer.destroy())
  asked.pipe(onward)
}
