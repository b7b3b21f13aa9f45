import { listen } from './http/listen.js'
import type { ApplicationKeys, ServerOptions, Storage } from './options.js'
import { createServer } from './server.js'

/** What {@link startServer} can be told. Of `memory`, `dataDir` and `databaseUrl` one at most; in memory by default. */
export interface StartOptions extends Omit<ServerOptions, 'storage'> {
  /** Keep everything in memory, until the server is closed. */
  memory?: boolean | undefined
  /** A folder for an SQLite file and the keys; made where there is none. */
  dataDir?: string | undefined
  /** `postgres://…`: a PostgreSQL database, which holds the keys as well. */
  databaseUrl?: string | undefined
  /** Address to listen on; `127.0.0.1` by default: this machine only. */
  host?: string | undefined
  /** Port to listen on; 0 by default: any that is free. */
  port?: number | undefined
  /** Lets a development instance listen on an address that other machines reach. */
  exposed?: boolean | undefined
  /** Whether the process is for the server alone, which then replaces the global `Request` and `Response` by lighter ones. */
  ownProcess?: boolean | undefined
}

/** A server that answers. */
export interface RunningServer extends ApplicationKeys {
  /** `http://host:port`, without a slash at the end: the `CLERK_API_URL` of an application. */
  readonly url: string
  /**
   * Answers the requests that were accepted, stops listening, closes the database and lets the data directory go.
   * Nothing of the server keeps the process up after that. Further calls wait for the first one.
   */
  close(): Promise<void>
  /** The same as {@link close}, for `await using server = await startServer()`. */
  [Symbol.asyncDispose](): Promise<void>
}

/**
 * Starts an instance and serves it over HTTP, in this process. Any number of them may run side by side; those in memory
 * know nothing of each other.
 *
 * ```js
 * const server = await startServer({ memory: true })
 * process.env.CLERK_API_URL = server.url
 * process.env.CLERK_SECRET_KEY = server.secretKey
 * // …
 * await server.close()
 * ```
 *
 * @throws TypeError when more than one storage is given
 * @throws StartupError when the storage is in use, cannot be opened or is of a newer version, when the address cannot be
 *   listened on, or when the seed is wrong
 */
export async function startServer(options: StartOptions = {}): Promise<RunningServer> {
  const {
    memory,
    dataDir,
    databaseUrl,
    host = '127.0.0.1',
    port = 0,
    exposed = false,
    ownProcess = false,
    ...rest
  } = options
  const storage = theStorage({ memory, dataDir, databaseUrl })
  let url = ''
  const server = await createServer({ publicUrl: () => url, ...rest, storage })
  const listener = await listen(server, { host, port, exposed, ownProcess }).catch(async (error: unknown) => {
    await server.close()
    throw error
  })
  url = listener.url
  let closed: Promise<void> | undefined
  const close = () => {
    closed ??= listener.close().then(() => server.close())
    return closed
  }
  const { secretKey, apiKey, publishableKey } = server
  return { url, secretKey, apiKey, publishableKey, close, [Symbol.asyncDispose]: close }
}

function theStorage({ memory, dataDir, databaseUrl }: StartOptions): Storage {
  const given: Storage[] = []
  if (memory) given.push({ memory: true })
  if (dataDir !== undefined) given.push({ dataDir })
  if (databaseUrl !== undefined) given.push({ databaseUrl })
  if (given.length > 1) throw new TypeError('startServer takes one of memory, dataDir and databaseUrl, not several')
  return given[0] ?? { memory: true }
}
