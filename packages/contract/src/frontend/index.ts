import { client } from './client.js'
import { environment } from './environment.js'
import { handshakes } from './handshakes.js'
import { me } from './me.js'
import { meAddresses } from './me-addresses.js'
import { meSecondFactors } from './me-second-factors.js'
import { sessions } from './sessions.js'
import { signIns } from './sign-ins.js'
import { signUps } from './sign-ups.js'
import { tickets } from './tickets.js'

/** The Frontend API: what a browser may ask, which proves itself by a cookie. Paths are relative to `/__clerk/v1`. */
export const frontend = {
  ...environment,
  ...client,
  ...handshakes,
  ...sessions,
  ...signIns,
  ...signUps,
  ...tickets,
  ...me,
  ...meAddresses,
  ...meSecondFactors,
}

export type Frontend = typeof frontend
