import { inspect } from 'node:util'
import { type ClerkServerError, HttpError } from './errors.js'
import { Logger } from './logger.js'
import { type Middleware, middleware } from './middleware/express.js'
import { type ClerkOptions, Configuration, type ReadySettings } from './options.js'
import { SubApis } from './sub-apis.js'
import { decodeToken, type JwtPayload } from './token/decode.js'
import { Verifier } from './token/verify.js'
import type { HttpOptions } from './transport/http-options.js'
import { createRawRequest, type RawArguments, type RawResult, type RawRoute } from './transport/raw.js'
import { createRequest } from './transport/request.js'

/** How a middleware deals with requests that are not signed in. */
export interface MiddlewareOptions {
  /**
   * Gets the reason. When it returns an Error, that goes to `next`, and its `statusCode` is the answer's. Anything else
   * lets the request go on; in the strict middleware `undefined` does not. It may be async.
   * Default: `defaultOnError`, in the strict middleware `strictOnError`.
   */
  onError?: ((error: Error) => unknown) | undefined
  /** The instance whose settings count. Default: the one the middleware was made with. */
  clerk?: Clerk | undefined
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
   * `JsonWebTokenError`, `SigningKeyNotFoundError`, or a plain one. Rejects with a `JwksError` (503) when the keys cannot
   * be had.
   */
  async verifyToken(token: string): Promise<JwtPayload> {
    return this.#verifierFor(this.#configuration.ready).verify(token)
  }

  /** What lax middleware does when nobody is signed in: it logs why, and lets the request pass. */
  defaultOnError(error: Error): unknown {
    const { errors = [] }: { errors?: ClerkServerError[] } = error instanceof HttpError ? error : {}
    for (const text of [error.message, ...errors.map(({ longMessage }) => longMessage)]) Logger.error(text)
    return undefined
  }

  /** What strict middleware does when nobody is signed in: it gives the error to `next`. */
  strictOnError(error: Error): unknown {
    this.defaultOnError(error)
    return error
  }

  /** Middleware that sets `req.session` for a signed-in user, and lets everybody pass. */
  expressWithSession(options?: MiddlewareOptions | null): Middleware {
    return this.#middleware('lax', options)
  }

  /** Middleware that sets `req.session` for a signed-in user, and answers 401 to everybody else. */
  expressRequireSession(options?: MiddlewareOptions | null): Middleware {
    return this.#middleware('strict', options)
  }

  #middleware(mode: 'lax' | 'strict', options?: MiddlewareOptions | null): Middleware {
    const clerk = options?.clerk ?? this
    const onError = options?.onError
    const byDefault = mode === 'strict' ? 'strictOnError' : 'defaultOnError'
    const guard = {
      assertReady: () => void clerk.#configuration.ready,
      decodeToken: (token: string) => clerk.decodeToken(token),
      verifyToken: (token: string) => clerk.verifyToken(token),
      onError: (error: Error) => (typeof onError === 'function' ? onError(error) : clerk[byDefault](error)),
    }
    return middleware(guard, mode)
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
}
