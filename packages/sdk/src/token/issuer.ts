import type { Settings } from '../options.js'

/** Those that issue tokens for the hosted API: a production instance's own host, and hosts of development instances. */
const hosted = /^https:\/\/(?:clerk\.|[a-z0-9-]+(?:\.[a-z0-9-]+)*\.clerk\.accounts\.dev$)/

/** Whether a token of this issuer is accepted. Issuers that were configured count exactly, and instead of the hosted ones. */
export function isIssuer(issuer: string, configured: Settings['issuer']): boolean {
  if (configured === undefined) return hosted.test(issuer)
  return typeof configured === 'function' ? configured(issuer) === true : configured.includes(issuer)
}
