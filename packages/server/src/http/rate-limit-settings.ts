import type { Environment, RateLimit } from '../options.js'

/** What is limited, and what a production instance allows of it: the limits that Clerk publishes, unless it says otherwise. */
export const rateLimitDefaults = {
  /** All requests with one secret key, but for the key set. */
  api: { requests: 1000, seconds: 10 },
  /** `POST /invitations` */
  invitations: { requests: 100, seconds: 3600 },
  /** `POST /invitations/bulk` */
  'bulk-invitations': { requests: 25, seconds: 3600 },
  /** Changes of one user or their metadata. */
  'user-updates': { requests: 10, seconds: 10 },
  /** Browsers that are new, or ask what they are known as, from one address. Clerk tells no limit of it. */
  browsers: { requests: 30, seconds: 10 },
  /** Attempts to sign up that are begun from one address. */
  'sign-ups': { requests: 5, seconds: 10 },
  /** What is given or sent a code to from one address, to sign up. Clerk tells no limit of it. */
  'sign-up-steps': { requests: 10, seconds: 10 },
  /** Codes that are tried from one address to sign up. */
  'sign-up-attempts': { requests: 3, seconds: 10 },
  /** Attempts to sign in that are begun from one address. */
  'sign-ins': { requests: 5, seconds: 10 },
  /** Asking for codes to sign in, and choosing a new password, from one address. */
  'sign-in-steps': { requests: 10, seconds: 10 },
  /** Factors that are tried from one address to sign in. */
  'sign-in-attempts': { requests: 3, seconds: 10 },
  /** Addresses and numbers that people add to their accounts from one address: a code goes to each, whoever's it is. */
  additions: { requests: 10, seconds: 600 },
} as const satisfies Record<string, RateLimit>

export type RateLimitName = keyof typeof rateLimitDefaults
/** `off` is no limit. */
export type RateLimitSettings = Record<RateLimitName, RateLimit | 'off'>

/** The limits that hold: a development instance has none but those it is given. */
export function rateLimitsOf(environment: Environment, given: Partial<RateLimitSettings> = {}): RateLimitSettings {
  const names = Object.keys(rateLimitDefaults) as RateLimitName[]
  const standard = (name: RateLimitName) => (environment === 'production' ? rateLimitDefaults[name] : 'off')
  return Object.fromEntries(names.map((name) => [name, given[name] ?? standard(name)])) as RateLimitSettings
}
