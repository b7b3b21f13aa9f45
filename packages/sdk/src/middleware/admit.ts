import { isObject } from '../json.js'
import { Logger } from '../logger.js'
import { assertAuthorizedParty } from '../token/claims.js'
import { type SignedInAuthObject, signedIn, signedOut } from './auth.js'
import { decide, judgeCookie, judgeFault, noSession, type Stranger, undecodable } from './decide.js'
import { RequestFacts } from './facts.js'
import type { Guard } from './guard.js'
import type { RequestHeaders } from './headers.js'
import { sendInterstitial } from './interstitial.js'
import { asError, inWords, reasonOf, unauthenticated } from './reasons.js'
import { refusalOf } from './refusal.js'
import { type MiddlewareRequest, markSignedIn, markSignedOut } from './request.js'

/** The response is on its way: there is nothing left to do. */
export const answered: unique symbol = Symbol('answered')

/**
 * Settles who sent a request, says so on it, and gives what comes of it: `undefined` when it may go on, the Error that
 * ends it, or {@link answered}. Never rejects.
 */
export async function admit(
  guard: Guard,
  req: MiddlewareRequest,
  res: unknown,
): Promise<undefined | Error | typeof answered> {
  const stranger = await identify(guard, req)
  if (!stranger) return undefined
  const { rule, reason, interstitial, error = unauthenticated(reason) } = stranger
  Logger.debug(`Signed out by rule ${rule}: ${inWords(reason)}`)
  markSignedOut(req, guard.form, signedOut(reason))
  if (!interstitial || guard.interstitial === false) return refusalOf(error, guard)
  const failure = await sendInterstitial(guard, req, res)
  return failure ? refusalOf(failure, guard) : answered
}

/** Says on a request who is signed in. Gives why, when nobody is. */
async function identify(guard: Guard, req: MiddlewareRequest): Promise<Stranger | undefined> {
  try {
    const visitor = await visitorOf(guard, req.headers ?? {})
    if ('rule' in visitor) return visitor
    markSignedIn(req, guard.form, visitor)
    return undefined
  } catch (thrown) {
    return strangerBy('R12', asError(thrown))
  }
}

async function visitorOf(guard: Guard, headers: RequestHeaders): Promise<SignedInAuthObject | Stranger> {
  const request = new RequestFacts(headers, guard.settings().apiKey.startsWith('test_'))
  const decision = decide(request, guard.interstitial)
  if ('reason' in decision) return decision
  const { rule, verify: source } = decision
  const token = (source === 'header' ? request.bearer : request.cookies.session) ?? ''
  if (source === 'header' && !guard.isDecodable(token)) return undecodable
  try {
    const claims = await verified(guard, token)
    const refusal = source === 'cookie' ? judgeCookie(claims, request.cookies.clientUat) : undefined
    return refusal ?? visitorWith(claims, token)
  } catch (thrown) {
    const error = asError(thrown)
    const stranger = judgeFault(source, reasonOf(error), guard.interstitial, request.isDocument)
    return stranger ?? strangerBy(rule, error)
  }
}

const strangerBy = (rule: string, error: Error): Stranger => ({
  rule,
  reason: reasonOf(error),
  interstitial: false,
  error,
})

/** What `verifyToken` gives, which may have been replaced, is anybody's word: it is looked at like the token itself. */
async function verified(guard: Guard, token: string): Promise<unknown> {
  const claims = await guard.verifyToken(token)
  assertAuthorizedParty(isObject(claims) ? claims['azp'] : undefined, guard.authorizedParties)
  return claims
}

function visitorWith(claims: unknown, token: string): SignedInAuthObject | Stranger {
  if (!isObject(claims)) return noSession
  const { sid, sub } = claims
  return isName(sid) && isName(sub) ? signedIn(sid, sub, claims, token) : noSession
}

const isName = (claim: unknown): claim is string => typeof claim === 'string' && claim !== ''
