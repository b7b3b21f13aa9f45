import type { UnderWay } from '../clients/browser-view.js'
import type { Clock } from '../clock.js'
import type { SignInStore } from './store.js'
import type { ShowSignIn } from './view.js'

/** The attempt to sign in that is under way in a browser, as long as it can be gone on with. */
export const signInUnderWay =
  (signIns: SignInStore, show: ShowSignIn, clock: Clock): UnderWay['signIn'] =>
  async ({ id, sign_in_id }, visitor) => {
    const attempt = sign_in_id === null ? undefined : await signIns.find(id, sign_in_id)
    if (!attempt || attempt.abandon_at <= clock()) return null
    return show(attempt, visitor)
  }
