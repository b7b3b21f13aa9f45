import type { KeyObject } from 'node:crypto'
import { keyFromPEM } from './token/public-key.js'
import { type HttpOptions, type HttpSettings, httpSettings } from './transport/http-options.js'

/** What a {@link Clerk} can be told. For each option: the value given, else the environment variable, else the default. */
export interface ClerkOptions {
  /** The secret key. Environment: `CLERK_API_KEY`, then `CLERK_SECRET_KEY`. There is no default. */
  apiKey?: string | undefined
  /** Where the API is. Environment: `CLERK_API_URL`. Default: `https://api.clerk.dev`. */
  serverApiUrl?: string | undefined
  /** Another spelling of {@link ClerkOptions.serverApiUrl}, which wins when both are given. */
  serverApiURL?: string | undefined
  /** Environment: `CLERK_API_VERSION`. Default: `v1`. */
  apiVersion?: string | undefined
  /** How requests are made: time limits, retries, connections, hooks. */
  httpOptions?: HttpOptions | null | undefined
  /**
   * The public key of tokens, in PEM. With it tokens are verified without any request, whatever key they name.
   * Environment: `CLERK_JWT_KEY`. Default: the keys that the API publishes.
   */
  jwtKey?: string | undefined
  /** How long the public keys of tokens are kept, in milliseconds; 0 keeps them for ever. Default: 3600000, an hour. */
  jwksCacheMaxAge?: number | undefined
  /**
   * Who may have issued a token (`iss`): exactly these, or those for which the function answers `true`.
   * Environment: `CLERK_ISSUER`. Default: `https://clerk.…` and `https://….clerk.accounts.dev`.
   */
  issuer?: string | readonly string[] | ((issuer: string) => boolean) | undefined
  /** Whom a token must be for (`aud`): one of these, exactly. Default: whomever. */
  audience?: string | readonly string[] | undefined
  /** The origins of pages that a token may have been made for (`azp`): one of these, exactly. Default: any, or none. */
  authorizedParties?: readonly string[] | undefined
  /** By how much the clocks of issuer and verifier may differ, in milliseconds. Default: 0. */
  clockSkewInMs?: number | undefined
  /**
   * For how many tokens it is remembered that their signature was good, so that it is not worked out at every request;
   * 0 remembers none. Everything else about a token is checked at every use. Default: 1000.
   */
  tokenCacheSize?: number | undefined
}

/** Options as they were resolved. Only the key can be missing. */
export interface Settings {
  readonly apiKey: string | undefined
  readonly serverApiUrl: string
  readonly apiVersion: string
  readonly httpOptions: HttpOptions
  readonly http: HttpSettings
  readonly jwtKey: string | undefined
  readonly publicKey: KeyObject | undefined
  readonly jwksCacheMaxAge: number
  readonly issuer: readonly string[] | ((issuer: string) => boolean) | undefined
  readonly audience: readonly string[] | undefined
  readonly authorizedParties: readonly string[] | undefined
  readonly clockSkewInMs: number
  readonly tokenCacheSize: number
}

/** Settings that a request can be made with. */
export type ReadySettings = Settings & { readonly apiKey: string }

const variables = [
  'CLERK_API_KEY',
  'CLERK_SECRET_KEY',
  'CLERK_API_URL',
  'CLERK_API_VERSION',
  'CLERK_ISSUER',
  'CLERK_JWT_KEY',
] as const

type Environment = Partial<Record<(typeof variables)[number], string | undefined>>

const environmentNow = (): Environment => Object.fromEntries(variables.map((name) => [name, process.env[name]]))

const defaults = {
  serverApiUrl: 'https://api.clerk.dev',
  apiVersion: 'v1',
  jwksCacheMaxAge: 3_600_000,
  clockSkewInMs: 0,
  tokenCacheSize: 1000,
}

const isMilliseconds = (value: unknown): boolean => typeof value === 'number' && value >= 0

const isCount = (value: unknown): boolean => isMilliseconds(value) && Number.isInteger(value) && Number(value) <= 1e6

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''

/** Copied before it is looked at, because `every` passes over gaps. A list of nothing was to be a list of something. */
const isList = (value: unknown): boolean => Array.isArray(value) && value.length > 0 && [...value].every(isText)

/** What an option must be when it is given, and how that is said. */
const rules = {
  jwksCacheMaxAge: [isMilliseconds, 'a number of milliseconds, 0 or more'],
  clockSkewInMs: [isMilliseconds, 'a number of milliseconds, 0 or more'],
  tokenCacheSize: [isCount, 'a whole number from 0 to 1000000'],
  issuer: [
    (value) => typeof value === 'string' || typeof value === 'function' || isList(value),
    'a text, texts, or a function',
  ],
  audience: [
    (value) => isText(value) || isList(value),
    'a text that is not empty, or a list of such texts that is not empty',
  ],
  authorizedParties: [isList, 'a list of texts, and neither the list nor a text may be empty'],
} satisfies { [Name in keyof ClerkOptions]: [(value: unknown) => boolean, string] }

/** The exact wording is what users' test suites match on, its blank lines included. */
const missingKey = `
Clerk API key not found during initialization.
Set CLERK_API_KEY or pass { apiKey }; the README of @clerk/clerk-sdk-node says where to find the key.
    `

/** @throws Error when a value cannot be what it is meant to be. The message never shows a key. */
function resolve(options: ClerkOptions, environment: Environment): Settings {
  const apiKey = options.apiKey || environment.CLERK_API_KEY || environment.CLERK_SECRET_KEY || undefined
  if (apiKey !== undefined) assertSecretKey(apiKey)
  assertMeant(options)
  const issuer = options.issuer || environment.CLERK_ISSUER || undefined
  const jwtKey = options.jwtKey || environment.CLERK_JWT_KEY || undefined
  const url = options.serverApiUrl || options.serverApiURL || environment.CLERK_API_URL || defaults.serverApiUrl
  return {
    apiKey,
    serverApiUrl: String(url).replace(/\/+$/, ''),
    apiVersion: options.apiVersion || environment.CLERK_API_VERSION || defaults.apiVersion,
    httpOptions: options.httpOptions ?? {},
    http: httpSettings(options.httpOptions ?? {}),
    jwtKey,
    publicKey: jwtKey === undefined ? undefined : keyFromPEM(jwtKey),
    jwksCacheMaxAge: options.jwksCacheMaxAge ?? defaults.jwksCacheMaxAge,
    issuer: typeof issuer === 'function' ? issuer : listed(issuer),
    audience: listed(options.audience),
    authorizedParties: listed(options.authorizedParties),
    clockSkewInMs: options.clockSkewInMs ?? defaults.clockSkewInMs,
    tokenCacheSize: options.tokenCacheSize ?? defaults.tokenCacheSize,
  }
}

function assertSecretKey(key: unknown): asserts key is string {
  // Whatever is not a visible ASCII character, or is a quote, was copied along with the key and would break the header.
  if (typeof key !== 'string' || !/^[!#-&(-~]+$/.test(key)) {
    throw new Error(
      'The Clerk API key is malformed: it must be a text without spaces, line breaks, quotes or characters beyond ASCII.',
    )
  }
  if (key.startsWith('pk_')) {
    throw new Error('The Clerk API key is a publishable key (pk_…), but this SDK needs the secret key.')
  }
}

function assertMeant(options: ClerkOptions): void {
  for (const [name, [isMeant, words]] of Object.entries(rules)) {
    const value = options[name as keyof typeof rules]
    if (value !== undefined && !isMeant(value)) throw new Error(`${name} must be ${words}.`)
  }
}

/** @throws Error when it is given and is not a list of texts. */
export function readAuthorizedParties(authorizedParties: readonly string[] | undefined): readonly string[] | undefined {
  if (authorizedParties === undefined) return undefined
  assertMeant({ authorizedParties })
  return listed(authorizedParties)
}

/** Several of what may be given as one. */
const listed = (texts: string | readonly string[] | undefined): readonly string[] | undefined =>
  texts === undefined ? undefined : [texts].flat()

/** The settings of one instance: resolved when they are first needed, and again after each change. */
export class Configuration {
  #given: ClerkOptions
  #environment: Environment | undefined
  #ready: ReadySettings | undefined

  constructor(given: ClerkOptions) {
    this.#given = given
  }

  get settings(): Settings {
    return this.#ready ?? resolve(this.#given, this.#environment ?? environmentNow())
  }

  /**
   * The same object until something is changed. The environment counts as it was when this first succeeded.
   *
   * @throws Error when there is no key, neither given nor in the environment.
   */
  get ready(): ReadySettings {
    if (this.#ready) return this.#ready
    const environment = this.#environment ?? environmentNow()
    const { apiKey, ...settings } = resolve(this.#given, environment)
    if (apiKey === undefined) throw new Error(missingKey)
    this.#environment = environment
    this.#ready = { ...settings, apiKey }
    return this.#ready
  }

  /** @throws Error when the new value cannot be what it is meant to be; everything then stays as it was. */
  change(options: ClerkOptions): void {
    const given = { ...this.#given, ...options }
    resolve(given, this.#environment ?? {})
    this.#given = given
    this.#ready = undefined
  }
}
