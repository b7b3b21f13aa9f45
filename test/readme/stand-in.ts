import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { onTestFinished } from 'vitest'
import { startInstance } from '../support/instance.js'
import { sampleOf } from './samples.js'

interface StandIn {
  url: string
  apiKey: string
  /** Makes a user with a session, and a token for it. */
  signIn(user: Record<string, unknown>): Promise<{ userId: string; sessionId: string; token: string }>
}

/** The real server, with a sample for each route that it does not serve yet. */
export async function startStandIn(): Promise<StandIn> {
  const instance = await startInstance({ storage: { memory: true } })
  const answer = async (req: IncomingMessage, res: ServerResponse) => {
    const chunks: Buffer[] = []
    for await (const chunk of req) chunks.push(chunk as Buffer)
    const { method = '', url = '/', headers } = req
    const real = await fetch(instance.url + url, {
      method,
      headers: { authorization: String(headers.authorization), 'content-type': String(headers['content-type']) },
      ...(method !== 'GET' && { body: Buffer.concat(chunks) }),
    })
    const text = await real.text()
    const sample = real.status === 501 ? sampleOf(method, new URL(url, instance.url).pathname) : undefined
    res.writeHead(sample === undefined ? real.status : 200, { 'content-type': 'application/json' })
    res.end(sample === undefined ? text : JSON.stringify(sample))
  }
  const server = createServer((req, res) => void answer(req, res).catch((error) => res.destroy(error)))
  server.listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    apiKey: instance.apiKey,
    async signIn(user) {
      const { body: made } = await instance.call('POST /users', { json: { skip_user_requirement: true, ...user } })
      const { body: session } = await instance.call('POST /sessions', { json: { user_id: made.id } })
      const { body: token } = await instance.call('POST /sessions/{session_id}/tokens', {
        params: { session_id: session.id },
        json: {},
      })
      return { userId: made.id, sessionId: session.id, token: token.jwt }
    },
  }
}
