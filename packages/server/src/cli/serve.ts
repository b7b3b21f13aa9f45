import { listen } from '../http/listen.js'
import type { ClerkServer, Storage } from '../options.js'
import { createServer } from '../server.js'
import { standardErrorLog } from './log.js'

interface ServeArguments {
  host: string
  port: number
  storage: Storage
  seedFile: string | undefined
  json: boolean
}

/** Starts an instance and serves it until a signal says to stop. Prints its addresses and keys once it is ready. */
export async function serve({ host, port, storage, seedFile, json }: ServeArguments): Promise<void> {
  const log = standardErrorLog()
  const server = await createServer({ storage, seedFile, log })
  const listener = await listen(server, { host, port }).catch(async (error: unknown) => {
    await server.close()
    throw error
  })
  stopOnSignal(async () => {
    await listener.close()
    await server.close()
    await log.flush()
  })
  process.stdout.write(json ? `${JSON.stringify(readyEvent(server, listener.url))}\n` : readyText(server, listener.url))
}

const readyEvent = ({ secretKey, apiKey, publishableKey }: ClerkServer, url: string) => ({
  event: 'ready',
  url,
  apiUrl: url,
  frontendApiUrl: `${url}/__clerk`,
  secretKey,
  apiKey,
  publishableKey,
  pid: process.pid,
})

const readyText = ({ secretKey, apiKey, publishableKey }: ClerkServer, url: string) => `
clerk-server is ready at ${url}

  CLERK_API_URL          ${url}
  CLERK_API_KEY          ${apiKey}
  CLERK_SECRET_KEY       ${secretKey}
  CLERK_PUBLISHABLE_KEY  ${publishableKey}

`

/** Ends the process with 0 once it has been closed; a second signal ends it at once with 1. */
function stopOnSignal(close: () => Promise<void>): void {
  let stopping = false
  const stop = () => {
    if (stopping) process.exit(1)
    stopping = true
    void close().then(() => process.exit(0))
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
