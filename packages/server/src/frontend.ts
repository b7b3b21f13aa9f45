import { type Frontend, frontend, openapi, unservedFrontendOperations } from '@clerk-server/contract'
import { browserClientView, type UnderWay } from './clients/browser-view.js'
import { clientsFrontend } from './clients/frontend.js'
import { devBrowsersFrontend } from './dev-browsers/frontend.js'
import { introduceDevBrowsers } from './dev-browsers/introduction.js'
import { environmentFrontend } from './environment/frontend.js'
import { handshakesFrontend } from './handshakes/frontend.js'
import type { App } from './http/app.js'
import type { ClientAddress } from './http/client-address.js'
import type { Handlers } from './http/mount.js'
import type { RateLimiters } from './http/rate-limits.js'
import { madeOnce } from './made-once.js'
import { meFrontend } from './me/frontend.js'
import type { Resources } from './resources.js'
import { createBrowserSessions } from './sessions/browser-view.js'
import { cookieSuffix } from './sessions/cookies.js'
import { sessionsFrontend } from './sessions/frontend.js'
import { createSignIns } from './sign-ins/sign-ins.js'
import { signUpsFrontend, signUpUnderWay } from './sign-ups/frontend.js'
import { ticketsFrontend } from './tickets/frontend.js'
import { type CookieScope, homeDomain } from './visitors/cookies.js'
import { allowOrigins } from './visitors/cors.js'
import { identifier } from './visitors/identify.js'
import { frontendPath, mountFrontend } from './visitors/mount.js'
import type { Visitor } from './visitors/visitor.js'

interface Surroundings {
  clientAddress: ClientAddress
  /** Puts the limits of single routes in front of their handlers. */
  guard: RateLimiters['guard']
}

/** The description of the API, made when it is first asked for. */
const description = madeOnce(async () =>
  openapi(frontend, { title: 'Frontend API', version: 'v1', path: frontendPath }),
)

/** Serves the Frontend API: a handler for each of its routes, and what is around them. */
export function serveFrontend(app: App, of: Resources, { clientAddress, guard }: Surroundings): void {
  const { environment, browserClients, browserSessions } = of
  const sessions = createBrowserSessions(of.users, of.tokens, of.clock)
  const signIns = createSignIns(of)
  const underWay: UnderWay = { signIn: signIns.underWay, signUp: signUpUnderWay(of.signUps, of.clock) }
  const viewClient = browserClientView(browserSessions, sessions, underWay)

  const suffix = cookieSuffix(of.application.publishableKey)
  const cookieScope = (): CookieScope => ({
    secure: of.publicUrl().startsWith('https:'),
    suffix,
    domain: environment === 'production' ? homeDomain(of.instance.issuer, of.publicUrl()) : undefined,
  })
  const handlers: Handlers<Frontend, Visitor> = {
    ...environmentFrontend(of.settings, of.instanceId, environment, of.publicUrl),
    ...clientsFrontend(browserClients, browserSessions, viewClient),
    ...sessionsFrontend(browserSessions, sessions, of.templateTokens),
    ...signIns.handlers,
    ...devBrowsersFrontend(of.devBrowsers, environment),
    ...handshakesFrontend({ ...of, sessions, cookieScope }),
    ...signUpsFrontend(of.signUpFlow, of.signUps, browserClients, of.clock),
    ...ticketsFrontend(of.ticketUse),
    ...meFrontend(of),
  }

  for (const path of ['/.well-known/jwks.json', '/__clerk/.well-known/jwks.json']) {
    app.get(path, (c) => c.json({ keys: of.keys.signing.published() }))
  }
  app.get('/__clerk/openapi.json', async (c) => c.json(await description()))
  app.use(`${frontendPath}/*`, allowOrigins(of.origins))
  if (environment === 'development') {
    app.use(`${frontendPath}/environment`, introduceDevBrowsers(of.devBrowsers, cookieScope))
  }
  mountFrontend(app, {
    handlers: guard(handlers),
    unserved: unservedFrontendOperations,
    identify: identifier({
      environment,
      clients: browserClients,
      devBrowsers: of.devBrowsers,
      origins: of.origins,
      settings: of.settings,
      keys: of.keys,
      clientAddress,
    }),
    viewClient,
    reread: browserClients.get,
    cookieScope,
    setsClientUat: environment === 'production',
  })
}
