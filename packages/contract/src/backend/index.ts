import { jwks } from './jwks.js'
import { sessions } from './sessions.js'
import { users } from './users.js'

/** The Backend API: what a server with a secret key may ask. Paths are relative to `/v1`. */
export const backend = { ...users, ...sessions, ...jwks }

export type Backend = typeof backend
