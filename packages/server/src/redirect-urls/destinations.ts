import { ApiError } from '../errors.js'
import type { Origins } from '../visitors/origins.js'

/** Where a browser may be sent to with something that lets it in. */
export interface Destinations {
  /**
   * @param param the parameter that holds the URL
   * @throws ApiError `form_param_value_invalid`
   */
  check(url: string, param: string): Promise<void>
}

/** @param anywhere whether whoever says so may say anything: one with a test key may */
export function createDestinations(
  origins: Origins,
  redirectUrls: { has(url: string): Promise<boolean> },
  anywhere: boolean,
): Destinations {
  return {
    async check(url, param) {
      if (anywhere || (await origins.allows(new URL(url).origin)) || (await redirectUrls.has(url))) return
      throw new ApiError('form_param_value_invalid', {
        param,
        message: 'must be a redirect URL of this instance, or be of one of its allowed origins',
      })
    },
  }
}
