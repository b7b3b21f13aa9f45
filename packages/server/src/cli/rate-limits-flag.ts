import { type RateLimitName, type RateLimitSettings, rateLimitDefaults } from '../http/rate-limit-settings.js'
import { FlagError, list } from './flags.js'

/** Limits as they are written on a command line: `api=1000/10,user-updates=off`. */
export const rateLimits = (text: string): Partial<RateLimitSettings> => Object.fromEntries(list(text).map(rateLimit))

function rateLimit(text: string): [RateLimitName, RateLimitSettings[RateLimitName]] {
  const [, name = '', requests, seconds] = /^([a-z-]+)=(?:off|(\d{1,9})\/(\d{1,9}))$/.exec(text) ?? []
  if (!Object.hasOwn(rateLimitDefaults, name) || Number(requests) === 0 || Number(seconds) === 0) {
    const names = Object.keys(rateLimitDefaults).join(', ')
    throw new FlagError(`must be limits such as api=1000/10 or api=off, of ${names}, not ${JSON.stringify(text)}`)
  }
  const limit = requests === undefined ? 'off' : { requests: Number(requests), seconds: Number(seconds) }
  return [name as RateLimitName, limit]
}
