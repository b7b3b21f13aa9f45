import { hide } from '../hidden.js'
import { isObject } from '../json.js'
import { Logger } from '../logger.js'
import { Session } from '../sessions/session.js'
import type { JwtPayload } from '../token/decode.js'
import { decide, type RequestHeaders, reasons } from './decide.js'
import { warnOnce } from './warning.js'

/** What a middleware needs of a request: Express, Connect, Next and plain `node:http` have it. */
export interface MiddlewareRequest {
  headers: RequestHeaders
}

/** A handler for `app.use` and the like. It settles when it has called `next`, which it does exactly once. */
export type Middleware = (req: MiddlewareRequest, res: unknown, next: (error?: unknown) => void) => Promise<void>

/** What is asked of a `Clerk` for each request, so that methods replaced on an instance count. */
export interface Guard {
  /** @throws Error when the instance cannot verify anything yet, as its key is missing. */
  assertReady(): void
  decodeToken(token: string): unknown
  verifyToken(token: string): Promise<unknown>
  onError(error: Error): unknown
}

/**
 * Sets `req.session` and `req.sessionClaims` for a request with a good token. For every other one `onError` is asked:
 * an Error goes to `next`. Lax lets a request pass for any other answer; strict only when the answer is not `undefined`.
 */
export function middleware(guard: Guard, mode: 'lax' | 'strict'): Middleware {
  return async (req, _res, next) => {
    const visitor = await identify(guard, req)
    if (!(visitor instanceof Failure)) return next()
    const refusal = await refusalOf(visitor.error, guard, mode)
    // Without an argument, not with `undefined`: handlers may count them.
    return refusal ? next(refusal) : next()
  }
}

/** Why a request is not signed in. */
class Failure {
  constructor(readonly error: Error) {}
}

async function identify(guard: Guard, req: MiddlewareRequest): Promise<Session | Failure> {
  try {
    guard.assertReady()
    const claims = await claimsOf(guard, req)
    const { sid, sub } = claims
    if (!isName(sid) || !isName(sub)) throw unauthenticated(reasons.noSession)
    return signIn(req, new Session({ id: sid, userId: sub }), claims)
  } catch (error) {
    return new Failure(isError(error) ? error : unauthenticated('the token could not be verified', error))
  }
}

async function claimsOf(guard: Guard, req: MiddlewareRequest): Promise<JwtPayload> {
  const decision = decide(req.headers ?? {})
  if ('signedOut' in decision) throw unauthenticated(decision.signedOut)
  const { token } = decision
  if (!isDecodable(guard, token)) throw unauthenticated(reasons.notAToken)
  const claims = await guard.verifyToken(token)
  if (!isObject(claims)) throw unauthenticated(reasons.noSession)
  return claims
}

function isDecodable(guard: Guard, token: string): boolean {
  try {
    return Boolean(guard.decodeToken(token))
  } catch {
    return false
  }
}

function signIn(req: MiddlewareRequest, session: Session, sessionClaims: JwtPayload): Session {
  if ('session' in req && req.session !== undefined && !(req.session instanceof Session)) {
    warnOnce('CLERK_SESSION_REPLACED', 'req.session was set before the Clerk middleware ran, which replaces it.')
  }
  Object.assign(req, { session, sessionClaims })
  return session
}

/** The Error that ends the request, or `undefined` when it may go on signed out. */
async function refusalOf(error: Error, guard: Guard, mode: 'lax' | 'strict'): Promise<Error | undefined> {
  let answer: unknown
  try {
    answer = await guard.onError(error)
  } catch (thrown) {
    return isError(thrown) ? thrown : unauthenticated('onError threw something that is not an Error', thrown)
  }
  if (isError(answer)) return answer
  if (mode === 'lax') return undefined
  // A handler that only logs must not open the door.
  if (answer === undefined) return unauthenticated('onError returned nothing', error)
  warnOnce('CLERK_REQUIRE_SESSION_OPENED', 'onError let a request pass ClerkExpressRequireSession without a session.')
  return undefined
}

function unauthenticated(reason: string, cause?: unknown): Error {
  Logger.debug(`Signed out: ${reason}`)
  const error = new Error('Unauthenticated')
  hide(error, { statusCode: 401, status: 401, reason, ...(cause !== undefined && { cause }) })
  return error
}

const isName = (claim: unknown): claim is string => typeof claim === 'string' && claim !== ''

/** Also of an Error from another realm, such as a test environment's. */
const isError = (value: unknown): value is Error =>
  value instanceof Error || Object.prototype.toString.call(value) === '[object Error]'
