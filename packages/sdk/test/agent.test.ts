import { subscribe, unsubscribe } from 'node:diagnostics_channel'
import http, { Agent, type AgentOptions, type ClientRequest, createServer, globalAgent, type Server } from 'node:http'
import https, { createServer as createSecureServer, Agent as SecureAgent } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { type ConnectionOptions, connect as connectSecurely } from 'node:tls'
import { describe, expect, onTestFinished, test } from 'vitest'
import { certificate } from '../../../test/support/certificates.js'
import { Clerk } from '../src/clerk.js'
import type { HttpOptions } from '../src/transport/http-options.js'
import { createSigner } from './support/tokens.js'

const signer = await createSigner('key_1')
const shown = await certificate('localhost')
const trusting = { ca: shown.cert, keepAlive: true }

async function listen(server: Server): Promise<number> {
  await new Promise<void>((resolve) => {
    server.listen(0, 'localhost', resolve)
  })
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return (server.address() as AddressInfo).port
}

/** An API that knows one user, and is busy at the first request for each path. Where it is, and what it was asked. */
async function startAPI(protocol: 'http' | 'https') {
  const paths: string[] = []
  const answer: http.RequestListener = ({ method, url = '' }, response) => {
    const path = `${method} ${url}`
    response.statusCode = method === 'GET' && url !== '/v1/jwks' && !paths.includes(path) ? 503 : 200
    paths.push(path)
    response.end(JSON.stringify(url === '/v1/jwks' ? { keys: [signer.jwk] } : { object: 'user', id: 'user_1' }))
  }
  const port = await listen(protocol === 'http' ? createServer(answer) : createSecureServer(shown, answer))
  return { url: `${protocol}://localhost:${port}`, paths }
}

/** Makes every kind of request: a call, one that is repeated, and the one for the key set. */
async function useAPI(url: string, httpOptions: HttpOptions): Promise<void> {
  const clerk = new Clerk({
    apiKey: 'test_key',
    serverApiUrl: url,
    httpOptions: { retry: { backoffLimit: 1 }, ...httpOptions },
  })
  expect(await clerk.users.createUser({ firstName: 'Ada' })).toMatchObject({ id: 'user_1' })
  expect(await clerk.users.getUser('user_1')).toMatchObject({ id: 'user_1' })
  expect(await clerk.verifyToken(await signer.sign())).toMatchObject({ sub: 'user_1' })
}

const everyRequest = ['POST /v1/users', 'GET /v1/users/user_1', 'GET /v1/users/user_1', 'GET /v1/jwks']

/** The paths of the requests that an agent carries. */
function watched<Kind extends Agent>(agent: Kind): { agent: Kind; paths: string[] } {
  const paths: string[] = []
  const carrier = agent as Kind & Carrier
  const { addRequest } = carrier
  carrier.addRequest = (request, ...rest) => {
    paths.push(`${request.method} ${request.path}`)
    addRequest.call(carrier, request, ...rest)
  }
  onTestFinished(() => agent.destroy())
  return { agent, paths }
}

/** What every agent has, and its types do not say. */
interface Carrier {
  addRequest(request: ClientRequest, options: ConnectionOptions, ...rest: unknown[]): void
}

describe('httpOptions.agent', () => {
  test('carries every request, where it is one agent', async () => {
    const api = await startAPI('http')
    const { agent, paths } = watched(new Agent({ keepAlive: true }))
    await useAPI(api.url, { agent })
    expect(paths).toEqual(everyRequest)
    expect(api.paths).toEqual(everyRequest)
  })

  test('carries every request to an encrypted API, by its own rules of whom to trust', async () => {
    const api = await startAPI('https')
    const { agent, paths } = watched(new SecureAgent(trusting))
    await useAPI(api.url, { agent })
    expect(paths).toEqual(everyRequest)
    expect(api.paths).toEqual(everyRequest)
  })

  test('is taken by the protocol, where there are two', async () => {
    const [plain, encrypted] = [await startAPI('http'), await startAPI('https')]
    const [a, b] = [watched(new Agent()), watched(new SecureAgent(trusting))]
    await useAPI(plain.url, { agent: { http: a.agent, https: b.agent } })
    expect([a.paths, b.paths]).toEqual([everyRequest, []])
    await useAPI(encrypted.url, { agent: { http: a.agent, https: b.agent } })
    expect([a.paths, b.paths]).toEqual([everyRequest, everyRequest])
  })

  test('of the other protocol is not asked', async () => {
    const api = await startAPI('http')
    const { agent, paths } = watched(new SecureAgent())
    await useAPI(api.url, { agent: { https: agent } })
    expect(paths).toEqual([])
    expect(api.paths).toEqual(everyRequest)
  })

  test('reaches the next request when it is set later, that for the key set, too', async () => {
    const api = await startAPI('http')
    const { agent, paths } = watched(new Agent())
    const clerk = new Clerk({ apiKey: 'k', serverApiUrl: api.url })
    clerk.httpOptions = { agent }
    await clerk.verifyToken(await signer.sign())
    expect(paths).toEqual(['GET /v1/jwks'])
  })
})

describe('an agent for a proxy', () => {
  /** Hands every request to a proxy, with the whole URL in its first line. */
  class ForwardingAgent extends Agent {
    constructor(readonly proxy: { host: string; port: number }) {
      super()
    }

    addRequest(request: ClientRequest, options: ConnectionOptions): void {
      request.path = `http://${request.getHeader('host')}${request.path}`
      ;(Agent.prototype as unknown as Carrier).addRequest.call(this, request, { ...options, ...this.proxy })
    }
  }

  /** Reaches the API through a tunnel that a proxy makes, and encrypts what goes through it. */
  class TunnellingAgent extends SecureAgent {
    constructor(
      readonly proxy: { host: string; port: number },
      options: AgentOptions & ConnectionOptions,
    ) {
      super(options)
    }

    override createConnection(options: ConnectionOptions, done?: (error: Error | null, socket: Socket) => void) {
      const target = `${options.host}:${options.port}`
      http
        .request({ ...this.proxy, method: 'CONNECT', path: target, agent: false })
        .on('connect', (_answer, socket) => done?.(null, connectSecurely({ ...options, socket })))
        .end()
      return undefined
    }
  }

  /** A proxy that does both, and what was asked of it. */
  async function startProxy() {
    const asked: string[] = []
    const proxy = createServer((incoming, outgoing) => {
      asked.push(`${incoming.method} ${incoming.url}`)
      const { method, headers } = incoming
      const onward = http.request(incoming.url ?? '', { method, headers, agent: false }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
        answer.pipe(outgoing)
      })
      incoming.pipe(onward)
    })
    proxy.on('connect', ({ url = '' }, socket: Socket) => {
      asked.push(`CONNECT ${url}`)
      const [host = '', port] = url.split(':')
      const onward = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n')
        onward.pipe(socket).pipe(onward)
      })
      for (const end of [socket, onward]) end.on('error', () => {})
    })
    return { host: 'localhost', port: await listen(proxy), asked }
  }

  test('that forwards carries every request', async () => {
    const api = await startAPI('http')
    const { asked, ...proxy } = await startProxy()
    await useAPI(api.url, { agent: new ForwardingAgent(proxy) })
    expect(asked).toEqual(everyRequest.map((request) => request.replace(' ', ` ${api.url}`)))
    expect(api.paths).toEqual(everyRequest)
  })

  test('that makes tunnels carries every request, and sees nothing of it', async () => {
    const api = await startAPI('https')
    const { asked, ...proxy } = await startProxy()
    const agent = new TunnellingAgent(proxy, { ca: shown.cert })
    await useAPI(api.url, { agent: { https: agent } })
    expect(asked).toEqual(Array(everyRequest.length).fill(`CONNECT ${api.url.replace('https://', '')}`))
    expect(api.paths).toEqual(everyRequest)
  })
})

describe("what is everybody's", () => {
  test('is left alone: neither global agent carries a request, or is changed', async () => {
    const [plain, encrypted] = [await startAPI('http'), await startAPI('https')]
    const agents = [globalAgent, https.globalAgent]
    const limits = () => agents.map(({ maxSockets, maxFreeSockets }) => ({ maxSockets, maxFreeSockets }))
    const before = limits()
    const carried = agents.map((agent) => watched(agent).paths)
    await useAPI(plain.url, {})
    await useAPI(encrypted.url, { https: { certificateAuthority: shown.cert } })
    expect(carried).toEqual([[], []])
    expect(limits()).toEqual(before)
    expect(http.globalAgent).toBe(globalAgent)
  })

  test('is told: each request is published to those who trace the HTTP of a program', async () => {
    const api = await startAPI('http')
    const traced: string[] = []
    const trace = (message: unknown) => {
      const { request } = message as { request: ClientRequest }
      if (request.getHeader('host') === api.url.replace('http://', '')) traced.push(`${request.method} ${request.path}`)
    }
    subscribe('http.client.request.start', trace)
    onTestFinished(() => void unsubscribe('http.client.request.start', trace))
    await useAPI(api.url, {})
    expect(traced).toEqual(everyRequest)
  })
})
