import type { Clock } from '../clock.js'
import type { Queries } from '../database/database.js'
import type { PrimaryNotice } from '../email-addresses/primary-notice.js'
import type { HandlersUnder } from '../http/mount.js'
import type { Served } from '../unserved.js'
import { newUser, userChange } from './parameters.js'
import type { UserStore } from './store.js'
import { userView } from './view.js'

/** What else of a user ends with a change to the user. */
interface Sessions {
  revokeAll(userId: string, queries: Queries): Promise<void>
}

/** Served with the addresses, whose resource they are about. */
type Replacements = 'PUT /users/{user_id}/email_address' | 'PUT /users/{user_id}/phone_number'

export function usersBackend(
  users: UserStore,
  sessions: Sessions,
  primaryNotice: PrimaryNotice,
  clock: Clock,
): Omit<HandlersUnder<Served, 'users'>, Replacements> {
  return {
    'GET /users': async ({ query }) => (await users.list(query)).map(userView),

    'GET /users/count': async ({ query }) => ({ object: 'total_count', total_count: await users.count(query) }),

    'GET /users/{user_id}': async ({ params }) => userView(await users.get(params.user_id)),

    'POST /users': async ({ body }) => userView(await users.create(await newUser(body, clock()))),

    'PATCH /users/{user_id}': async ({ params, body }) => {
      const change = await userChange(body, await users.get(params.user_id), clock())
      const user = await users.update(params.user_id, change, async (transaction, before, after) => {
        if (body.sign_out_of_other_sessions) await sessions.revokeAll(params.user_id, transaction)
        if (body.notify_primary_email_address_changed) {
          const address = (id: string | null) => after.identifications.find((one) => one.id === id)
          const { primary_email_address_id: previous } = before
          await primaryNotice(transaction, address(previous), address(after.row.primary_email_address_id))
        }
      })
      return userView(user)
    },

    'PATCH /users/{user_id}/metadata': async ({ params, body }) =>
      userView(await users.updateMetadata(params.user_id, 'merge', body)),

    'PUT /users/{user_id}/metadata': async ({ params, body }) =>
      userView(await users.updateMetadata(params.user_id, 'replace', body)),

    'DELETE /users/{user_id}': async ({ params }) => {
      const { id, external_id } = await users.delete(params.user_id)
      return { object: 'user', id, deleted: true, ...(external_id !== null && { external_id }) }
    },
  }
}
