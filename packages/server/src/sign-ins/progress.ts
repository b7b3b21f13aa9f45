import type { SignInJSON } from '@clerk-server/contract'
import type { Admittance } from '../admittance/admittance.js'
import type { Clock } from '../clock.js'
import type { Database, Queries, TransactionQueries } from '../database/database.js'
import { ApiError } from '../errors.js'
import { lockIdentified } from '../identifications/settlement.js'
import type { SessionStart } from '../sessions/start.js'
import type { Attempts, GiveBack } from '../users/attempts.js'
import { isLocked } from '../users/standing.js'
import type { StoredUser } from '../users/store.js'
import { requireClient, type Visitor } from '../visitors/visitor.js'
import { type Account, type Attempt, asksForSecondFactor, marked, newPasswordOf, statusAt } from './attempt.js'
import type { SignInStore } from './store.js'

type Status = SignInJSON['status']

/** An attempt as somebody comes to go on with it. */
export interface Standing {
  attempt: Attempt
  /** Whom it is about; nobody, where it is not to be told that there is somebody. */
  account: Account | undefined
  /** Of whom as much is read and written where {@link account} is nobody, so that the time does not tell. */
  standIn: string | undefined
  /** The step that is next. */
  status: Status
  visitor: Visitor
  /** Why whoever it is about may not come in all the same. They are told once they have proven to be that. */
  refusal: ApiError | undefined
}

/** What an attempt has come to, and the token that the browser has from now on if somebody was let in. */
export interface Advanced {
  attempt: Attempt
  token?: string
}

/** How attempts go on. Every step goes through here, so that none can be left out, or taken twice. */
export interface Progress {
  /** @throws ApiError `signed_out`, `resource_not_found`, `client_state_invalid` when another step is next */
  standing(visitor: Visitor, id: string, awaited: Status): Promise<Standing>
  /**
   * Takes a step in one transaction, in which nobody else changes the attempt or its user.
   *
   * @throws ApiError `client_state_invalid` when another step is next by now
   */
  step<Result>(standing: Standing, work: StepWork<Result>): Promise<Result>
  /**
   * Keeps what was proven, and lets the user in if nothing is missing.
   *
   * @throws ApiError `user_banned`, `user_locked`, `not_allowed_access`
   */
  advance(
    transaction: TransactionQueries,
    to: Attempt,
    account: Account,
    by: Pick<Standing, 'visitor' | 'refusal'>,
  ): Promise<Advanced>
  /** Why somebody may not come in, which is to be asked outside of transactions. */
  refusalOf(account: Account): Promise<ApiError | undefined>
  /**
   * Tries what may be wrong, and counts it. Where there is nobody, or nobody may know of whoever there is, it is wrong
   * after as much work.
   *
   * @param work gives back `undefined` for what is wrong, and the attempt that was right
   * @param pretend takes as long as the work
   * @throws ApiError `user_locked`, and whatever `work` throws
   */
  tried<Result>(
    standing: Standing,
    work: (account: Account, giveBack: GiveBack) => Promise<Result | undefined>,
    pretend: () => Promise<unknown>,
  ): Promise<Result | undefined>
}

export type StepWork<Result> = (
  transaction: TransactionQueries,
  attempt: Attempt,
  account: Account | undefined,
) => Promise<Result>

interface ProgressParts {
  database: Pick<Database, 'queries'>
  signIns: SignInStore
  users: { get(id: string): Promise<StoredUser> }
  attempts: Attempts
  sessionStart: SessionStart
  sessions: { revokeAll(userId: string, transaction: Queries): Promise<void> }
  admittance: Pick<Admittance, 'requireSignIn'>
  clock: Clock
}

export function createProgress(parts: ProgressParts): Progress {
  const { database, signIns, users, attempts, sessionStart, sessions, admittance, clock } = parts

  function requireStatus(awaited: Status, attempt: Attempt, account: Account | undefined): void {
    const status = statusAt(attempt, account, clock())
    if (status === awaited) return
    throw new ApiError('client_state_invalid', { message: `the sign-in is at ${status}, and not at ${awaited}` })
  }

  /** Puts the password in place that was chosen on the way: whoever has no second factor that is asked for changes nothing. */
  async function applyPassword(transaction: TransactionQueries, attempt: Attempt, userId: string): Promise<void> {
    const chosen = newPasswordOf(attempt)
    if (!chosen) return
    const { sign_out_of_other_sessions, ...digest } = chosen
    const now = clock()
    await transaction
      .updateTable('users')
      .set({ ...digest, password_updated_at: now, updated_at: now })
      .where('id', '=', userId)
      .execute()
    if (sign_out_of_other_sessions) await sessions.revokeAll(userId, transaction)
  }

  async function refusalOf({ identifications }: Account): Promise<ApiError | undefined> {
    try {
      await admittance.requireSignIn(identifications.filter(({ status }) => status === 'verified'))
      return undefined
    } catch (error) {
      if (error instanceof ApiError) return error
      throw error
    }
  }

  return {
    refusalOf,

    async standing(visitor, id, status) {
      const attempt = await signIns.get(requireClient(visitor).id, id)
      const userId = attempt.user_id ?? (await signIns.standIn())
      const found = userId === undefined ? undefined : await users.get(userId)
      const user = attempt.user_id === null ? undefined : found
      requireStatus(status, attempt, user)
      const refusal = found && (await refusalOf(found))
      const isHidden = user && hidesAccounts(visitor, status) && isLocked(user.row, clock())
      return { attempt, account: isHidden ? undefined : user, standIn: userId, status, visitor, refusal }
    },

    step: ({ attempt: { client_id, id, user_id }, account, standIn, status }, work) =>
      database.queries.transaction().execute(async (transaction) => {
        const locked = standIn === undefined ? undefined : await lockIdentified(transaction, standIn)
        const user = user_id === null ? undefined : locked && { row: locked.user, identifications: locked.rows }
        const attempt = await signIns.lock(transaction, client_id, id)
        requireStatus(status, attempt, user)
        return work(transaction, attempt, account && user)
      }),

    async advance(transaction, to, account, { visitor, refusal }) {
      const attempt = marked(to, account)
      if (statusAt(attempt, account, clock()) !== 'complete') {
        await signIns.write(transaction, attempt)
        return { attempt }
      }
      if (refusal) throw refusal
      const userId = account.row.id
      await applyPassword(transaction, attempt, userId)
      const proven = {
        userId,
        clientId: attempt.client_id,
        strategy: attempt.first?.strategy ?? 'password',
        secondFactor: asksForSecondFactor(account),
      }
      const { session, token } = await sessionStart.begin(transaction, proven, visitor)
      const complete = { ...attempt, created_session_id: session.id }
      await signIns.write(transaction, complete)
      await signIns.end(transaction, complete)
      return { attempt: complete, token }
    },

    async tried({ account, standIn, status, visitor }, work, pretend) {
      if (!account) {
        if (standIn !== undefined) await attempts.pretend(standIn)
        await pretend()
        return undefined
      }
      try {
        return await attempts.count(account.row.id, (giveBack) => work(account, giveBack))
      } catch (error) {
        if (!hidesAccounts(visitor, status) || !isLockError(error)) throw error
        await pretend()
        return undefined
      }
    },
  }
}

/** Until somebody has proven who they are, a lock would tell them that there is somebody. */
const hidesAccounts = ({ settings }: Visitor, status: Status) =>
  settings.enumeration_protection && status === 'needs_first_factor'

const isLockError = (error: unknown) => error instanceof ApiError && error.problems[0].code === 'user_locked'
