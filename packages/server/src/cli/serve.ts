import type { Storage } from '../options.js'
import { type RunningServer, type StartOptions, startServer } from '../start-server.js'
import { encryptionKeys } from './encryption-keys.js'
import { standardErrorLog } from './log.js'

interface ServeArguments extends Omit<StartOptions, 'memory' | 'dataDir' | 'databaseUrl' | 'log'> {
  storage: Storage
  json: boolean
}

/** Starts an instance and serves it until a signal says to stop. Prints its addresses and keys once it is ready. */
export async function serve({ storage, json, ...options }: ServeArguments): Promise<void> {
  const log = standardErrorLog()
  const server = await startServer({ ...storage, ...options, ...encryptionKeys(), log, ownProcess: true })
  stopOnSignal(async () => {
    await server.close()
    await log.flush()
  })
  process.stdout.write(json ? `${JSON.stringify(readyEvent(server))}\n` : readyText(server))
}

/** Without the secret key where it cannot be shown (any more). */
const readyEvent = ({ url, secretKey, apiKey, publishableKey }: RunningServer) => ({
  event: 'ready',
  url,
  apiUrl: url,
  frontendApiUrl: `${url}/__clerk`,
  secretKey,
  apiKey,
  publishableKey,
  pid: process.pid,
})

const readyText = ({ url, secretKey, apiKey, publishableKey }: RunningServer) => `
clerk-server is ready at ${url}

  CLERK_API_URL          ${url}
${
  secretKey === undefined
    ? keptAsDigests
    : `  CLERK_API_KEY          ${apiKey}
  CLERK_SECRET_KEY       ${secretKey}`
}
  CLERK_PUBLISHABLE_KEY  ${publishableKey}

`

const keptAsDigests = '  CLERK_SECRET_KEY       (was shown when it was made; clerk-server keys create makes another)'

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
