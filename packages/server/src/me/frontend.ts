import type { Frontend } from '@clerk-server/contract'
import type { AnyHandler, Handlers } from '../http/mount.js'
import type { Resources } from '../resources.js'
import type { Visitor } from '../visitors/visitor.js'
import { addressHandlers } from './addresses.js'
import { passwordHandlers } from './passwords.js'
import { profileHandlers } from './profile.js'
import { secondFactorHandlers } from './second-factors.js'
import { ownSessionHandlers } from './sessions.js'
import { type MeHandlers, type MeRoute, type SignedIn, whoIsSignedIn } from './signed-in.js'

/** What people do with the account they are signed in to. Nobody gets to a handler who is not signed in. */
export function meFrontend(of: Resources): Handlers<Pick<Frontend, MeRoute>, Visitor> {
  const handlers: MeHandlers = {
    ...profileHandlers(of),
    ...addressHandlers(of),
    ...passwordHandlers(of),
    ...secondFactorHandlers(of),
    ...ownSessionHandlers(of.sessions, of.clock),
  }
  const signedIn = whoIsSignedIn(of.browserSessions, of.users)
  const guarded = Object.entries(handlers as unknown as Record<MeRoute, AnyHandler<SignedIn>>).map(
    ([key, handler]): [string, AnyHandler<Visitor>] => [
      key,
      async (input, visitor) => handler(input, await signedIn(visitor)),
    ],
  )
  return Object.fromEntries(guarded) as unknown as Handlers<Pick<Frontend, MeRoute>, Visitor>
}
