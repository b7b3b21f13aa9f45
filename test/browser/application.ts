import { fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import type { ApplicationKeys } from 'clerk-server'

/** The middlewares an application can have: the names of what is in `application/guards.mjs`. */
export type Guard = 'this SDK' | '2.6.3' | '4.13.23' | '@clerk/express'

export interface Application extends AsyncDisposable {
  /** Where people reach it: `http://127.0.0.1:port`, unless something is before it. */
  url: string
  /** Where it listens. */
  origin: string
  /** Its page to sign in, or that of the server, as far as the address that comes after it. */
  signInUrl: string
  /** What it has printed so far: nothing, where all is well. */
  log(): string
}

interface Settings {
  guard: Guard
  /** The major version of clerk-js on its pages. */
  clerkJS: '5' | '6'
  server: Pick<ApplicationKeys, 'secretKey' | 'apiKey' | 'publishableKey'> & { url: string }
  /** Where people reach the application and the server, where that is not where they listen. */
  front?: Record<'app' | 'server', string> | undefined
  /** Whether it has pages of its own to sign in and up, instead of those of the server. */
  ownPages?: boolean
}

const program = fileURLToPath(new URL('application/server.mjs', import.meta.url))

/** Starts an application in a process of its own: most middlewares read the environment when they are loaded. */
export async function startApplication({
  guard,
  clerkJS,
  server,
  front,
  ownPages = false,
}: Settings): Promise<Application> {
  const serverUrl = front?.server ?? server.url
  const pages = ownPages ? '' : serverUrl
  // On a page of the application, clerk-js keeps its steps and parameters in the fragment.
  const signInUrl = `${pages}/sign-in${ownPages ? '#/' : ''}?redirect_url=`
  const child = fork(program, {
    env: {
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      GUARD: guard,
      CLERK_JS_VERSION: clerkJS,
      CLERK_API_URL: server.url,
      CLERK_API_KEY: server.apiKey,
      CLERK_SECRET_KEY: server.secretKey,
      CLERK_PUBLISHABLE_KEY: server.publishableKey,
      CLERK_TELEMETRY_DISABLED: '1',
      PUBLISHABLE_KEY: server.publishableKey,
      FRONTEND_API_URL: `${serverUrl}/__clerk`,
      SIGN_IN_URL: `${pages}/sign-in`,
      SIGN_UP_URL: `${pages}/sign-up`,
      SENDS_TO: signInUrl,
    },
    silent: true,
  })
  let log = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.setEncoding('utf8').on('data', (text: string) => {
      log += text
    })
  }
  const died = once(child, 'exit').then(([code]) => {
    throw new Error(`the application with ${guard} ended with ${code}: ${log}`)
  })
  const [{ url: origin }] = (await Promise.race([once(child, 'message'), died])) as [{ url: string }]
  died.catch(() => {})
  const url = front?.app ?? origin
  return {
    url,
    origin,
    signInUrl: ownPages ? url + signInUrl : signInUrl,
    log: () => log,
    async [Symbol.asyncDispose]() {
      if (child.exitCode !== null || child.signalCode !== null) return
      const ended = once(child, 'exit')
      child.kill('SIGKILL')
      await ended
    },
  }
}
