import type { Agent, OutgoingHttpHeaders } from 'node:http'
import { expectField, fieldsOf, isBoolean, isCount } from './fields.js'
import { checkHeaders } from './headers.js'
import { type HttpHooks, readHooks } from './hooks.js'
import { defaultRetry, type RetryOptions, type RetryRules, readRetry } from './retry-options.js'
import { readSearchParams } from './search.js'
import { type PhaseLimits, readTimeout, type TimeoutOptions } from './timeout.js'
import { readTls, type TlsOptions, type TlsSettings } from './tls.js'

/** How requests are made. The names are those of got, which 2.6.3 was built on. */
export interface HttpOptions {
  /** Sent with every request, besides `Authorization` and `Content-type`, which are the SDK's. */
  headers?: Readonly<Record<string, string | readonly string[] | undefined>> | undefined
  /** The time that one attempt may take as a whole, or each phase of it, in milliseconds. Default: 30000 as a whole. */
  timeout?: number | TimeoutOptions | undefined
  /** How many times a request is repeated, or when. Default: 2 times if it is safe to repeat; 0 turns repeating off. */
  retry?: number | RetryOptions | undefined
  /** What makes the connections, for instance to a proxy. Default: one that keeps connections alive. */
  agent?: Agent | { http?: Agent | undefined; https?: Agent | undefined } | undefined
  /** Certificates: whom to trust, what to show. */
  https?: TlsOptions | undefined
  /** Whether redirects within the origin are followed. Others never are: the key stays here. Default: true. */
  followRedirect?: boolean | undefined
  /** How many redirects in a row are followed before the call fails. Default: 10. */
  maxRedirects?: number | undefined
  /** Functions of yours that run along with every call. */
  hooks?: HttpHooks | undefined
  /** `false` asks the server not to compress its answers. Default: true. */
  decompress?: boolean | undefined
  /** The query of every URL, in place of what the call's parameters would make. */
  searchParams?: string | URLSearchParams | Readonly<Record<string, SearchValue>> | undefined
  /** `false` lets a call whose answer is an error resolve to `undefined`. Without an answer it rejects. Default: true. */
  throwHttpErrors?: boolean | undefined
}

type SearchValue = string | number | boolean | null | undefined

/** {@link HttpOptions} as they were understood. */
export interface HttpSettings {
  readonly headers: OutgoingHttpHeaders
  readonly timeout: number
  readonly limits: PhaseLimits
  readonly retry: RetryRules
  readonly agents: { readonly http?: Agent | undefined; readonly https?: Agent | undefined }
  readonly tls?: TlsSettings
  readonly followRedirect: boolean
  readonly maxRedirects: number
  readonly hooks?: HttpHooks
  readonly decompress: boolean
  readonly search?: string
  readonly throwHttpErrors: boolean
}

const defaults: HttpSettings = {
  headers: {},
  timeout: 30_000,
  limits: {},
  retry: defaultRetry,
  agents: {},
  followRedirect: true,
  maxRedirects: 10,
  decompress: true,
  throwHttpErrors: true,
}

/** One reader for each option there is: it gives what the option means, or throws. */
const readers: { readonly [Name in keyof HttpOptions]-?: (value: unknown) => Partial<HttpSettings> } = {
  headers: (value) => ({ headers: checkHeaders('headers', value) }),
  timeout: readTimeout,
  retry: readRetry,
  agent: readAgent,
  https: readTls,
  followRedirect: (value) => given('followRedirect', value, isBoolean, 'true or false'),
  maxRedirects: (value) => given('maxRedirects', value, isCount, 'a whole number, 0 or more'),
  hooks: readHooks,
  decompress: (value) => given('decompress', value, isBoolean, 'true or false'),
  searchParams: readSearchParams,
  throwHttpErrors: (value) => given('throwHttpErrors', value, isBoolean, 'true or false'),
}

/**
 * @throws Error that names an option or a value which is not supported: leaving it out silently would change what the
 * caller asked for.
 */
export function httpSettings(options: HttpOptions): HttpSettings {
  let settings = defaults
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null) continue
    if (!isReadable(name)) throw new Error(`httpOptions.${name} is not supported.`)
    settings = { ...settings, ...readers[name](value) }
  }
  return settings
}

const isReadable = (name: string): name is keyof HttpOptions => Object.hasOwn(readers, name)

/** An option that means what it says. */
function given<Name extends keyof HttpOptions, Value>(
  name: Name,
  value: unknown,
  isRight: (value: unknown) => value is Value,
  what: string,
): { [Option in Name]: Value } {
  return { [name]: expectField(name, value, isRight, what) } as { [Option in Name]: Value }
}

function readAgent(value: unknown): Partial<HttpSettings> {
  if (isAgent(value)) return { agents: { http: value, https: value } }
  const { http, https } = fieldsOf('agent', value, ['http', 'https'])
  const what = 'an agent of node:http'
  return {
    agents: {
      http: expectField('agent.http', http, isAgent, what),
      https: expectField('agent.https', https, isAgent, what),
    },
  }
}

/** Told by what it can do, not by its class: agents for proxies may come with a `node:http` of their own. */
function isAgent(value: unknown): value is Agent {
  return typeof value === 'object' && value !== null && 'addRequest' in value
}
