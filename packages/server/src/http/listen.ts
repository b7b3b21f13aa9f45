import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createAdaptorServer } from '@hono/node-server'
import type { ClerkServer } from '../options.js'
import { StartupError } from '../startup-error.js'

/** Milliseconds, but for sizes. */
const limits = {
  /** To send the headers, and the whole request: who is slower is dropped. */
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  /** An idle connection is kept longer than clients keep theirs, so that it is the client who lets go first. */
  keepAliveTimeout: 75_000,
  /** How often it is looked for those who are too slow. */
  connectionsCheckingInterval: 5_000,
  /** Bytes of all headers together; more is answered 431. */
  maxHeaderSize: 16 * 1024,
}

/** How long requests that were accepted may take once the listener closes, in milliseconds. */
const drainDeadline = 10_000

export interface Listener {
  /** `http://host:port`, without a slash at the end. */
  url: string
  /** Takes no more requests, and resolves when those that were accepted have been answered. */
  close(): Promise<void>
}

export interface Address {
  /** `127.0.0.1` by default: this machine only. */
  host?: string
  /** 4010 by default, 0 for any that is free. */
  port?: number
  /**
   * Lets a development instance listen where other machines reach it. Its keys are known to whoever sees its console, and
   * it takes shortcuts that are made for tests.
   */
  exposed?: boolean
  /** Whether the process is for the server alone: the global `Request` and `Response` are replaced by lighter ones then. */
  ownProcess?: boolean
}

/**
 * Serves an instance over HTTP.
 *
 * @throws StartupError when the address cannot be listened on, or a development instance would be exposed by it
 */
export async function listen(
  { fetch, environment }: Pick<ClerkServer, 'fetch' | 'environment'>,
  { host = '127.0.0.1', port = 4010, exposed = false, ownProcess = false }: Address = {},
): Promise<Listener> {
  if (environment === 'development' && !exposed && !isLoopback(host)) {
    throw new StartupError(
      `a development instance does not listen on ${host}, where other machines reach it: start a production instance, or give --expose if everybody there may have everything in it`,
    )
  }
  const server = createAdaptorServer({ fetch, overrideGlobalObjects: ownProcess, serverOptions: limits }) as Server
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(unlistenable(error, host, port)))
    server.listen(port, host, resolve)
  })
  return { url: urlOf(server.address() as AddressInfo), close: () => drain(server) }
}

/** Names and addresses of this machine alone (RFC 6761 §6.3, RFC 6890). */
const isLoopback = (host: string) => /^(localhost|(.+\.)?localhost|127(\.\d{1,3}){3}|\[?::1\]?)$/i.test(host)

const urlOf = ({ address, family, port }: AddressInfo) =>
  `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`

async function drain(server: Server): Promise<void> {
  const closed = new Promise((resolve) => server.close(resolve))
  // A connection becomes idle when its last answer is out, and would then be kept open for the client's sake.
  const sweep = setInterval(() => server.closeIdleConnections(), 20)
  const deadline = setTimeout(() => server.closeAllConnections(), drainDeadline)
  await closed
  clearInterval(sweep)
  clearTimeout(deadline)
}

const reasons: Partial<Record<string, string>> = {
  EADDRINUSE: 'something listens there already; give another --port, or 0 for any that is free',
  EACCES: 'this needs privileges; give a --port above 1023',
  EADDRNOTAVAIL: 'this machine does not have that address; give another --host',
  ENOTFOUND: 'that name is not known; give another --host',
}

function unlistenable(error: NodeJS.ErrnoException, host: string, port: number): StartupError {
  const reason = reasons[error.code ?? ''] ?? error.message
  return new StartupError(`cannot listen on ${host}:${port}: ${reason}`, { cause: error })
}
