import { createHmac } from 'node:crypto'
import type { UnderWay } from '../clients/browser-view.js'
import { derivedKey } from '../instance/derived-key.js'
import type { Resources } from '../resources.js'
import { createBeginnings } from './beginnings.js'
import { createSignInCodes } from './codes.js'
import type { Pseudonyms } from './factors.js'
import { createFirstFactors } from './first-factors.js'
import { type SignInHandlers, signInsFrontend } from './frontend.js'
import { createSignInPasswords } from './passwords.js'
import { createProgress } from './progress.js'
import { createSecondFactors } from './second-factors.js'
import { createSignInStore } from './store.js'
import { createSignInTickets } from './tickets.js'
import { signInUnderWay } from './under-way.js'
import { showSignIn } from './view.js'

/** Puts signing in together. */
export function createSignIns(of: Resources): { handlers: SignInHandlers; underWay: UnderWay['signIn'] } {
  const { database, users, clock } = of
  const signIns = createSignInStore(database, clock, of.ids)
  const progress = createProgress({ ...of, signIns })
  const codes = createSignInCodes({ ...of, progress, signIns })
  const passwords = createSignInPasswords(progress, of.passwords, users)
  const tickets = createSignInTickets({ ...of, signIns, progress })
  const pseudonym = pseudonyms(derivedKey(of.rootSecret, 'hidden identifiers'))
  const show = showSignIn(users, pseudonym, clock)

  return {
    handlers: signInsFrontend({
      clients: of.browserClients,
      signIns,
      beginnings: createBeginnings({ ...of, signIns }),
      progress,
      firstFactors: createFirstFactors({ progress, codes, passwords, tickets, pseudonym, clock }),
      secondFactors: createSecondFactors({ ...of, progress, codes }),
      tickets,
      show,
    }),
    underWay: signInUnderWay(signIns, show, clock),
  }
}

/** The same name has the same id each time, whoever has it or has it not. */
const pseudonyms =
  (key: Buffer): Pseudonyms =>
  (value) =>
    `idn_${createHmac('sha256', key).update(value).digest('hex').slice(0, 27)}`
