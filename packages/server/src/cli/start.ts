import { type Listener, listen } from '../http/listen.js'
import type { ClerkServer } from '../options.js'
import { createServer } from '../server.js'
import type { StartArguments } from './arguments.js'

/** Starts an instance and serves it until a signal says to stop. Prints its addresses and keys once it is ready. */
export async function start({ host, port, storage, seedFile, json }: StartArguments): Promise<void> {
  const server = await createServer({ storage, seedFile, log: process.stderr })
  const listener = await listen(server, { host, port }).catch(async (error: unknown) => {
    await server.close()
    throw error
  })
  stopOnSignal(server, listener)
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

function stopOnSignal(server: ClerkServer, listener: Listener): void {
  let stopping = false
  const stop = async () => {
    if (stopping) process.exit(1)
    stopping = true
    await listener.close()
    await server.close()
    process.exit(0)
  }
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
}
