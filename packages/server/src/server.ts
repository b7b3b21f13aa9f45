import { randomInt } from 'node:crypto'
import { openapi } from '@clerk-server/contract'
import { pino } from 'pino'
import { admissionBackends } from './admission.js'
import { clientsBackend } from './clients/backend.js'
import { createClientStore } from './clients/store.js'
import { migrate } from './database/migrate.js'
import { startDelivery } from './delivery/delivery.js'
import { createOutbox } from './delivery/outbox.js'
import { transports } from './delivery/transports.js'
import { emailAddressesBackend } from './email-addresses/backend.js'
import { createPrimaryNotice } from './email-addresses/primary-notice.js'
import { createHandshakeStore } from './handshakes/store.js'
import { createApp } from './http/app.js'
import { clientAddress } from './http/client-address.js'
import { serveHealth } from './http/health.js'
import { createMetrics, serveMetrics } from './http/metrics.js'
import { type Handlers, mount } from './http/mount.js'
import { rateLimitsOf } from './http/rate-limit-settings.js'
import { createRateLimiters } from './http/rate-limits.js'
import { requireSecretKey } from './http/secret-key.js'
import { createCodeVerification } from './identifications/code-verification.js'
import { createIdentificationStore } from './identifications/store.js'
import { createIds } from './ids.js'
import { serveInbox } from './inbox/inbox.js'
import { createInboxStore } from './inbox/store.js'
import { applicationKeys } from './instance/application-keys.js'
import { derivedKey } from './instance/derived-key.js'
import { openInstance } from './instance/instance.js'
import { readIssuer } from './instance/issuer.js'
import { readKeys } from './instance/keys.js'
import { createSecretKeyStore } from './instance/secret-keys.js'
import { openStorage } from './instance/storage.js'
import { interstitialsBackend } from './interstitials/backend.js'
import { jwksBackend } from './jwks/backend.js'
import { jwtTemplatesBackend } from './jwt-templates/backend.js'
import { createJWTTemplateStore } from './jwt-templates/store.js'
import { createTemplateTokens } from './jwt-templates/tokens.js'
import { messagesBackend } from './messages/backend.js'
import { createMessageStore } from './messages/store.js'
import type { ClerkServer, ServerOptions } from './options.js'
import { createPasswords } from './passwords/passwords.js'
import { phoneNumbersBackend } from './phone-numbers/backend.js'
import { createSealing } from './sealing/sealing.js'
import { seed } from './seed.js'
import { sessionsBackend } from './sessions/backend.js'
import { createRefreshTokens } from './sessions/refresh-tokens.js'
import { createSessionStore } from './sessions/store.js'
import { createJwts } from './tokens/jwt.js'
import { createSessionTokens } from './tokens/session-token.js'
import { createSigningKeyStore } from './tokens/signing-key-store.js'
import { refuseUnserved, type Served, served } from './unserved.js'
import { usersBackend } from './users/backend.js'
import { createUserStore } from './users/store.js'
import { createCodes } from './verifications/code.js'
import { createVerificationStore } from './verifications/store.js'

let kept: object | undefined

/** The description of the API, made when it is first asked for. */
function description(): object {
  kept ??= openapi(served, { title: 'Backend API', version: 'v1', path: '/v1' })
  return kept
}

/**
 * Opens an instance: takes its storage, brings the schema up to date, makes or reads its keys.
 *
 * @throws StartupError when the storage is in use, unreadable or of a newer version, the instance is another one than was
 * asked for, the encryption key is missing or wrong, or the seed is wrong
 */
export async function createServer(options: ServerOptions): Promise<ClerkServer> {
  const { storage, environment = 'development', issuer, seedFile, clock = Date.now, random = randomInt, log } = options
  const { publicUrl = () => 'http://127.0.0.1:4010' } = options
  const address = clientAddress(options.trustedProxies ?? [])
  const ids = createIds(clock)
  const logger = log ? pino({ level: options.logLevel ?? 'info' }, log) : pino({ enabled: false })
  const wanted = { environment, issuer: issuer === undefined ? undefined : readIssuer(issuer) }
  const sealing = createSealing(options.encryptionKey, options.previousEncryptionKey)
  const secretKeys = createSecretKeyStore(environment, sealing, clock, ids)
  const signingKeys = createSigningKeyStore(sealing, clock)
  const opened = await openStorage(storage)
  const { database, release } = opened
  try {
    await migrate(database)
    const stores = { secretKeys, signingKeys, sealing, clock, ids }
    const { instance, rootSecret, secret } = await openInstance(opened, wanted, stores)
    const keys = await readKeys(database, instance.environment, signingKeys, clock, (error) =>
      logger.error({ err: error }, 'a signing key cannot be opened'),
    )
    keys.signing.current()
    const users = createUserStore(database, clock, ids)
    const passwords = createPasswords()
    if (seedFile !== undefined) await seed(seedFile, database, users, passwords, clock)

    const jwts = createJwts(keys.signing)
    const tokens = createSessionTokens(jwts, instance.issuer, clock)
    const sessions = createSessionStore(database, clock, ids)
    const ways = transports({ environment, mail: options.mail, sms: options.sms, clock, instanceId: instance.id })
    const delivery = startDelivery({ database, environment, transports: ways, logger, clock })
    const outbox = createOutbox(clock, ids, environment, delivery.wake)
    const identifications = createIdentificationStore(database, clock, ids)
    const codes = createCodes(derivedKey(rootSecret, 'verification codes'), environment, random)
    const verifications = createVerificationStore(database, clock, ids, codes)
    const codeVerification = createCodeVerification(identifications, verifications, outbox)
    const primaryNotice = createPrimaryNotice(outbox)

    const jwtTemplates = createJWTTemplateStore(database, sealing, clock, ids)
    const application = applicationKeys(instance.environment, instance.issuer, secret)
    const messages = createMessageStore(database, outbox)

    const handlers: Handlers<Served> = {
      ...usersBackend({ users, sessions, passwords, primaryNotice, clock }),
      ...emailAddressesBackend(identifications, codeVerification, primaryNotice),
      ...phoneNumbersBackend(identifications, codeVerification),
      ...sessionsBackend(
        sessions,
        {
          users,
          tokens,
          templateTokens: createTemplateTokens(jwtTemplates, users, jwts, instance.issuer, clock),
          refreshTokens: createRefreshTokens(database, clock),
          environment,
          publishableKey: application.publishableKey,
        },
        clock,
      ),
      ...admissionBackends({
        instanceId: instance.id,
        environment,
        publicUrl,
        database,
        users,
        outbox,
        jwts,
        clock,
        ids,
      }),
      ...clientsBackend(createClientStore(database), sessions, createHandshakeStore(database, clock), tokens, clock),
      ...jwtTemplatesBackend(jwtTemplates),
      ...interstitialsBackend(publicUrl, application.publishableKey),
      ...messagesBackend(messages),
      ...jwksBackend(keys.signing),
    }

    const shown = options.metrics?.token !== undefined || environment === 'development' ? options.metrics : undefined
    const metrics = shown && createMetrics()
    const limiters = createRateLimiters(rateLimitsOf(environment, options.rateLimits), database)
    const app = createApp({ logger, clientAddress: address, unavailable: database.unavailable, metrics })
    serveHealth(app, database.queries)
    if (metrics) serveMetrics(app, metrics, shown)
    app.get('/openapi.json', (c) => c.json(description()))
    if (environment === 'development') {
      serveInbox(app, createInboxStore(database), { publicUrl, inboxHosts: options.inboxHosts ?? [] })
    }
    const guarded = limiters.guard(handlers)
    const api = app.basePath('/v1')
    mount(api, served, guarded, 'public')
    app.use('/v1/*', requireSecretKey(keys.accepts), limiters.perKey)
    mount(api, served, guarded, 'guarded')
    refuseUnserved(api)
    return {
      ...application,
      environment,
      fetch: app.fetch,
      async close() {
        await delivery.close()
        await release()
      },
    }
  } catch (error) {
    await release()
    throw error
  }
}
