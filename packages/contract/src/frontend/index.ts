import { client } from './client.js'
import { environment } from './environment.js'
import { handshakes } from './handshakes.js'
import { sessions } from './sessions.js'

/** The Frontend API: what a browser may ask, which proves itself by a cookie. Paths are relative to `/__clerk/v1`. */
export const frontend = {
  ...environment,
  ...client,
  ...handshakes,
  ...sessions,
}

export type Frontend = typeof frontend
