import { ApiError } from '../errors.js'
import type { Environment } from '../options.js'

/** Where a browser may be sent to with something that lets it in. */
export interface Destinations {
  /**
   * Anywhere in development; in production to the server's own pages, to an allowed origin, or to a redirect URL.
   *
   * @param param the parameter that holds the URL
   * @throws ApiError `form_param_value_invalid`
   */
  check(url: string, param: string): Promise<void>
}

export function createDestinations(
  environment: Environment,
  publicUrl: () => string,
  settings: { read(): Promise<{ allowed_origins: string[] | null }> },
  redirectUrls: { has(url: string): Promise<boolean> },
): Destinations {
  async function isAllowed(url: string): Promise<boolean> {
    const { origin } = new URL(url)
    if (origin === new URL(publicUrl()).origin) return true
    const { allowed_origins } = await settings.read()
    return allowed_origins?.includes(origin) || redirectUrls.has(url)
  }

  return {
    async check(url, param) {
      if (environment === 'development' || (await isAllowed(url))) return
      throw new ApiError('form_param_value_invalid', {
        param,
        message: 'must be a redirect URL of this instance, or be of one of its allowed origins',
      })
    },
  }
}
