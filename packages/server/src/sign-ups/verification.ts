import type { Clock } from '../clock.js'
import type { TransactionQueries } from '../database/database.js'
import type { SignUpsTable, VerificationsTable } from '../database/tables/index.js'
import { ApiError } from '../errors.js'
import { proofText } from '../identifications/proof.js'
import type { SendCode } from '../verifications/sending.js'
import type { VerificationStore } from '../verifications/store.js'
import { proofOf } from './proof.js'
import type { Address } from './requirements.js'
import type { SignUpChange, SignUpStore } from './store.js'
import { addressOf, type CodeStrategy, requireAddress } from './strategies.js'

/** Proves the addresses of attempts that are locked, by codes that are sent to them. */
export interface SignUpVerification {
  /**
   * Sends a code.
   *
   * @throws ApiError `strategy_for_user_invalid`, `verification_already_verified`, `verification_code_too_many_requests`
   */
  prepare(transaction: TransactionQueries, attempt: SignUpsTable, strategy: CodeStrategy): Promise<SignUpsTable>
  /**
   * Tries a code, which is counted whatever comes of it.
   *
   * @returns the attempt, and what came of it: who refuses a wrong code does so once the count has been written
   * @throws ApiError `strategy_for_user_invalid`, `verification_missing`, `verification_already_verified`
   */
  attempt(
    transaction: TransactionQueries,
    attempt: SignUpsTable,
    tried: { strategy: CodeStrategy; code: string },
  ): Promise<{ attempt: SignUpsTable; status: VerificationsTable['status'] }>
}

export function signUpVerification(
  signUps: Pick<SignUpStore, 'change'>,
  verifications: Pick<VerificationStore, 'attempt'>,
  sendCode: SendCode,
  now: Clock,
): SignUpVerification {
  const keep = (transaction: TransactionQueries, attempt: SignUpsTable, address: Address, proof: VerificationsTable) =>
    signUps.change(transaction, attempt, { [`${address}_verification`]: proofText(proof) } as SignUpChange)

  return {
    async prepare(transaction, attempt, strategy) {
      const address = addressOf[strategy]
      const recipient = requireAddress(attempt[address], strategy)
      if (proofOf(attempt, address, now())?.status === 'verified') throw new ApiError('verification_already_verified')
      const subjectId = subjectOf(attempt.id, recipient)
      return keep(transaction, attempt, address, await sendCode(transaction, { subjectId, strategy, recipient }))
    },

    async attempt(transaction, attempt, { strategy, code }) {
      const address = addressOf[strategy]
      const subjectId = subjectOf(attempt.id, requireAddress(attempt[address], strategy))
      const proof = proofOf(attempt, address, now())
      if (proof === null) throw new ApiError('verification_missing')
      if (proof.status === 'verified') throw new ApiError('verification_already_verified')
      const tried = await verifications.attempt(transaction, { id: proof.id, subjectId, code })
      return { attempt: await keep(transaction, attempt, address, tried), status: tried.status }
    },
  }
}

/** A code proves one address in one attempt: one that was sent to another address is of no use once that is changed. */
const subjectOf = (attemptId: string, recipient: string) => `${attemptId} ${recipient}`
