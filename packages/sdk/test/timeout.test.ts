import { Agent } from 'node:http'
import { connect, createServer, type Server } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { TimeoutError } from '../src/errors.js'
import type { TimeoutOptions } from '../src/transport/timeout.js'
import { testRequest } from './support/client.js'
import { startServer } from './support/server.js'

const limit = 100

/** A server that accepts connections and never reads or writes. */
async function startSilent(): Promise<string> {
  const server: Server = createServer({ pauseOnConnect: true }, (socket) => onTestFinished(() => void socket.destroy()))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => void server.close())
  return `127.0.0.1:${(server.address() as { port: number }).port}`
}

async function expectTimeout(phase: keyof TimeoutOptions, url: string, httpOptions = {}, body = {}): Promise<void> {
  const { request } = testRequest(url, { retry: 0, timeout: { [phase]: limit, request: 20_000 }, ...httpOptions })
  const error: unknown = await request('POST /users', { body }).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(TimeoutError)
  expect(error).toMatchObject({
    statusCode: 500,
    code: 'ETIMEDOUT',
    message: `Timeout awaiting '${phase}' for ${limit}ms`,
    route: 'POST /users',
  })
}

/** Never finds an address. */
const lookup = () => {}

test('timeout.lookup is for the address of the host', async () => {
  await expectTimeout('lookup', 'http://slow.invalid', { agent: new Agent({ lookup }) })
})

test('timeout.connect is for the connection', async () => {
  class Slow extends Agent {
    override createConnection = () => connect({ host: 'slow.invalid', port: 80, lookup })
  }
  await expectTimeout('connect', 'http://127.0.0.1:80', { agent: new Slow() })
})

test('timeout.secureConnect is for the TLS handshake', async () => {
  await expectTimeout('secureConnect', `https://${await startSilent()}`)
})

test('timeout.send is for the request', async () => {
  const large = { firstName: 'x'.repeat(30_000_000) }
  await expectTimeout('send', `http://${await startSilent()}`, {}, large)
})

test('timeout.response is for the headers of the answer', async () => {
  await expectTimeout('response', (await startServer(() => {})).url)
})

test('timeout.socket is for a connection on which nothing moves, also within the body', async () => {
  await expectTimeout('socket', (await startServer((response) => response.writeHead(200).write('{'))).url)
})

test('timeout.request is for the whole', async () => {
  const { url } = await startServer((response) => response.writeHead(200).write('{'))
  await expectTimeout('request', url, { timeout: { request: limit, response: 20_000 } })
})

test('limits that are kept leave an answer alone, also on a kept connection', async () => {
  const { url } = await startServer((response) => response.end('{"object":"user","id":"user_1"}'))
  const timeout = { lookup: 5000, connect: 5000, secureConnect: 5000, socket: 5000, send: 5000, response: 5000 }
  const { request } = testRequest(url, { timeout })
  expect(await request('POST /users', {})).toMatchObject({ id: 'user_1' })
  expect(await request('POST /users', {})).toMatchObject({ id: 'user_1' })
})
