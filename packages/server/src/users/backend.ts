import type { Clock } from '../clock.js'
import type { Database, Queries, TransactionQueries } from '../database/database.js'
import type { UsersTable } from '../database/tables/index.js'
import type { PrimaryNotice } from '../email-addresses/primary-notice.js'
import { ApiError } from '../errors.js'
import type { HandlersUnder, TextHandlers } from '../http/mount.js'
import type { Passwords } from '../passwords/passwords.js'
import type { Served } from '../unserved.js'
import { newUser, noPassword, userChange } from './parameters.js'
import { lockedFrom, unlocked } from './standing.js'
import type { StoredUser, UserStore } from './store.js'
import { createUserTexts } from './texts.js'
import { userView } from './view.js'

/** What else of a user ends with a change to the user. */
interface Sessions {
  revokeAll(userId: string, queries: Queries): Promise<void>
}

/** Served with the addresses, whose resource they are about. */
type Replacements = 'PUT /users/{user_id}/email_address' | 'PUT /users/{user_id}/phone_number'

/** What is read most often. */
type Kept = 'GET /users' | 'GET /users/{user_id}'

type UsersHandlers = Omit<HandlersUnder<Served, 'users'>, Replacements | Kept> & Pick<TextHandlers<Served>, Kept>

/** Second factors that a user has from another system. */
interface GivenSecondFactors {
  totp_secret?: string | null | undefined
  backup_codes?: string[] | null | undefined
}

/** Takes what somebody has from another system, as the second factor of a user. */
interface Adopting<Given> {
  adopt(transaction: TransactionQueries, userId: string, given: Given): Promise<void>
}

interface UsersBackendParts {
  database: Pick<Database, 'queries'>
  users: UserStore
  totps: Adopting<string>
  backupCodes: Adopting<string[]>
  sessions: Sessions
  passwords: Passwords
  primaryNotice: PrimaryNotice
  clock: Clock
}

export function usersBackend({
  database,
  users,
  totps,
  backupCodes,
  sessions,
  passwords,
  primaryNotice,
  clock,
}: UsersBackendParts): UsersHandlers {
  const texts = createUserTexts(users, clock)
  const view = (user: StoredUser) => userView(user, clock())

  const endSessions = (transaction: TransactionQueries, { id }: UsersTable) => sessions.revokeAll(id, transaction)

  async function adoptSecondFactors(transaction: TransactionQueries, userId: string, given: GivenSecondFactors) {
    const { totp_secret, backup_codes } = given
    if (totp_secret != null) await totps.adopt(transaction, userId, totp_secret)
    if (backup_codes != null) await backupCodes.adopt(transaction, userId, backup_codes)
  }

  return {
    'GET /users': ({ query }) => texts.list(query),

    'GET /users/count': async ({ query }) => ({ object: 'total_count', total_count: await users.count(query) }),

    'GET /users/{user_id}': ({ params }) => texts.get(params.user_id),

    'POST /users': async ({ body }) => {
      const given = await newUser(body, passwords, clock())
      if (!hasSecondFactors(body)) return view(await users.create(given))
      const { row } = await database.queries.transaction().execute(async (transaction) => {
        const user = await users.create(given, transaction)
        await adoptSecondFactors(transaction, user.row.id, body)
        return user
      })
      return view(await users.get(row.id))
    },

    'PATCH /users/{user_id}': async ({ params, body }) => {
      const change = await userChange(body, await users.get(params.user_id), passwords, clock())
      const user = await users.update(params.user_id, change, async (transaction, before, after) => {
        await adoptSecondFactors(transaction, params.user_id, body)
        if (body.sign_out_of_other_sessions) await endSessions(transaction, before)
        if (body.notify_primary_email_address_changed) {
          const address = (id: string | null) => after.identifications.find((one) => one.id === id)
          const { primary_email_address_id: previous } = before
          await primaryNotice(transaction, address(previous), address(after.row.primary_email_address_id))
        }
      })
      return view(hasSecondFactors(body) ? await users.get(params.user_id) : user)
    },

    'PATCH /users/{user_id}/metadata': async ({ params, body }) =>
      view(await users.updateMetadata(params.user_id, 'merge', body)),

    'PUT /users/{user_id}/metadata': async ({ params, body }) =>
      view(await users.updateMetadata(params.user_id, 'replace', body)),

    'POST /users/{user_id}/ban': async ({ params }) =>
      view(await users.update(params.user_id, { banned: 1 }, endSessions)),

    'POST /users/{user_id}/unban': async ({ params }) => view(await users.update(params.user_id, { banned: 0 })),

    'POST /users/ban': async ({ body }) => (await users.updateAll(body.user_ids, { banned: 1 }, endSessions)).map(view),

    'POST /users/unban': async ({ body }) => (await users.updateAll(body.user_ids, { banned: 0 })).map(view),

    'POST /users/{user_id}/lock': async ({ params }) => view(await users.update(params.user_id, lockedFrom(clock()))),

    'POST /users/{user_id}/unlock': async ({ params }) => view(await users.update(params.user_id, unlocked)),

    'POST /users/{user_id}/verify_password': async ({ params, body }) => {
      const { row } = await users.get(params.user_id)
      const isRight = await passwords.verify(row, body.password, (better) => users.replaceDigest(row, better))
      if (!isRight) throw new ApiError('incorrect_password', { param: 'password', message: 'is not that of the user' })
      return { verified: true }
    },

    'POST /users/{user_id}/remove_password': async ({ params, body }) => {
      const user = await users.get(params.user_id)
      if (user.row.password_digest === null) return view(user)
      const alongside = body.sign_out_of_other_sessions ? endSessions : undefined
      return view(await users.update(params.user_id, noPassword, alongside))
    },

    'DELETE /users/{user_id}': async ({ params }) => {
      const { id, external_id } = await users.delete(params.user_id)
      return { object: 'user', id, deleted: true, ...(external_id !== null && { external_id }) }
    },
  }
}

const hasSecondFactors = ({ totp_secret, backup_codes }: GivenSecondFactors) =>
  totp_secret != null || backup_codes != null
