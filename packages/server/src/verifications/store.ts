import type { Clock } from '../clock.js'
import type { Database, TransactionQueries } from '../database/database.js'
import type { VerificationsTable } from '../database/tables/index.js'
import type { InTestMode } from '../delivery/test-mode.js'
import { ApiError } from '../errors.js'
import type { Ids } from '../ids.js'
import { type Codes, codeLifetime } from './code.js'
import { statusAt } from './status.js'

const minute = 60 * 1000
/** How long until another code may be sent. */
const resendInterval = minute / 2
/** How many codes may be tried: after the last wrong one, not even the right one helps. */
const attemptLimit = 5
/** How long it can still be asked what became of a code. */
const retention = 24 * 60 * minute

export interface Preparation {
  /** What the code is to prove: the id of an address, of a sign-up, of whatever asks for a proof. */
  subjectId: string
  strategy: VerificationsTable['strategy']
  /** The e-mail address or phone number that it is sent to. */
  recipient: string
}

export interface Attempt {
  id: string
  /** What it must have been prepared for. */
  subjectId: string
  code: string
}

/**
 * Codes that prove that somebody reads an address. Everything is counted by the database, whatever many servers share it:
 * a code is accepted once, and tried five times at most.
 */
export interface VerificationStore {
  /**
   * Makes a code, in the transaction of the message that carries it. Codes made before for the same subject end.
   *
   * @throws ApiError `verification_code_too_many_requests` within thirty seconds of the one before
   */
  prepare(
    transaction: TransactionQueries,
    preparation: Preparation,
  ): Promise<{ verification: VerificationsTable; code: string }>
  /**
   * Tries a code, in the transaction of what it lets happen. What came of it is the status of what is given back:
   * `verified`, `unverified` (wrong, but another try is left), `failed` (none is left) or `expired`.
   *
   * @throws ApiError `resource_not_found`, `verification_already_verified`
   */
  attempt(transaction: TransactionQueries, attempt: Attempt): Promise<VerificationsTable>
  /** Drops what nobody will ask for any more. */
  prune(): Promise<void>
}

export function createVerificationStore(
  database: Database,
  clock: Clock,
  ids: Ids,
  codes: Codes,
  isTest: InTestMode,
): VerificationStore {
  async function refuseHaste(transaction: TransactionQueries, subjectId: string, now: number): Promise<void> {
    const recent = await transaction
      .selectFrom('verifications')
      .select('created_at')
      .where('subject_id', '=', subjectId)
      .where('created_at', '>', now - resendInterval)
      .executeTakeFirst()
    if (recent) throw tooSoon()
  }

  const ended = (transaction: TransactionQueries, subjectId: string, now: number) =>
    transaction
      .updateTable('verifications')
      .set({ status: 'expired', updated_at: now })
      .where('subject_id', '=', subjectId)
      .where('status', '=', 'unverified')
      .execute()

  /** Counts an attempt while one is left, which also locks the row: of many at once, each sees what the one before did. */
  const counted = (transaction: TransactionQueries, { id, subjectId }: Attempt, now: number) =>
    transaction
      .updateTable('verifications')
      .set((verification) => ({ attempts: verification('attempts', '+', 1), updated_at: now }))
      .where('id', '=', id)
      .where('subject_id', '=', subjectId)
      .where('status', '=', 'unverified')
      .where('expire_at', '>', now)
      .returningAll()
      .executeTakeFirst()

  async function finished(transaction: TransactionQueries, { id, subjectId }: Attempt): Promise<VerificationsTable> {
    const row = await transaction
      .selectFrom('verifications')
      .selectAll()
      .where('id', '=', id)
      .where('subject_id', '=', subjectId)
      .executeTakeFirst()
    if (!row) {
      throw new ApiError('resource_not_found', {
        message: `there is no verification with the id ${id} for ${subjectId}`,
      })
    }
    if (row.status === 'verified') throw new ApiError('verification_already_verified')
    return { ...row, status: statusAt(row, clock()) }
  }

  return {
    async prepare(transaction, { subjectId, strategy, recipient }) {
      const now = clock()
      await refuseHaste(transaction, subjectId, now)
      await ended(transaction, subjectId, now)
      const id = ids('verification')
      const code = codes.make(await isTest(transaction, recipient))
      const verification: VerificationsTable = {
        id,
        subject_id: subjectId,
        strategy,
        code_digest: codes.digest(id, code),
        status: 'unverified',
        attempts: 0,
        expire_at: now + codeLifetime,
        created_at: now,
        updated_at: now,
      }
      try {
        await transaction.insertInto('verifications').values(verification).execute()
      } catch (error) {
        // Somebody else asked for a code at the same moment, and was first.
        throw database.violated(error) === 'verifications_live' ? tooSoon() : error
      }
      return { verification, code }
    },

    async attempt(transaction, attempt) {
      const row = await counted(transaction, attempt, clock())
      if (!row) return finished(transaction, attempt)
      const status = codes.matches(row.code_digest, row.id, attempt.code) ? 'verified' : statusAfterMiss(row.attempts)
      await transaction.updateTable('verifications').set({ status }).where('id', '=', row.id).execute()
      return { ...row, status }
    },

    async prune() {
      await database.queries
        .deleteFrom('verifications')
        .where('expire_at', '<', clock() - retention)
        .execute()
    },
  }
}

const statusAfterMiss = (attempts: number) => (attempts < attemptLimit ? 'unverified' : 'failed')

const tooSoon = () =>
  new ApiError('verification_code_too_many_requests', {
    message: `a code was sent less than ${resendInterval / 1000} seconds ago; use that one, or ask again later`,
  })
