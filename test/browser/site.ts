import type { ServerOptions } from 'clerk-server'
import { onTestFinished, vi } from 'vitest'
import { freshStorage, type Instance, production, startInstance } from '../support/instance.js'
import { messagesIn } from '../support/rows.js'
import type { Settings } from '../support/signed-in.js'
import { type Application, type Guard, startApplication } from './application.js'
import { openFront } from './https.js'

/** Milliseconds in which a message is written. */
const patience = 5_000

/** Tests come from one address, and are quicker than people. */
const rateLimits = {
  'sign-ups': 'off',
  'sign-up-steps': 'off',
  'sign-up-attempts': 'off',
  'sign-ins': 'off',
  'sign-in-steps': 'off',
  'sign-in-attempts': 'off',
} as const

export const kindsOfKeys = ['test', 'live'] as const

export interface SiteOptions {
  guard: Guard
  /** Of a development instance, or of one for production. */
  keys: (typeof kindsOfKeys)[number]
  clerkJS?: '5' | '6'
  /** Whether people reach both over https, on hosts of one domain, as in production. The keys are live ones then. */
  https?: boolean
  /** Whether the application has pages of its own to sign in and up, instead of those of the server. */
  ownPages?: boolean
  settings?: Settings
}

/**
 * A server, and an application that has its users there: on one host, as cookies know no ports, or on two hosts of one
 * domain.
 */
export interface Site {
  instance: Instance
  app: Application
  /** Where people sign up and in. */
  pages: string
  /** Where somebody signs in who wants to a page. */
  signInUrl(redirectUrl: string): string
  /** The code that was sent last to an address. */
  codeFor(address: string): Promise<string>
  /** A session token that has expired a minute ago. */
  expiredToken(sessionId: string): Promise<string>
}

export async function openSite({
  guard,
  keys,
  clerkJS = '5',
  https = false,
  ownPages = false,
  settings = {},
}: SiteOptions): Promise<Site> {
  const storage = await freshStorage('SQLite', keys === 'live' ? 'schema' : 'instance')
  const time = { shift: 0 }
  const here = { url: '' }
  const options: Partial<ServerOptions> = {
    ...(keys === 'live' && production),
    rateLimits,
    publicUrl: () => here.url,
    clock: () => Date.now() + time.shift,
  }
  const instance = await startInstance({ ...options, storage, settings })
  const front = https ? await openFront() : undefined
  here.url = front?.urls.server ?? instance.url
  const app = await startApplication({ guard, clerkJS, ownPages, server: instance, front: front?.urls })
  front?.send('app', app.origin)
  front?.send('server', instance.url)
  onTestFinished(() => app[Symbol.asyncDispose]())
  if (keys === 'live') await instance.call('PATCH /instance', { json: { allowed_origins: [app.url] } })
  return {
    instance,
    app,
    pages: ownPages ? app.url : here.url,
    signInUrl: (redirectUrl) => `${app.signInUrl}${encodeURIComponent(redirectUrl)}`,

    codeFor: (address) =>
      vi.waitFor(async () => {
        const messages = (await messagesIn(storage)).filter(({ recipient }) => recipient === address)
        const code = /\b\d{6}\b/.exec(messages.at(-1)?.body_plain ?? '')?.[0]
        if (code === undefined) throw new Error(`no code was sent to ${address}`)
        return code
      }, patience),

    async expiredToken(sessionId) {
      time.shift = -120_000
      const params = { session_id: sessionId }
      const { body } = await instance.call('POST /sessions/{session_id}/tokens', { params })
      time.shift = 0
      return body.jwt
    },
  }
}
