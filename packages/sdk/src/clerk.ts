import type { IncomingMessage, ServerResponse } from 'node:http'
import { inspect } from 'node:util'
import { HttpError } from './errors.js'
import { Logger } from './logger.js'
import { type Middleware, middleware } from './middleware/express.js'
import { createGuard, type Guard, type Mode } from './middleware/guard.js'
import { type GuardedHandler, guarded, type Handler } from './middleware/handler.js'
import type { MiddlewareOptions } from './middleware/options.js'
import type { RequireAuthProp, SessionRequest, SignedInSessionRequest, WithAuthProp } from './middleware/props.js'
import type { Form } from './middleware/request.js'
import { type ClerkOptions, Configuration, type ReadySettings, readAuthorizedParties } from './options.js'
import { SubApis } from './sub-apis.js'
import { assertAuthorizedParty } from './token/claims.js'
import { decodeToken, type JwtPayload } from './token/decode.js'
import { Verifier } from './token/verify.js'
import type { HttpOptions } from './transport/http-options.js'
import { createRawRequest, type RawArguments, type RawResult, type RawRoute } from './transport/raw.js'
import { createRequest } from './transport/request.js'

/** What a single verification can be told. */
export interface VerifyTokenOptions {
  /** The origins of pages that the token may have been made for (`azp`), on top of those of the instance. Default: any. */
  authorizedParties?: readonly string[] | undefined
}

/** Marks the options of the singleton, which may lack a key until it is used. */
const onFirstUse: ClerkOptions = {}

/**
 * One connection to one instance of the API: its settings, its sub-APIs, its public keys. Instances share nothing but
 * sockets. Settings can be changed at any time; the next call uses them.
 */
export class Clerk extends SubApis {
  /** @internal The instance that {@link Clerk.getInstance} gives. */
  static _instance: Clerk | undefined

  readonly #configuration: Configuration
  #verifier: { readonly of: ReadySettings; readonly is: Verifier } | undefined

  /**
   * @throws Error when there is no API key, neither in the options nor in the environment, or when an option cannot be
   * what it is meant to be.
   */
  constructor(options?: ClerkOptions | null)
  constructor(apiKey: string, options?: ClerkOptions | null)
  constructor(first?: string | ClerkOptions | null, second?: ClerkOptions | null) {
    const options = typeof first === 'string' ? { ...second, apiKey: first || second?.apiKey } : (first ?? {})
    const configuration = new Configuration(options)
    super(createRequest(() => configuration.ready))
    this.#configuration = configuration
    if (options !== onFirstUse) this.#configuration.ready satisfies ReadySettings
  }

  /** The one instance that takes its settings from the environment, when it is first used. */
  static getInstance(): Clerk {
    Clerk._instance ??= new Clerk(onFirstUse)
    return Clerk._instance
  }

  get apiKey(): string | undefined {
    return this.#configuration.settings.apiKey
  }

  set apiKey(apiKey: string | undefined) {
    this.#configuration.change({ apiKey })
  }

  get serverApiUrl(): string {
    return this.#configuration.settings.serverApiUrl
  }

  set serverApiUrl(serverApiUrl: string) {
    this.#configuration.change({ serverApiUrl })
  }

  /** Another spelling of {@link Clerk.serverApiUrl}. */
  get serverApiURL(): string {
    return this.serverApiUrl
  }

  set serverApiURL(serverApiUrl: string) {
    this.serverApiUrl = serverApiUrl
  }

  get apiVersion(): string {
    return this.#configuration.settings.apiVersion
  }

  set apiVersion(apiVersion: string) {
    this.#configuration.change({ apiVersion })
  }

  /** The public key that tokens are verified with instead of those that the API publishes. */
  get jwtKey(): string | undefined {
    return this.#configuration.settings.jwtKey
  }

  set jwtKey(jwtKey: string | undefined) {
    this.#configuration.change({ jwtKey })
  }

  get httpOptions(): HttpOptions {
    return this.#configuration.settings.httpOptions
  }

  set httpOptions(httpOptions: HttpOptions) {
    this.#configuration.change({ httpOptions })
  }

  /**
   * Makes a call that has no method of its own, by the rules of those that have: the same key, encoding, retries and
   * errors. Gives the JSON as it came, and with `.withResponse()` its status and headers.
   *
   * Rejects before any request when the route is not like `GET /users/{user_id}`, or its `params` are not those in it.
   */
  request<T = unknown, const Route extends RawRoute = RawRoute>(
    route: Route,
    ...[input]: RawArguments<Route>
  ): RawResult<T> {
    return this.#rawRequest<T>(route, input)
  }

  /**
   * The claims of a token, with nothing verified: who shows it may be anybody.
   *
   * @throws Error when it is not a JWT.
   */
  decodeToken(token: string): JwtPayload {
    return decodeToken(token)
  }

  /**
   * The claims of a token that is signed with RS256 by a key of this instance, is of its time, and is what the options
   * `issuer`, `audience` and `authorizedParties` ask for. Without `jwtKey` the public keys are fetched when they are
   * first needed. The object is the caller's own.
   *
   * Rejects with an Error whose `statusCode` is 401 when the token is at fault: `TokenExpiredError`, `NotBeforeError`,
   * `JsonWebTokenError`, `SigningKeyNotFoundError`, or a plain one; its `reason` names the check. Rejects with a
   * `JwksError` (503) when the keys cannot be had.
   */
  async verifyToken(token: string, options?: VerifyTokenOptions | null): Promise<JwtPayload> {
    const parties = readAuthorizedParties(options?.authorizedParties)
    const claims = await this.#verifierFor(this.#configuration.ready).verify(token)
    assertAuthorizedParty(claims.azp, parties)
    return claims
  }

  /** What lax middleware does when nobody is signed in: it logs why, and lets the request pass. */
  defaultOnError(error: Error): unknown {
    for (const text of textsOf(error)) Logger.warn(text)
    return undefined
  }

  /** What strict middleware does when nobody is signed in: it logs why, and gives the error to `next`. */
  strictOnError(error: Error): unknown {
    for (const text of textsOf(error)) Logger.error(text)
    return error
  }

  /** Middleware that sets `req.session`, `req.sessionClaims` and `req.auth` for a signed-in user, and lets everybody pass. */
  expressWithSession(options?: MiddlewareOptions | null): Middleware {
    return middleware(this.#guard('session', 'lax', options))
  }

  /** The same, but it gives an error, 401 for the signed-out, to `next` for everybody else. */
  expressRequireSession(options?: MiddlewareOptions | null): Middleware {
    return middleware(this.#guard('session', 'strict', options))
  }

  /** Like {@link expressWithSession}, but it sets `req.auth` alone: `req.session` may be another package's. */
  expressWithAuth(options?: MiddlewareOptions | null): Middleware {
    return middleware(this.#guard('auth', 'lax', options))
  }

  /** Like {@link expressRequireSession}, but it sets `req.auth` alone: `req.session` may be another package's. */
  expressRequireAuth(options?: MiddlewareOptions | null): Middleware {
    return middleware(this.#guard('auth', 'strict', options))
  }

  /**
   * Wraps a handler of Next.js pages, of `node:http`, or of Express: it runs for everybody, and finds `req.session` of a
   * signed-in user. When `onError` returns an Error, that is answered instead: with its `statusCode`, else 401, and its
   * `data`, else its message.
   */
  withSession<Req = IncomingMessage, Res = ServerResponse, Rest extends unknown[] = [], Result = void>(
    handler: Handler<SessionRequest<Req>, Res, Rest, Result>,
    options?: MiddlewareOptions | null,
  ): GuardedHandler<Req, Res, Rest, Result> {
    return guarded(this.#guard('session', 'lax', options), handler)
  }

  /** The same, but the handler runs for signed-in users only, whatever `onError` returns. */
  requireSession<Req = IncomingMessage, Res = ServerResponse, Rest extends unknown[] = [], Result = void>(
    handler: Handler<SignedInSessionRequest<Req>, Res, Rest, Result>,
    options?: MiddlewareOptions | null,
  ): GuardedHandler<Req, Res, Rest, Result> {
    return guarded(this.#guard('session', 'closed', options), handler)
  }

  /** Like {@link withSession}, but the handler finds `req.auth` alone. */
  withAuth<Req = IncomingMessage, Res = ServerResponse, Rest extends unknown[] = [], Result = void>(
    handler: Handler<WithAuthProp<Req>, Res, Rest, Result>,
    options?: MiddlewareOptions | null,
  ): GuardedHandler<Req, Res, Rest, Result> {
    return guarded(this.#guard('auth', 'lax', options), handler)
  }

  /** Like {@link requireSession}, but the handler finds `req.auth` alone. */
  requireAuth<Req = IncomingMessage, Res = ServerResponse, Rest extends unknown[] = [], Result = void>(
    handler: Handler<RequireAuthProp<Req>, Res, Rest, Result>,
    options?: MiddlewareOptions | null,
  ): GuardedHandler<Req, Res, Rest, Result> {
    return guarded(this.#guard('auth', 'closed', options), handler)
  }

  static {
    // Else the value of `apiKey` would be printed by whoever asks for getters, too.
    Object.defineProperty(Clerk.prototype, inspect.custom, { value: () => 'Clerk {}' })
  }

  readonly #rawRequest = createRawRequest(() => this.#configuration.ready)

  /** What is known of keys and tokens under these settings: any change of a setting begins anew. */
  #verifierFor(settings: ReadySettings): Verifier {
    if (this.#verifier?.of !== settings) this.#verifier = { of: settings, is: new Verifier(settings) }
    return this.#verifier.is
  }

  #guard(form: Form, mode: Mode, options?: MiddlewareOptions | null): Guard {
    const clerk: Clerk = options?.clerk ?? this
    if (typeof clerk !== 'object' || !(#configuration in clerk)) throw new Error('clerk must be an instance of Clerk.')
    return createGuard(form, mode, options, { clerk, original, settings: () => clerk.#configuration.ready })
  }
}

/** The methods that nobody has replaced. */
const original = { decodeToken: Clerk.prototype.decodeToken, verifyToken: Clerk.prototype.verifyToken }

/** What an error says, and what the API says in it. */
const textsOf = (error: Error): string[] => [
  error.message,
  ...(error instanceof HttpError ? error.errors.map(({ longMessage }) => longMessage) : []),
]
