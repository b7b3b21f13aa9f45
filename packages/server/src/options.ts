import type { Clock } from './clock.js'
import type { MetricsOptions } from './http/metrics.js'
import type { RateLimitSettings } from './http/rate-limit-settings.js'
import type { SettingsChange } from './settings/settings.js'

/** Where an instance keeps what it knows: exactly one of the three. */
export type Storage = { memory: true } | KeptStorage

/** Where it outlives the process. */
export type KeptStorage =
  /** A folder for an SQLite file, which holds the keys as well; made where there is none. */
  | { dataDir: string }
  /** `postgres://…`: a PostgreSQL database, which holds the keys as well. */
  | { databaseUrl: string }

/** A development instance takes shortcuts that are made for tests; a production instance takes none. */
export type Environment = 'development' | 'production'

/** So many requests in so many seconds. */
export interface RateLimit {
  requests: number
  seconds: number
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]

/** How mail leaves the server. */
export interface MailOptions {
  /** `smtp://user:password@host:587` begins in the clear and goes over to TLS, `smtps://…` is TLS from the start. */
  smtpUrl: string
  /** The sender: `Name <auth@example.com>`, or the address alone. */
  from: string
}

/** How text messages leave the server: each is posted to a hook of the operator's, as docs/server/mail-and-sms.md describes. */
export interface SmsOptions {
  webhookUrl: string
  /** `whsec_` and 24 to 64 bytes in base64: what the hook knows the server by (Standard Webhooks). */
  webhookSecret: string
  /** Lets a production instance post to this machine and to private networks; false by default. */
  allowPrivate?: boolean
}

export interface ServerOptions {
  storage: Storage
  /** What the instance is for, decided for good at its first start; `development` by default. */
  environment?: Environment
  /**
   * `iss` of every token, whose host the publishable key names: `https://clerk.` and more. Decided for good at the first
   * start; a production instance needs one then, a development instance has `https://clerk.localhost` by default.
   */
  issuer?: string | undefined
  /** 32 bytes in base64 or hex. With it, private keys and readable test keys are sealed before they are kept. */
  encryptionKey?: string | undefined
  /** The encryption key there was before, when it is changed. */
  previousEncryptionKey?: string | undefined
  /**
   * Where people reach the server, without a slash at the end: what links in mails and on pages begin with. Asked for
   * when a link is made; `http://127.0.0.1:4010` by default. No header of a request has a say in it.
   */
  publicUrl?: () => string
  /** Without it, a development instance keeps its mail in the inbox, and that of a production instance waits. */
  mail?: MailOptions | undefined
  /** Without it, text messages are kept, or wait, as mail does. */
  sms?: SmsOptions | undefined
  /** Host names, beside those of this machine and of `publicUrl`, by which the inbox and the dashboard may be asked for. */
  inboxHosts?: readonly string[] | undefined
  /** A file of users for a database that has none, one a line, each as `POST /users` takes it. */
  seedFile?: string | undefined
  /** Settings of the instance, which are written at every start, whatever they were before. */
  settings?: SettingsChange | undefined
  /** Milliseconds since 1970; the system's clock by default. */
  clock?: Clock
  /** An integer from 0 up to, but not including, its argument, which nobody can predict; `node:crypto`'s by default. */
  random?: (end: number) => number
  /** Where log lines go, as JSON; nowhere by default. */
  log?: { write(line: string): void }
  /** The least of what is logged; `info` by default. */
  logLevel?: LogLevel | undefined
  /** Serves `GET /metrics`, in the text format of Prometheus; without it there is none. */
  metrics?: MetricsOptions | undefined
  /** What differs from the limits of the environment: a development instance has none, a production one Clerk's. */
  rateLimits?: Partial<RateLimitSettings> | undefined
  /** Addresses and networks of proxies whose `X-Forwarded-For` is believed; none by default. */
  trustedProxies?: readonly string[] | undefined
}

/** The keys an application is configured with. */
export interface ApplicationKeys {
  /** Of a production instance only where it was made just now: it is kept as a digest, and cannot be shown again. */
  secretKey: string | undefined
  /** The same secret as version 2.6.3 of the SDK expects it: by this spelling it knows a development instance. */
  apiKey: string | undefined
  publishableKey: string
}

/** An instance that is ready to answer and listens nowhere yet. */
export interface ClerkServer extends ApplicationKeys {
  environment: Environment
  /** @param bindings the connection a request came over, if there is one */
  fetch(request: Request, bindings?: object): Response | Promise<Response>
  /** Closes the database and lets the data directory go. Requests must have been answered by then. */
  close(): Promise<void>
}
