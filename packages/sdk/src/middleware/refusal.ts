import type { Guard } from './guard.js'
import { isError, reasonOf, unauthenticated } from './reasons.js'
import { warnOnce } from './warning.js'

/** The Error that ends a request, or `undefined` when it may go on signed out: `onError` is asked. */
export async function refusalOf(error: Error, guard: Guard): Promise<Error | undefined> {
  let answer: unknown
  try {
    answer = await guard.onError(error)
  } catch (thrown) {
    return isError(thrown) ? thrown : unauthenticated(reasonOf(error), thrown)
  }
  if (isError(answer)) return answer
  if (guard.mode === 'lax') return undefined
  // A handler that only logs must not open the door.
  if (guard.mode === 'closed' || answer === undefined) return unauthenticated(reasonOf(error), error)
  warnOnce('CLERK_REQUIRE_SESSION_OPENED', 'onError let a request pass ClerkExpressRequireSession without a session.')
  return undefined
}
