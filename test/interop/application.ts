import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import express, { type ErrorRequestHandler } from 'express'

/** An application that tells its visitors what the guard before it has found out about them. */
export interface Application extends AsyncDisposable {
  visit(headers: Record<string, string>): Promise<{ status: number; auth?: unknown; error?: string }>
}

type Guard = (req: never, res: never, next: never) => unknown

/** @param whoIs what of a request is told; `req.auth` unless given */
export async function openApplication(guard: Guard, whoIs: (req: never) => unknown = authOf): Promise<Application> {
  const refuse: ErrorRequestHandler = (error: Error, _req, res, _next) => {
    res.status(401).json({ error: error.message })
  }
  const server = express()
    .use(guard as unknown as express.RequestHandler)
    .get('/', (req, res) => void res.json({ auth: whoIs(req as never) }))
    .use(refuse)
    .listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    async visit(headers) {
      const response = await fetch(`http://127.0.0.1:${port}/`, { headers, redirect: 'manual' })
      const text = await response.text()
      const json = response.headers.get('content-type')?.startsWith('application/json')
      return { status: response.status, ...(json ? (JSON.parse(text) as object) : {}) }
    },
    async [Symbol.asyncDispose]() {
      server.close()
      await once(server, 'close')
    },
  }
}

const authOf = (req: { auth?: unknown }) => req.auth
