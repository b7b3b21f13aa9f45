import { createServer, type RequestListener } from 'node:http'
import { type AddressInfo, connect, type Socket } from 'node:net'
import express, { type ErrorRequestHandler, type Express, type RequestHandler } from 'express'
import express4 from 'express-4'
import { describe, expect, onTestFinished, test } from 'vitest'
import { WebhookError } from '../src/webhooks/error.js'
import { verifyWebhook } from '../src/webhooks/verify.js'
import { event, secret, signed } from './support/webhooks.js'

const options = { signingSecret: secret }

// What is used here is the same in both, but for the types of what is not.
const frameworks = [
  ['Express 4', express4 as unknown as typeof express],
  ['Express 5', express],
] as const

/** A server on a free port, which is gone when the test is over. */
async function listen(handler: RequestListener): Promise<{ url: string; port: number }> {
  const server = createServer(handler)
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  onTestFinished(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/webhooks`, port }
}

async function send(url: string, { headers, body } = signed()): Promise<{ status: number; answer: unknown }> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json' },
    body,
  })
  return { status: response.status, answer: await response.json() }
}

const accepted = { status: 200, answer: event }

const answerErrors: ErrorRequestHandler = (error: WebhookError, _req, res, _next) => {
  res.status(error.statusCode ?? 500).json({ error: error.code })
}

/** An app with a webhook, behind the given body parsers. */
function appOf(framework: typeof express, ...parsers: RequestHandler[]): Express {
  const app = framework()
  app.post('/webhooks', ...parsers, (req, res, next) => {
    verifyWebhook(req, options).then((verified) => res.json(verified), next)
  })
  app.use(answerErrors)
  return app
}

describe.each(frameworks)('%s', (_, framework) => {
  test.each([
    ['express.raw()', () => framework.raw({ type: 'application/json' })],
    ['express.text()', () => framework.text({ type: '*/*' })],
  ])('gives the event behind %s', async (_name, parser) => {
    const { url } = await listen(appOf(framework, parser()))
    expect(await send(url)).toEqual(accepted)
  })

  test('gives the event without any parser', async () => {
    const { url } = await listen(appOf(framework))
    expect(await send(url)).toEqual(accepted)
  })

  test('answers 400 to what is not signed', async () => {
    const { url } = await listen(appOf(framework))
    const { headers } = signed()
    expect(await send(url, { headers, body: '{}' })).toEqual({ status: 400, answer: { error: 'signature_mismatch' } })
    expect(await send(url, { headers: {}, body: '{}' })).toEqual({ status: 400, answer: { error: 'headers_missing' } })
  })

  test('answers 500 behind express.json(), whose body cannot be verified', async () => {
    const { url } = await listen(appOf(framework, framework.json()))
    expect(await send(url)).toEqual({ status: 500, answer: { error: 'body_not_raw' } })
  })

  test('answers 500 where somebody has read the body before', async () => {
    const readAll: RequestHandler = (req, _res, next) => void req.resume().on('end', () => next())
    const { url } = await listen(appOf(framework, readAll))
    expect(await send(url)).toEqual({ status: 500, answer: { error: 'body_not_raw' } })
  })

  test('answers 413 to a body that says it is larger than 1 MiB, and goes on', async () => {
    const { url } = await listen(appOf(framework))
    const huge = signed(JSON.stringify({ ...event, data: { text: 'x'.repeat(3 * 1024 * 1024) } }))
    expect(await send(url, huge)).toEqual({ status: 413, answer: { error: 'body_too_large' } })
    expect(await send(url)).toEqual(accepted)
  })
})

/** A server without a framework, and what became of each request. */
async function startPlain() {
  const outcomes: Promise<unknown>[] = []
  const server = await listen((request, response) => {
    const outcome = verifyWebhook(request, options).catch((error: unknown) => error)
    outcomes.push(outcome)
    void outcome.then((value) => {
      response.statusCode = value instanceof WebhookError ? value.statusCode : 200
      response.end(JSON.stringify(value))
    })
  })
  return { ...server, outcomes }
}

/** A request with the headers of an event, whose body is still to be written. */
function post(port: number, header: string): Socket {
  const socket = connect(port, '127.0.0.1')
  socket.on('error', () => {})
  onTestFinished(() => void socket.destroy())
  const lines = Object.entries(signed().headers).map(([name, value]) => `${name}: ${value}\r\n`)
  socket.write(`POST / HTTP/1.1\r\nhost: localhost\r\n${header}\r\n${lines.join('')}\r\n`)
  return socket
}

describe('node:http', () => {
  test('gives the event', async () => {
    const { url } = await startPlain()
    expect(await send(url)).toEqual(accepted)
  })

  test('gives the event whose body comes in chunks that cut its characters', async () => {
    const { url } = await startPlain()
    const { headers, body } = signed()
    const bytes = Buffer.from(body)
    const parts = ReadableStream.from(Array.from(bytes, (byte) => Uint8Array.of(byte)))
    const response = await fetch(url, { method: 'POST', headers, body: parts, duplex: 'half' })
    expect({ status: response.status, answer: await response.json() }).toEqual(accepted)
  })

  test('refuses a body that does not say how large it is, and does not end', async () => {
    const { port, outcomes } = await startPlain()
    const socket = post(port, 'transfer-encoding: chunked')
    const chunk = `10000\r\n${'x'.repeat(0x10000)}\r\n`
    const more = () => {
      while (!socket.destroyed && socket.write(chunk));
    }
    socket.on('drain', more)
    more()
    await expect.poll(() => outcomes.length).toBe(1)
    expect(await outcomes[0]).toMatchObject({ code: 'body_too_large', statusCode: 413 })
  })

  test('tells of a sender who hangs up', async () => {
    const { port, outcomes } = await startPlain()
    const socket = post(port, 'content-length: 100')
    socket.write('{"type"')
    await expect.poll(() => outcomes.length).toBe(1)
    socket.destroy()
    expect(await outcomes[0]).toMatchObject({ code: 'body_incomplete', statusCode: 400, cause: { code: 'ECONNRESET' } })
  })
})
