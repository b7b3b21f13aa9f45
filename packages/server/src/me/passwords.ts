import type { Clock } from '../clock.js'
import type { UsersTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import type { Passwords } from '../passwords/passwords.js'
import { checkPassword, checkSize } from '../passwords/policy.js'
import type { SessionStore } from '../sessions/store.js'
import { codesOf } from '../settings/strategies.js'
import type { Attempts } from '../users/attempts.js'
import { ownUserView } from '../users/own-view.js'
import { noPassword } from '../users/parameters.js'
import type { UserStore } from '../users/store.js'
import type { MeHandlers } from './signed-in.js'

type PasswordHandlers = Pick<MeHandlers, 'POST /me/change_password' | 'POST /me/remove_password'>

interface PasswordParts {
  users: UserStore
  passwords: Passwords
  sessions: SessionStore
  attempts: Attempts
  clock: Clock
}

const current = 'current_password'

export function passwordHandlers({ users, passwords, sessions, attempts, clock }: PasswordParts): PasswordHandlers {
  /**
   * Makes sure that whoever asks knows the password there is. A wrong one counts towards the lock of the account: it may
   * be guessed in a browser that was left open.
   */
  async function requireCurrent(row: UsersTable, given: string | null | undefined): Promise<void> {
    if (row.password_digest === null) return
    if (given == null) throw new ApiError('form_param_missing', { param: current })
    checkSize(given, current)
    const verify = async () => ((await passwords.verify(row, given, async () => {})) ? true : undefined)
    if (await attempts.count(row.id, verify)) return
    throw new ApiError('form_password_incorrect', { param: current })
  }

  return {
    'POST /me/change_password': async ({ body }, { user, session }) => {
      const { row, identifications } = user
      await requireCurrent(row, body.current_password)
      const param = 'new_password'
      if (row.password_digest !== null && body.new_password === body.current_password) {
        throw new ApiError('form_new_password_matches_current', { param })
      }
      const identifiers = [...identifications.map(({ value }) => value), row.username ?? '']
      await checkPassword(body.new_password, { identifiers, skipChecks: false, param })
      const change = {
        ...(await passwords.digest(body.new_password)),
        password_updated_at: clock(),
      }
      const changed = await users.update(row.id, change, async (transaction, before) => {
        requireUnchanged(before, row)
        if (body.sign_out_of_other_sessions ?? true) await sessions.revokeAll(row.id, transaction, session.id)
      })
      return ownUserView(changed, clock())
    },

    'POST /me/remove_password': async ({ body }, { user: { row, identifications }, visitor: { settings } }) => {
      if (row.password_digest === null) throw new ApiError('no_password_set')
      if (settings.password === 'required') {
        throw new ApiError('password_required', { message: 'everybody has a password here' })
      }
      await requireCurrent(row, body.current_password)
      const canReturn = identifications.some(
        ({ type, status }) => status === 'verified' && codesOf(settings, type).length > 0,
      )
      if (!canReturn) throw new ApiError('password_required')
      const changed = await users.update(row.id, noPassword, async (_, before) => requireUnchanged(before, row))
      return ownUserView(changed, clock())
    },
  }
}

/** The password may have become another one since it was asked for. */
function requireUnchanged(now: UsersTable, before: UsersTable): void {
  if (now.password_digest === before.password_digest) return
  throw new ApiError('form_password_incorrect', { param: current, message: 'was the password until just now' })
}
