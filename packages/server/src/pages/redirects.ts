import { WebUrl } from '@clerk-server/contract'
import { ApiError } from '../errors.js'
import type { Destinations } from '../redirect-urls/destinations.js'

/** The parameters by which clerk-js can be told where a person goes from here. */
const parameters = [
  'redirect_url',
  'after_sign_in_url',
  'after_sign_up_url',
  'sign_in_fallback_redirect_url',
  'sign_in_force_redirect_url',
  'sign_up_fallback_redirect_url',
  'sign_up_force_redirect_url',
] as const

export interface Redirects {
  /** The origins that good ones lead to. */
  origins: string[]
  /** The names of those that nobody may be sent to. */
  refused: string[]
}

/**
 * Reads where a page is asked to send people, who trust it to be a place they know (CWE-601).
 *
 * @param base what is relative is relative to this
 */
export async function readRedirects(
  query: URLSearchParams,
  base: string,
  destinations: Destinations,
): Promise<Redirects> {
  const origins = new Set<string>()
  const refused = new Set<string>()
  for (const name of parameters) {
    for (const value of query.getAll(name)) {
      const origin = await originOf(absolute(value, base), name, destinations)
      if (origin === undefined) refused.add(name)
      else origins.add(origin)
    }
  }
  return { origins: [...origins], refused: [...refused] }
}

/** What begins with one slash is a path; with two, or with a backslash after the first, it names a host. */
const absolute = (value: string, base: string) => (/^\/(?![/\\])/.test(value) ? new URL(base).origin + value : value)

async function originOf(url: string, param: string, destinations: Destinations): Promise<string | undefined> {
  if (!WebUrl.safeParse(url).success) return undefined
  try {
    await destinations.check(url, param)
    return new URL(url).origin
  } catch (error) {
    if (error instanceof ApiError) return undefined
    throw error
  }
}
