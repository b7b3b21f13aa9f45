import { isObject } from '../json.js'
import type { RequestFacts } from './facts.js'
import type { InterstitialOption } from './options.js'
import type { SignedOutReason } from './reasons.js'

/** What comes of a request. */
export type Decision = Verification | Stranger

/** Which token is to be verified. {@link judgeCookie} and {@link judgeFault} go on from what comes of that. */
export interface Verification {
  readonly rule: string
  readonly verify: 'header' | 'cookie'
}

/** Nobody who is known. */
export interface Stranger {
  /** The rule that says so. */
  readonly rule: string
  readonly reason: SignedOutReason
  /** A browser may do better once a page, the interstitial, has brought its cookies up to date. */
  readonly interstitial: boolean
  /** What says more than the reason. */
  readonly error?: Error
}

const verify = (rule: string, source: Verification['verify']): Verification => ({ rule, verify: source })
const out = (rule: string, reason: SignedOutReason): Stranger => ({ rule, reason, interstitial: false })
const page = (rule: string, reason: SignedOutReason): Stranger => ({ rule, reason, interstitial: true })

/** Also what comes of a token in the Authorization header that turns out to be none. */
export const undecodable: Stranger = out('R1', 'not-a-jwt')

/** What comes of verified claims that are not of a session. */
export const noSession: Stranger = out('R10', 'no-session')

type Rule = readonly [when: (request: RequestFacts, option: InterstitialOption) => boolean, then: Decision]

/** The first that holds decides. What the rules are called is from the behaviour of 2.6.3, which they keep. */
const rules: readonly Rule[] = [
  // An Authorization header decides, whatever else the request carries.
  [({ bearer }) => bearer === '', undecodable],
  [({ bearer }) => bearer !== undefined, verify('R2', 'header')],
  // Scripts have no use for a page that brings cookies up to date.
  [(request) => request.isDevelopment && !request.isBrowser, out('R4', 'not-a-browser')],
  [(request) => request.isCrossOrigin, out('R5', 'cross-origin')],
  // The cookies of a development instance are on another domain until the page has brought them over.
  [(request) => request.isDevelopment && !request.hasReferer, page('R6', 'no-referer')],
  [
    (request, option) => request.isDevelopment && option === 'refresh' && request.isRefererForeign,
    page('R6b', 'foreign-referer'),
  ],
  [({ isDevelopment, cookies }) => !isDevelopment && !cookies.clientUat && !cookies.session, out('R7', 'no-token')],
  [({ isDevelopment, cookies }) => !isDevelopment && !cookies.clientUat, out('R7', 'no-client-uat')],
  [({ cookies }) => cookies.clientUat === '0', out('R8', 'signed-out')],
  [({ cookies }) => cookies.session === '', page('R11', 'no-session-cookie')],
]

const verifyCookie = verify('R9', 'cookie')

/** What the headers of a request say of its sender, before anything is verified. */
export function decide(request: RequestFacts, option: InterstitialOption): Decision {
  return rules.find(([when]) => when(request, option))?.[1] ?? verifyCookie
}

const stale = page('R11', 'stale-session-cookie')

/**
 * R10: verified claims of a session cookie are of who is signed in now when they are not older than the last sign-in or
 * sign-out that the browser knows of. Gives what else to do when they are not.
 */
export function judgeCookie(claims: unknown, clientUat: string): Stranger | undefined {
  const issuedAt = isObject(claims) ? claims['iat'] : undefined
  if (typeof issuedAt !== 'number' || clientUat === '') return stale
  return issuedAt >= Number(clientUat) ? undefined : stale
}

const untimely: ReadonlyMap<SignedOutReason, Stranger> = new Map([
  ['expired', page('R9', 'expired')],
  ['not-yet-valid', page('R9', 'not-yet-valid')],
])

/**
 * R1, R2 and R9: what comes of a token that is refused. `undefined` when that is for the error to say. A person who comes
 * back later than a session token lasts gets the page, and stays signed in by it; a script has no use for it.
 */
export function judgeFault(
  source: Verification['verify'],
  reason: SignedOutReason,
  option: InterstitialOption,
  isDocument: boolean,
): Stranger | undefined {
  if (source === 'header') return reason === 'not-a-jwt' ? undecodable : undefined
  const isShown = option === 'refresh' || (option && isDocument && reason === 'expired')
  return isShown ? untimely.get(reason) : undefined
}
