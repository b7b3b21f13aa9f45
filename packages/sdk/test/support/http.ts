import { createServer, type IncomingHttpHeaders, type RequestListener, request } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { onTestFinished } from 'vitest'

/** What a server is asked. Nothing is added to the headers, and pairs may name one twice. */
export interface Question {
  method?: string
  path?: string
  headers?: Record<string, string | string[] | undefined> | readonly (readonly [string, string])[]
}

export interface Answer {
  status: number
  headers: IncomingHttpHeaders
  text: string
}

/** Makes a request by hand, for headers that `fetch` keeps to itself. */
export function ask(port: number, { method = 'GET', path = '/', headers = {} }: Question): Promise<Answer> {
  const pairs: readonly (readonly [string, string | string[] | undefined])[] = Array.isArray(headers)
    ? headers
    : Object.entries({ host: 'app.example.com', ...headers })
  const flat = pairs.flatMap(([name, value]) => [value ?? []].flat().flatMap((line) => [name, line]))
  return new Promise((resolve, reject) => {
    const sent = request({ port, host: '127.0.0.1', method, path, headers: flat, setHost: false, agent: false })
    sent.on('error', reject)
    sent.on('response', (response) => {
      let text = ''
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk
      })
      response.on('error', reject)
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }))
    })
    sent.end()
  })
}

/** Writes bytes to a server, and gives what comes back until it closes the connection. */
export function askRaw(port: number, text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(text))
    socket.setEncoding('latin1').on('data', (chunk: string) => {
      answer += chunk
    })
    socket.on('error', reject).on('close', () => resolve(answer))
  })
}

/** A server that is gone when the test is over, and lets any header pass. Gives its port. */
export async function listen(listener: (...args: Parameters<RequestListener>) => unknown): Promise<number> {
  const server = createServer({ maxHeaderSize: 8_000_000 }, (req, res) => void listener(req, res))
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  return (server.address() as AddressInfo).port
}
