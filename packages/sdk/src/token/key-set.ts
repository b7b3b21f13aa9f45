import type { KeyObject } from 'node:crypto'
import { isObject } from '../json.js'
import { Logger } from '../logger.js'
import { keySetError, tokenError } from './errors.js'
import { keyFromJWK } from './public-key.js'

/** In this time, and this often, the set is fetched because of a key that is not in it. */
const unknownKeyWindow = 60_000
const fetchesPerWindow = 2

/** After a fetch has failed, no other one is made for this long. */
const pauseAfterFailure = 1000

interface Keys {
  readonly byId: ReadonlyMap<string, KeyObject>
  /** The key that a token without a key id is checked with: there must be one signing key only. */
  readonly only: KeyObject | undefined
}

/**
 * The public keys of one server. They are fetched when they are first needed, when they are too old, and when a token
 * names a key that is not among them, but for that at most twice a minute: anybody can make up key ids. Callers that
 * need them at the same time share one fetch. When a fetch fails, the keys that are known stay in use.
 */
export class KeySet {
  readonly #fetch: () => Promise<unknown>
  readonly #maxAge: number
  readonly #now: () => number
  #keys: Keys | undefined
  #failure: Error | undefined
  #loading: Promise<void> | undefined
  /** When the last two fetches began, the older first. */
  #fetches: number[] = []
  /** When the keys were last replaced, and when that last failed. */
  #loadedAt = 0
  #failedAt = Number.NEGATIVE_INFINITY

  /**
   * @param fetch gets the JSON of the set, within a time limit of its own.
   * @param maxAge milliseconds for which keys count as fresh; 0 is for ever.
   * @param now milliseconds, on a clock that is never set back.
   */
  constructor(fetch: () => Promise<unknown>, maxAge: number, now: () => number) {
    this.#fetch = fetch
    this.#maxAge = maxAge
    this.#now = now
  }

  /**
   * @throws SigningKeyNotFoundError when the server has no such key. @throws JwksError when the server does not tell.
   */
  async find(kid: unknown): Promise<KeyObject> {
    const isFresh = this.#isFresh()
    if (!isFresh) await this.#renew(kid)
    const known = this.#lookUp(kid)
    if (known) return known
    // Keys that were fetched a moment ago are not fetched again; a fetch that is under way is always waited for.
    if (isFresh && (this.#loading || this.#mayLookAgain())) await this.#load()
    const found = this.#lookUp(kid)
    if (found) return found
    throw this.#failure ?? notFound(kid)
  }

  /** Once keys that are too old could not be replaced, nobody who has the key waits for the next attempt. */
  async #renew(kid: unknown): Promise<void> {
    const loading = this.#load()
    const hasFailed = this.#failedAt - this.#loadedAt >= this.#maxAge
    if (!hasFailed || this.#lookUp(kid) === undefined) await loading
  }

  #lookUp(kid: unknown): KeyObject | undefined {
    if (kid === undefined) return this.#keys?.only
    return typeof kid === 'string' ? this.#keys?.byId.get(kid) : undefined
  }

  #isFresh(): boolean {
    return this.#keys !== undefined && (this.#maxAge === 0 || this.#now() - this.#loadedAt < this.#maxAge)
  }

  #mayLookAgain(): boolean {
    const [oldest] = this.#fetches
    return this.#fetches.length < fetchesPerWindow || oldest === undefined || this.#now() - oldest >= unknownKeyWindow
  }

  /** Settles when the keys are as new as they can be had; {@link #failure} says whether that failed. */
  #load(): Promise<void> {
    if (this.#now() - this.#failedAt < pauseAfterFailure) return Promise.resolve()
    this.#loading ??= this.#replace().finally(() => {
      this.#loading = undefined
    })
    return this.#loading
  }

  async #replace(): Promise<void> {
    this.#fetches = [...this.#fetches, this.#now()].slice(-fetchesPerWindow)
    try {
      this.#keys = keysOf(await this.#fetch())
      this.#loadedAt = this.#now()
      this.#failure = undefined
    } catch (error) {
      this.#failure = asKeySetError(error)
      this.#failedAt = this.#now()
      Logger.error(`The public keys could not be fetched: ${this.#failure.message}`)
    }
  }
}

function keysOf(json: unknown): Keys {
  const listed = isObject(json) ? json['keys'] : undefined
  if (!Array.isArray(listed)) throw new Error('The answer is not a set of keys')
  const forSigning = listed.filter(isObject).filter(({ use }) => use === undefined || use === 'sig')
  const byId = new Map<string, KeyObject>()
  for (const jwk of forSigning) {
    const key = keyFromJWK(jwk)
    const { kid } = jwk
    if (key && typeof kid === 'string' && !byId.has(kid)) byId.set(kid, key)
  }
  const [first] = forSigning
  return { byId, only: first && forSigning.length === 1 ? keyFromJWK(first) : undefined }
}

function asKeySetError(error: unknown): Error {
  return keySetError(error instanceof Error ? error.message : String(error), error)
}

/** What a token names as its key is anybody's text: only the beginning of it is repeated. */
function notFound(kid: unknown): Error {
  if (kid === undefined) {
    return tokenError('unknown-key', 'The token names no key, and there is not exactly one that it could mean')
  }
  const name = String(kid).slice(0, 64)
  return tokenError('unknown-key', `Unable to find a signing key that matches '${name}'`)
}
