import type { Clerk } from '../clerk.js'
import { readAuthorizedParties } from '../options.js'

/** When a browser is answered with the page that brings its cookies up to date. */
export type InterstitialOption = boolean | 'refresh'

/** Written as a method, so that it may be one that takes errors of a certain class only. */
type OnError = { call(error: Error): unknown }['call']

/** How a middleware deals with requests. */
export interface MiddlewareOptions {
  /**
   * Gets the reason why a request is not signed in. When it returns an Error, that goes to `next`, and its `statusCode`
   * is the answer's. Anything else lets the request go on; in strict middleware `undefined` does not, and in
   * `requireSession` and `requireAuth` nothing does. It may be async.
   * Default: `defaultOnError`, in strict middleware `strictOnError`.
   */
  onError?: OnError | null | undefined
  /** The instance whose settings and methods count. Default: the one the middleware was made with. */
  clerk?: Clerk | null | undefined
  /**
   * Whether a browser whose cookies may be out of date, or that asks for a document with a session cookie that has expired,
   * is answered with the interstitial: a page of the API that brings them up to date and loads again, with status 401. With
   * `false` it counts as signed out. With `'refresh'` it gets the page whatever it asks for with a session cookie that has
   * expired or is not valid yet, and, with a development key, when it comes from a page of another origin. Default: `true`.
   */
  interstitial?: InterstitialOption | null | undefined
  /** The origins of pages that a token may have been made for (`azp`), on top of those of the instance. Default: any. */
  authorizedParties?: readonly string[] | undefined
}

/** Options as they were understood: defaults are filled in, but for those that belong to the instance. */
export interface ReadOptions {
  readonly onError: OnError | undefined
  readonly interstitial: InterstitialOption
  readonly authorizedParties: readonly string[] | undefined
}

/** @throws Error when an option cannot be what it is meant to be. Options that nobody knows are passed over. */
export function readOptions(options: MiddlewareOptions | null | undefined): ReadOptions {
  const { onError, interstitial, authorizedParties } = options ?? {}
  return {
    onError: typeof onError === 'function' ? onError : undefined,
    interstitial: readInterstitial(interstitial ?? true),
    authorizedParties: readAuthorizedParties(authorizedParties),
  }
}

function readInterstitial(value: unknown): InterstitialOption {
  if (typeof value === 'boolean' || value === 'refresh') return value
  throw new Error("interstitial must be true, false or 'refresh'.")
}
