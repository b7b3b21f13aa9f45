import { type Agent, type OutgoingHttpHeaders, validateHeaderName, validateHeaderValue } from 'node:http'

/** How requests are made. The names are those of got, which 2.6.3 was built on. */
export interface HttpOptions {
  /** Sent with every request, besides `Authorization` and `Content-type`, which are the SDK's. */
  headers?: Readonly<Record<string, string | readonly string[] | undefined>> | undefined
  /** The time that one attempt may take as a whole, in milliseconds. Default: 30000. */
  timeout?: number | { request?: number | undefined } | undefined
  /** How many times a request that is safe to repeat is repeated. Default: 2; 0 turns repeating off. */
  retry?: number | { limit?: number | undefined } | undefined
  /** What makes the connections, for instance to a proxy. Default: one that keeps connections alive. */
  agent?: Agent | { http?: Agent | undefined; https?: Agent | undefined } | undefined
}

/** {@link HttpOptions} as they were understood. */
export interface HttpSettings {
  readonly headers: OutgoingHttpHeaders
  readonly timeout: number
  readonly retryLimit: number
  readonly agents: { readonly http?: Agent | undefined; readonly https?: Agent | undefined }
}

const defaults = { timeout: 30_000, retryLimit: 2 }

/** Headers that say where a message ends: a wrong one would garble the connection. */
const framing: ReadonlySet<string> = new Set(['content-length', 'transfer-encoding'])

/** The longest delay a timer of Node can have. */
const longestTimeout = 2_147_483_647

/** One reader for each option there is: it gives what the option means, or throws. */
const readers: { [Name in keyof HttpOptions]-?: (value: NonNullable<HttpOptions[Name]>) => Partial<HttpSettings> } = {
  headers(value) {
    for (const [name, content] of Object.entries(value)) {
      validateHeaderName(name)
      if (framing.has(name.toLowerCase())) throw new Error(`httpOptions.headers cannot have ${name}: the SDK sets it.`)
      for (const line of [content ?? []].flat()) validateHeaderValue(name, line)
    }
    return { headers: value as OutgoingHttpHeaders }
  },

  timeout(value) {
    const request = typeof value === 'number' ? value : only('timeout', 'request', value)
    if (request === undefined) return {}
    if (typeof request === 'number' && request >= 1 && request <= longestTimeout) return { timeout: request }
    throw new Error(`httpOptions.timeout must be a number of milliseconds from 1 to ${longestTimeout}.`)
  },

  retry(value) {
    const limit = typeof value === 'number' ? value : only('retry', 'limit', value)
    if (limit === undefined) return {}
    if (Number.isInteger(limit) && Number(limit) >= 0) return { retryLimit: Number(limit) }
    throw new Error('httpOptions.retry must be a whole number, 0 or more.')
  },

  agent(value) {
    if (isAgent(value)) return { agents: { http: value, https: value } }
    const { http, https, ...others } = typeof value === 'object' ? value : { http: value }
    const stranger = Object.keys(others)[0]
    if (stranger !== undefined) throw new Error(`httpOptions.agent.${stranger} is not supported.`)
    for (const agent of [http, https]) {
      if (agent !== undefined && !isAgent(agent)) throw new Error('httpOptions.agent must be an agent of node:http.')
    }
    return { agents: { http, https } }
  },
}

/**
 * @throws Error that names an option or a value which is not supported: leaving it out silently would change what the
 * caller asked for.
 */
export function httpSettings(options: HttpOptions): HttpSettings {
  let settings: HttpSettings = { headers: {}, agents: {}, ...defaults }
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === null) continue
    const read =
      Object.hasOwn(readers, name) && (readers[name as keyof HttpOptions] as (given: unknown) => Partial<HttpSettings>)
    if (!read) throw new Error(`httpOptions.${name} is not supported.`)
    settings = { ...settings, ...read(value) }
  }
  return settings
}

/** The one field of an option's long form that is supported. */
function only(option: string, field: string, value: unknown): unknown {
  const { [field]: wanted, ...others } =
    typeof value === 'object' ? ({ ...value } as Record<string, unknown>) : { '': value }
  const stranger = Object.entries(others).find(([, content]) => content !== undefined)
  if (stranger) throw new Error(`httpOptions.${option}${stranger[0] && `.${stranger[0]}`} is not supported.`)
  return wanted
}

/** Told by what it can do, not by its class: agents for proxies may come with a `node:http` of their own. */
function isAgent(value: unknown): value is Agent {
  return typeof value === 'object' && value !== null && 'addRequest' in value
}
