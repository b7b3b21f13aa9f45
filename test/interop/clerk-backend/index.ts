import type { ClientTable } from '../client-table.js'
import { addresses } from './addresses.js'
import { admission } from './admission.js'
import type { Client } from './client.js'
import { instance } from './instance.js'
import { messages } from './messages.js'
import { middlewares } from './middlewares.js'
import { sessions } from './sessions.js'
import { tokens } from './tokens.js'
import { unserved } from './unserved.js'
import { users } from './users.js'

/** `@clerk/backend`, from 0.38 to 3.25, and the packages that are built on it. */
export const clerkBackend: ClientTable<Client> = {
  served: {
    ...users,
    ...addresses,
    ...sessions,
    ...admission,
    ...instance,
    ...messages,
    ...tokens,
    ...middlewares,
  },
  unserved,
}
