import type { ReadySettings } from '../options.js'
import { type InterstitialOption, type MiddlewareOptions, readOptions } from './options.js'
import type { Form } from './request.js'

/**
 * What comes of a request that is not signed in, when `onError` returns no Error. Lax lets it pass, closed does not;
 * strict lets it pass unless `onError` returns nothing at all.
 */
export type Mode = 'lax' | 'strict' | 'closed'

/** One middleware: what it was made with, and what it asks an instance for at each request. */
export interface Guard {
  readonly mode: Mode
  readonly form: Form
  readonly interstitial: InterstitialOption
  readonly authorizedParties: readonly string[] | undefined
  /** @throws Error when the instance cannot verify anything yet, as its key is missing. */
  settings(): ReadySettings
  /** Whether a token is worth verifying. When the verification itself tells a token from none, every one is. */
  isDecodable(token: string): boolean
  verifyToken(token: string): unknown
  onError(error: Error): unknown
}

interface TokenMethods {
  decodeToken(token: string): unknown
  verifyToken(token: string): unknown
}

/** The instance of which a middleware is. */
interface Source {
  /** Its methods are looked up at each request, so that those that were replaced count. */
  readonly clerk: TokenMethods & { defaultOnError(error: Error): unknown; strictOnError(error: Error): unknown }
  /** The methods as they are when nobody has replaced them. */
  readonly original: TokenMethods
  settings(): ReadySettings
}

/** @throws Error when an option cannot be what it is meant to be. */
export function createGuard(
  form: Form,
  mode: Mode,
  options: MiddlewareOptions | null | undefined,
  { clerk, original, settings }: Source,
): Guard {
  const { onError, interstitial, authorizedParties } = readOptions(options)
  const byDefault = mode === 'lax' ? 'defaultOnError' : 'strictOnError'
  return {
    ...{ form, mode, interstitial, authorizedParties, settings },
    isDecodable: (token) => isSame(clerk, original) || decodes(clerk, token),
    verifyToken: (token) => clerk.verifyToken(token),
    onError: (error) => (onError ? onError(error) : clerk[byDefault](error)),
  }
}

const isSame = (one: TokenMethods, other: TokenMethods): boolean =>
  one.decodeToken === other.decodeToken && one.verifyToken === other.verifyToken

function decodes(clerk: TokenMethods, token: string): boolean {
  try {
    return Boolean(clerk.decodeToken(token))
  } catch {
    return false
  }
}
